using System.Runtime.CompilerServices;
using Avalonia.Controls;
using Avalonia.Controls.ApplicationLifetimes;

namespace Fibula;

/// <summary>The closing of each window of one loop, for as long as the window lives.</summary>
internal sealed class WindowClosings
{
    private readonly ConditionalWeakTable<Window, AvaloniaWindowClosing> _closings = [];
    private readonly AvaloniaLoop _loop;
    private readonly IClassicDesktopStyleApplicationLifetime? _lifetime;
    private readonly IDisposable _opened;

    public WindowClosings(AvaloniaLoop loop, IClassicDesktopStyleApplicationLifetime? lifetime)
    {
        _loop = loop;
        _lifetime = lifetime;
        _opened = Window.WindowOpenedEvent.AddClassHandler(typeof(Window), (sender, _) => OnOpened((Window)sender!));
    }

    public AvaloniaWindowClosing Of(Window window) => _closings.GetValue(window, window => new AvaloniaWindowClosing(_loop, window));

    /// <summary>Whether the lifetime would end with this window, once those are closed that are closing.</summary>
    public bool IsLast(Window window) => _lifetime?.ShutdownMode switch
    {
        ShutdownMode.OnMainWindowClose => window == _lifetime.MainWindow,
        ShutdownMode.OnLastWindowClose => _lifetime.Windows.All(other => other == window || GoesWith(other, window) || Of(other).IsHeldBack),
        _ => false,
    };

    private static bool GoesWith(Window window, Window owner) =>
        window.Owner is Window direct && (direct == owner || GoesWith(direct, owner));

    private void OnOpened(Window window)
    {
        if (_loop.HasEnded)
        {
            _opened.Dispose();
        }
        else if (_loop.CheckAccess())
        {
            Of(window);
        }
    }
}
