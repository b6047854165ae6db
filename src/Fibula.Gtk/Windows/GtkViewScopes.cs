namespace Fibula;

/// <summary>The scopes of the widgets of one loop.</summary>
internal sealed class GtkViewScopes(GLibLoop loop) : ViewScopes<GtkView>(loop)
{
    private readonly GLibLoop _loop = loop;

    /// <inheritdoc/>
    public override string NameOf(GtkView view) => view.Name;

    /// <inheritdoc/>
    protected override GtkView? ParentOf(GtkView view) => view.Parent;

    /// <inheritdoc/>
    protected override bool IsWindow(GtkView view) => view.Closing is not null;

    /// <inheritdoc/>
    protected override void Watch(GtkView view)
    {
        // A window tells its end itself.
        if (view.Closing is null)
        {
            Signal.Connect(_loop, view.Widget, "destroy", () => OnDestroyed(view));
        }
    }

    private bool OnDestroyed(GtkView view)
    {
        _ = CloseAsync(view);
        return false;
    }
}
