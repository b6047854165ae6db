using Avalonia.Controls.ApplicationLifetimes;
using Avalonia.Threading;

namespace Fibula;

/// <summary>The end of the dispatcher, whoever wants it: it waits for the app to leave.</summary>
internal sealed class LifetimeEnd
{
    private readonly AvaloniaLoop _loop;
    private readonly Dispatcher _dispatcher;
    private readonly IControlledApplicationLifetime? _lifetime;
    private bool _hasLeft;

    // The end is on its way and is held back in this frame.
    private DispatcherFrame? _held;

    public LifetimeEnd(AvaloniaLoop loop, Dispatcher dispatcher, IApplicationLifetime? lifetime)
    {
        _loop = loop;
        _dispatcher = dispatcher;
        _lifetime = lifetime as IControlledApplicationLifetime;
        dispatcher.ShutdownStarted += OnShutdownStarted;
        if (_lifetime is not null)
        {
            _lifetime.Exit += OnExit;
        }

        if (lifetime is IClassicDesktopStyleApplicationLifetime desktop)
        {
            desktop.ShutdownRequested += OnShutdownRequested;
        }
    }

    /// <summary>The app has left.</summary>
    public void Quit()
    {
        _hasLeft = true;
        if (_held is { } held)
        {
            held.Continue = false;
        }
        else if (_lifetime is { } lifetime)
        {
            lifetime.Shutdown(_loop.App!.ExitCode);
        }
        else
        {
            _dispatcher.BeginInvokeShutdown(DispatcherPriority.Normal);
        }
    }

    // TryShutdown, or the system. What is said here is obeyed.
    private void OnShutdownRequested(object? sender, ShutdownRequestedEventArgs e)
    {
        if (!_hasLeft && !e.Cancel && _loop is { HasEnded: false, App: { } app })
        {
            e.Cancel = true;
            ExitCause cause = _lifetime is IClassicDesktopStyleApplicationLifetime { Windows.Count: 0 } ? ExitCause.WindowClosed : ExitCause.Requested;
            _loop.Post(() => _ = app.RequestExitAsync(cause));
        }
    }

    // Shutdown asks nobody: the windows are closed already, but the dispatcher still runs.
    private void OnExit(object? sender, ControlledApplicationLifetimeExitEventArgs e) => HoldUntilLeft();

    private void OnShutdownStarted(object? sender, EventArgs e)
    {
        HoldUntilLeft();
        _loop.End();
    }

    private void HoldUntilLeft()
    {
        if (_hasLeft || !_dispatcher.SupportsRunLoops || _loop is not { HasEnded: false, App: { } app })
        {
            return;
        }

        _held = new DispatcherFrame(exitWhenRequested: false);
        app.Exit();
        _dispatcher.PushFrame(_held);
    }
}
