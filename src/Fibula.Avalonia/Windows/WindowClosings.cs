using System.Runtime.CompilerServices;
using Avalonia.Controls;
using Avalonia.Controls.ApplicationLifetimes;
using Avalonia.Input;
using Avalonia.Interactivity;

namespace Fibula;

/// <summary>The closing of each window of one loop, for as long as the window lives.</summary>
internal sealed class WindowClosings
{
    private readonly ConditionalWeakTable<Window, AvaloniaWindowClosing> _closings = [];
    private readonly List<AvaloniaWindowClosing> _open = [];
    private readonly AvaloniaLoop _loop;
    private readonly IClassicDesktopStyleApplicationLifetime? _lifetime;
    private readonly IDisposable[] _handlers;

    public WindowClosings(AvaloniaLoop loop, IClassicDesktopStyleApplicationLifetime? lifetime)
    {
        _loop = loop;
        _lifetime = lifetime;
        _handlers =
        [
            Window.WindowOpenedEvent.AddClassHandler(typeof(Window), (sender, _) => OnOpened((Window)sender!)),
            .. new RoutedEvent[] { InputElement.PointerReleasedEvent, InputElement.KeyDownEvent, InputElement.KeyUpEvent }.Select(OnInput),
        ];
    }

    public bool IsShuttingDown => _lifetime is ClassicDesktopStyleApplicationLifetime lifetime && AvaloniaSecrets.IsShuttingDown(lifetime);

    public AvaloniaWindowClosing Of(Window window) => _closings.GetValue(window, window => new AvaloniaWindowClosing(_loop, window));

    /// <summary>Hears of closes after the program's own handlers of each window. The toolkit has nothing that comes before it asks those: call it before
    /// anything runs that may close a window.</summary>
    public void ComeLast()
    {
        if (_loop.CheckAccess())
        {
            _open.ForEach(static window => window.ComeLast());
        }
    }

    /// <summary>Whether the lifetime would end with this window, once those are closed that are closing.</summary>
    public bool IsLast(Window window) => _lifetime?.ShutdownMode switch
    {
        ShutdownMode.OnMainWindowClose => window == _lifetime.MainWindow,
        ShutdownMode.OnLastWindowClose => Of(window).IsLastOf(_lifetime.Windows.Select(Of)),
        _ => false,
    };

    private void OnOpened(Window window)
    {
        if (_loop.HasEnded)
        {
            Array.ForEach(_handlers, static handler => handler.Dispose());
        }
        else if (_loop.CheckAccess() && Of(window) is var closing && !_open.Contains(closing))
        {
            // Not when it is hidden and shown again.
            closing.FollowSystem();
            _open.Add(closing);
            window.Closed += (_, _) => _open.Remove(closing);
        }
    }

    // A click or a key may close a window: before any handler of the program, wherever it is.
    private IDisposable OnInput(RoutedEvent input) =>
        input.AddClassHandler(typeof(Window), (_, _) => ComeLast(), RoutingStrategies.Tunnel, handledEventsToo: true);
}
