using Terminal.Gui.App;
using Terminal.Gui.ViewBase;

namespace Fibula;

/// <summary>The scopes of the views of one application.</summary>
internal sealed class TerminalViewScopes(TerminalGuiLoop loop) : ViewScopes<View>(loop)
{
    /// <inheritdoc cref="ViewScopes{TView}.NameOf(TView)"/>
    public static string Name(View view) => NameOf(view, view.Id, static view => view.Title);

    /// <inheritdoc/>
    public override string NameOf(View view) => Name(view);

    /// <inheritdoc/>
    protected override View? ParentOf(View view) => view.SuperView;

    /// <inheritdoc/>
    protected override bool IsWindow(View view) => view is IRunnable;

    /// <inheritdoc/>
    protected override bool IsShown(View view) => view.Visible;

    /// <inheritdoc/>
    protected override void Watch(View view)
    {
        view.VisibleChanged += (_, _) => NotifyShown(view, view.Visible);
        view.Disposing += (_, _) => _ = CloseAsync(view);
    }
}
