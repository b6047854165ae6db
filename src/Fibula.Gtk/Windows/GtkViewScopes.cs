using Fibula.Toolkits;

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
    protected override bool IsShown(GtkView view) => view.Widget != 0 && GtkWidgets.IsMapped(view.Widget) != 0;

    /// <inheritdoc/>
    protected override void Watch(GtkView view)
    {
        Signal.Connect(_loop, view.Widget, "map", () => OnShown(view, isShown: true));
        Signal.Connect(_loop, view.Widget, "unmap", () => OnShown(view, isShown: false));

        // A window tells its end itself.
        if (view.Closing is null)
        {
            Signal.Connect(_loop, view.Widget, "destroy", () => OnDestroyed(view));
        }
    }

    private bool OnShown(GtkView view, bool isShown)
    {
        // A widget may ask for its tasks before it is in a window, which waits for them when it closes.
        GtkView? window = view;
        while (isShown && window is not null && !IsWindow(window))
        {
            window = window.Parent;
        }

        NotifyShown(view, isShown);
        return false;
    }

    private bool OnDestroyed(GtkView view)
    {
        _ = CloseAsync(view);
        return false;
    }
}
