using System.Windows.Forms;
using Fibula.Toolkits;

namespace Fibula;

/// <summary>The scope of each control of one thread that asked for one.</summary>
internal sealed class ControlScopes(WindowsFormsLoop loop) : ViewScopes<Control>(loop)
{
    /// <inheritdoc cref="ViewScopes{TView}.NameOf(TView)"/>
    public static string Name(Control view) => NameOf(view, view.Name, static view => view.Text);

    /// <inheritdoc/>
    public override string NameOf(Control view) => Name(view);

    /// <inheritdoc/>
    protected override Control? ParentOf(Control view) => view.Parent;

    /// <inheritdoc/>
    protected override bool IsWindow(Control view) => view is Form;

    /// <inheritdoc/>
    protected override bool IsShown(Control view) =>
        // A control that is in no form yet is visible by its own account.
        view.Visible && view.TopLevelControl is not null;

    /// <inheritdoc/>
    protected override void Watch(Control view)
    {
        if (view is Form form)
        {
            loop.Forms.Of(form);
        }

        _ = new ControlLine(view, OnMoved);
        view.Disposed += (_, _) => _ = CloseAsync(view);
    }

    // A control may ask for its tasks before it is in a form, which waits for them when it closes.
    private void OnMoved(Control view)
    {
        if (view.FindForm() is { } form)
        {
            loop.Forms.Of(form);
        }

        NotifyShown(view, IsShown(view));
    }
}
