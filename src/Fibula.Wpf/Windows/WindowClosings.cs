using System.Runtime.CompilerServices;
using System.Windows;

namespace Fibula;

/// <summary>The closing of each window of one loop, for as long as the window lives.</summary>
internal sealed class WindowClosings(WpfLoop loop, Application? application)
{
    private readonly ConditionalWeakTable<Window, WpfWindowClosing> _closings = [];

    /// <summary>The window in front; null where another program's is.</summary>
    public Window? Active => _closings.Select(static known => known.Key).FirstOrDefault(static window => window is { IsVisible: true, IsActive: true });

    public WpfWindowClosing Of(Window window) => _closings.GetValue(window, window => new WpfWindowClosing(loop, window));

    /// <summary>Closes the windows of a thread that has no application to do that.</summary>
    public void CloseAll()
    {
        foreach ((Window window, WpfWindowClosing closing) in _closings)
        {
            if (PresentationSource.FromVisual(window) is not null)
            {
                closing.Close();
            }
        }
    }

    /// <summary>Whether the application would end with this window, once those are closed that are closing. Without one the program says what ends its thread.</summary>
    public bool IsLast(Window window) => application?.ShutdownMode switch
    {
        ShutdownMode.OnMainWindowClose => window == application.MainWindow,
        ShutdownMode.OnLastWindowClose => Of(window).IsLastOf(application.Windows.Cast<Window>().Where(static other => other is not WpfCloseDialog).Select(Of)),
        _ => false,
    };
}
