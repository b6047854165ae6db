using Terminal.Gui.App;
using Terminal.Gui.ViewBase;

namespace Fibula;

/// <summary>Closes one window in order: holds the stop back, asks, waits for the tasks, then stops it for real.</summary>
internal sealed class WindowClosing
{
    // Open ──stop asked──► Closing ──tasks ended──► Stopping ──session ended──► Stopped
    //  ▲                      │ no, failed                                         │
    //  └──────────────────────┴───────────────────run again────────────────────────┘
    //
    // Everything here happens on the UI thread. The stop is held back by canceling IsRunningChanging, upon which the toolkit goes
    // on with its loop, and is asked for again from a later turn: never from inside the event.
    private readonly TerminalGuiLoop _loop;
    private readonly IRunnable _window;
    private WindowState _state;
    private bool _waitsForTasks;
    private Func<Task<bool>>? _mayClose;

    public WindowClosing(TerminalGuiLoop loop, IRunnable window)
    {
        _loop = loop;
        _window = window;
        window.IsRunningChanging += OnChanging;
        window.IsRunningChanged += OnChanged;
    }

    /// <summary>The main window: when it stops the app leaves.</summary>
    public bool EndsTheApp { get; set; }

    private string Name => _window is View view ? ViewScopes.NameOf(view) : _window.GetType().Name;

    public void WaitForTasks(Func<Task<bool>>? mayClose)
    {
        _waitsForTasks = true;
        _mayClose = mayClose;
    }

    /// <summary>Stops the window for real.</summary>
    public void Stop()
    {
        _state = WindowState.Stopping;
        _window.RequestStop();
    }

    /// <summary>Stops the window if it is held back.</summary>
    public void LetGo()
    {
        if (_state == WindowState.Closing)
        {
            Stop();
        }
    }

    private void OnChanging(object? sender, CancelEventArgs<bool> e)
    {
        // Only a stop that was asked for can be held back. Disposing the application, or an exception out of its Run, ends the
        // session whatever is said here.
        bool isAsked = !e.NewValue && !e.Cancel && _window.StopRequested;
        if (!isAsked || !(EndsTheApp || _waitsForTasks) || _state == WindowState.Stopping)
        {
            return;
        }

        e.Cancel = _state == WindowState.Closing || _loop.Post(Begin);
        _state = e.Cancel ? WindowState.Closing : _state;
    }

    private void OnChanged(object? sender, EventArgs<bool> e)
    {
        var view = _window as View;
        if (e.Value)
        {
            if (_state == WindowState.Stopped && view is not null)
            {
                _loop.Scopes.Forget(view);
            }

            _state = WindowState.Open;
            return;
        }

        bool hasLeft = EndsTheApp && _state == WindowState.Stopping;
        _state = WindowState.Stopped;
        if (hasLeft)
        {
            _loop.End();
        }
        else if (view is not null)
        {
            _ = _loop.Scopes.CloseAsync(view);
        }
    }

    private void Begin()
    {
        if (_mayClose is { } mayClose)
        {
            _loop.App!.Tasks.Run(() => AskAsync(mayClose), new TaskOptions { Name = $"May '{Name}' close?" });
        }
        else
        {
            Proceed();
        }
    }

    // An own task: what the question throws is then a fault with a name, and counts as no.
    private async Task AskAsync(Func<Task<bool>> mayClose)
    {
        bool isYes = false;
        try
        {
            isYes = await mayClose().ConfigureAwait(true);
        }
        finally
        {
            _loop.Post(isYes ? Proceed : StayOpen);
        }
    }

    private void Proceed() => _ = EndsTheApp ? LeaveAsync() : StopAfterTasksAsync();

    private async Task LeaveAsync()
    {
        if (await _loop.App!.RequestExitAsync(ExitCause.WindowClosed).ConfigureAwait(false) != ExitDecision.Leaving)
        {
            _loop.Post(StayOpen);
        }
    }

    private async Task StopAfterTasksAsync()
    {
        await _loop.Scopes.CloseAsync((View)_window).ConfigureAwait(false);
        _loop.Post(LetGo);
    }

    // Where the app left meanwhile, the window is on its way already.
    private void StayOpen() => _state = _state == WindowState.Closing ? WindowState.Open : _state;
}
