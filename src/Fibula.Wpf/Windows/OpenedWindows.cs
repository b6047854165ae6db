using System.Windows;

namespace Fibula;

/// <summary>Hears of every window that is shown: WPF has an event for that only by class, and no way to take its handler back.</summary>
internal static class OpenedWindows
{
    // Not Loaded, which reaches a class only where an element of the window listens too.
    static OpenedWindows() => EventManager.RegisterClassHandler(typeof(Window), FrameworkElement.SizeChangedEvent, new SizeChangedEventHandler(OnSized));

    /// <summary>From now on, at the latest.</summary>
    public static void Watch()
    {
        // The work is done by the initializer, once.
    }

    private static void OnSized(object sender, RoutedEventArgs e) => WpfLoop.OfThisThread()?.Windows.Of((Window)sender);
}
