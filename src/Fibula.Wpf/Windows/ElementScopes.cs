using System.Windows;
using System.Windows.Media;
using System.Windows.Threading;
using Fibula.Toolkits;

namespace Fibula;

/// <summary>The scopes of the windows and elements of one loop. An element's ends when it is taken out of its window, which a tab that is switched
/// away from is not.</summary>
internal sealed class ElementScopes(WpfLoop loop) : ViewScopes<FrameworkElement>(loop)
{
    /// <inheritdoc/>
    public override string NameOf(FrameworkElement view) => NameOf(view, view.Name, static view => (view as Window)?.Title);

    /// <inheritdoc/>
    protected override FrameworkElement? ParentOf(FrameworkElement view)
    {
        DependencyObject? parent = IsWindow(view) ? null : Above(view);
        while (parent is not null and not FrameworkElement)
        {
            parent = Above(parent);
        }

        return (FrameworkElement?)parent;
    }

    /// <inheritdoc/>
    protected override bool IsWindow(FrameworkElement view) => view is Window;

    /// <inheritdoc/>
    protected override bool IsGone(FrameworkElement view) =>
        // An element in a tab that is switched away from is still below its tab.
        !view.IsLoaded && Window.GetWindow(view) is null;

    /// <inheritdoc/>
    protected override bool IsShown(FrameworkElement view) => view.IsVisible;

    /// <inheritdoc/>
    protected override void Watch(FrameworkElement view)
    {
        view.IsVisibleChanged += (_, _) => NotifyShown(view, view.IsVisible);
        if (view is Window window)
        {
            loop.Windows.Of(window);
        }
        else
        {
            view.Unloaded += (_, _) => Leave(view);
            view.Loaded += (_, _) => Return(view);
            LookOnceLoaded(view);
        }
    }

    // An element that is removed before it is loaded is never unloaded.
    private void LookOnceLoaded(FrameworkElement view)
    {
        if (view.IsLoaded || Window.GetWindow(view) is not { } window)
        {
            return;
        }

        if (window.IsLoaded)
        {
            // Behind what is to be loaded in this window.
            window.Dispatcher.BeginInvoke(DispatcherPriority.ContextIdle, () => Leave(view));
            return;
        }

        window.Loaded += OnLoaded;

        void OnLoaded(object sender, RoutedEventArgs e)
        {
            window.Loaded -= OnLoaded;
            Leave(view);
        }
    }

    // An element in a template has no logical parent.
    private static DependencyObject? Above(DependencyObject part) =>
        LogicalTreeHelper.GetParent(part) ?? (part is Visual ? VisualTreeHelper.GetParent(part) : null);
}
