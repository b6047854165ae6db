using Avalonia;
using Avalonia.Controls;
using Avalonia.LogicalTree;
using Avalonia.VisualTree;
using Fibula.Toolkits;

namespace Fibula;

/// <summary>The scopes of the windows and controls of one loop. A control's ends when it is taken out of the logical tree, which a tab that is
/// switched away from is not.</summary>
internal sealed class ControlScopes(AvaloniaLoop loop) : ViewScopes<Control>(loop)
{
    /// <inheritdoc/>
    public override string NameOf(Control view) => NameOf(view, view.Name, static view => (view as Window)?.Title);

    /// <inheritdoc/>
    protected override Control? ParentOf(Control view)
    {
        StyledElement? parent = IsWindow(view) ? null : view.Parent;
        while (parent is not null and not Control)
        {
            parent = parent.Parent;
        }

        return (Control?)parent;
    }

    /// <inheritdoc/>
    protected override bool IsWindow(Control view) => view is Window;

    /// <inheritdoc/>
    protected override bool IsGone(Control view) => !((ILogical)view).IsAttachedToLogicalTree;

    /// <inheritdoc/>
    protected override bool IsShown(Control view) =>
        // A tab that is switched away from has left the visual tree.
        view.IsEffectivelyVisible && (IsWindow(view) || view.IsAttachedToVisualTree());

    /// <inheritdoc/>
    protected override void Watch(Control view)
    {
        _ = new ControlLine(view, (view, isAttached) => NotifyShown(view, (isAttached || IsWindow(view)) && IsShown(view)));
        if (view is Window window)
        {
            loop.Windows.Of(window);
        }
        else
        {
            view.DetachedFromLogicalTree += (_, _) => Leave(view);
            view.AttachedToLogicalTree += (_, _) => Return(view);
        }
    }
}
