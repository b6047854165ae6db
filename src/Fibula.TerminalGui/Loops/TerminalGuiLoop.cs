using Fibula.Toolkits;
using Terminal.Gui.App;
using Terminal.Gui.ViewBase;

namespace Fibula;

/// <summary>The loop of a Terminal.Gui application: everything runs in its iterations, also while a dialog is open.</summary>
/// <remarks>
/// <para><b>Threads.</b> The thread that runs the application's sessions is the UI thread; before the first, the one that created the loop. A post from
/// any thread waits for nothing, and runs at the toolkit's next iteration: after up to 40 ms at its 25 a second, which
/// <see cref="Application.MaximumIterationsPerSecond"/> sets.</para>
/// <para><b>Cancellation.</b> When the main window is asked to stop, by whatever key or call, the app is asked to exit; the window stays open, and the toolkit
/// keeps running, until all tasks have ended or were given up. Disposing the application, or an exception out of its <c>Run</c>, ends the app immediately.</para>
/// <para><b>Errors.</b> An unhandled fault is shown over the lowest rows of the screen until the application's quit key or a click dismisses it, and makes the
/// exit code 1. It is also written to standard error: where that is the terminal, once the screen is given back. Of more than 1,000 messages the first 500 and
/// the last 500 are written then.</para>
/// <para>Use <see cref="TerminalGuiExtensions.UseFibula"/> instead in a program that runs its application itself.</para>
/// </remarks>
public sealed class TerminalGuiLoop : ToolkitLoop
{
    // The toolkit sleeps between iterations and nothing wakes it. So an iteration that had work stays this long for what follows
    // from it: a chain of short awaits then costs a few iterations, and not one for each.
    private static readonly TimeSpan FollowUpTime = TimeSpan.FromMilliseconds(8);

    private readonly IApplication _application;
    private readonly IRunnable? _window;
    private readonly Func<IRunnable, bool>? _isMainWindow;
    private readonly TerminalScreen _screen;
    private readonly TerminalFaultMessage _message;

    // Guards _isTurnRequested, and is pulsed when that is set. A Monitor, since Lock cannot be waited on.
    private readonly object _signal = new();
    private bool _isTurnRequested;

    // The thread that runs the sessions; before the first one, the thread that will. Not its number, which another thread gets once it is dead.
    private volatile Thread _thread = Thread.CurrentThread;

    /// <summary>Creates the loop of an application for <see cref="UiApp.Run"/>, which initializes that and runs the window on it.</summary>
    /// <param name="application">The application. An initialized application is run as it is, but a signal before that leaves the terminal in the
    /// toolkit's mode. The caller disposes it once the app has exited.</param>
    /// <param name="window">The main window.</param>
    /// <param name="timeProvider">The clock of delays and deadlines; <see cref="TimeProvider.System"/> if null.</param>
    /// <exception cref="InvalidOperationException">The application has a loop already.</exception>
    public TerminalGuiLoop(IApplication application, IRunnable window, TimeProvider? timeProvider = null)
        : this(application, isMainWindow: null, timeProvider)
    {
        ArgumentNullException.ThrowIfNull(window);
        _window = window;
    }

    /// <summary>Creates the loop of an application that the program runs itself.</summary>
    internal TerminalGuiLoop(IApplication application, Func<IRunnable, bool>? isMainWindow, TimeProvider? timeProvider = null)
        : base(timeProvider)
    {
        ArgumentNullException.ThrowIfNull(application);
        _application = application;
        _isMainWindow = isMainWindow;
        if (WithApp<TerminalGuiLoop>().Any(loop => loop._application == application))
        {
            throw new InvalidOperationException("The Terminal.Gui application has a Fibula loop already. Call UseFibula() once, before Init().");
        }

        Windows = new WindowClosings(this);
        Scopes = new TerminalViewScopes(this);
        _screen = new TerminalScreen(application, base.WriteLine, CheckAccessCore);
        _message = new TerminalFaultMessage(application);
        application.SessionBegun += OnSessionBegun;
        application.Iteration += OnIteration;
        application.InitializedChanged += OnInitializedChanged;
        Application.InstanceDisposed += OnDisposed;
    }

    internal WindowClosings Windows { get; }

    internal TerminalViewScopes Scopes { get; }

    /// <summary>The loop of the view's application; for a view that is not shown yet, the loop of the calling UI thread. Null in a test whose loop owns the tasks of all views.</summary>
    internal static TerminalGuiLoop? Of(View view) =>
        Candidates(view).FirstOrDefault(static loop => loop.CheckAccess())
        ?? (ScopeInTest(view) is not null ? null : throw NoAppFor(
            TerminalViewScopes.Name(view),
            Candidates(view),
            toStart: "Call UseFibula() before Init() and before the first window is made, on the view's own application.",
            toGoOn: "An app leaves with its first window: where the program runs another one after it, tell by isMainWindow which is the main one."));

    private static IEnumerable<TerminalGuiLoop> Candidates(View view) =>
        WithApp<TerminalGuiLoop>().Where(loop => view.App is null || view.App == loop._application);

    /// <summary>The app has exited or the application was disposed: windows that are run afterwards are the toolkit's alone.</summary>
    internal void End() => NotifyEnded();

    /// <inheritdoc/>
    protected override bool HasTerminal => true;

    /// <inheritdoc/>
    protected override bool CheckAccessCore() => _thread == Thread.CurrentThread;

    /// <inheritdoc/>
    protected override void RequestTurn(bool yielding)
    {
        lock (_signal)
        {
            _isTurnRequested = true;
            Monitor.Pulse(_signal);
        }
    }

    /// <inheritdoc/>
    protected override void RunCore()
    {
        if (_window is null)
        {
            base.RunCore();
            return;
        }

        _thread = Thread.CurrentThread;
        try
        {
            if (!_application.Initialized)
            {
                _application.Init();
            }

            _application.Run(_window);
        }
        finally
        {
            End();
        }
    }

    /// <inheritdoc/>
    protected override void QuitCore()
    {
        List<IRunnable> open = [.. (_application.SessionStack ?? []).Select(session => session.Runnable).OfType<IRunnable>()];
        open.ForEach(window => Windows.Of(window).Close());
        if (open.Count == 0)
        {
            End();
        }
    }

    /// <inheritdoc/>
    protected override Task<CloseAnswer> AskAsync(CloseQuestion question)
    {
        ArgumentNullException.ThrowIfNull(question);
        return _application.TopRunnable is null ? base.AskAsync(question) : TerminalCloseDialog.AskAsync(this, _application, question);
    }

    /// <inheritdoc/>
    protected override bool UnhandledFaultsFail => true;

    /// <inheritdoc/>
    protected override void OnUnhandledFault(TaskFault fault)
    {
        base.OnUnhandledFault(fault);
        _message.Show(fault);
    }

    /// <inheritdoc/>
    protected override void WriteLine(string line) => _screen.WriteLine(line);

    /// <inheritdoc/>
    protected override TaskScope? GetScope(object view) =>
        !HasEnded && view is View known && (known.App is null || known.App == _application) ? Scopes.Of(known) : null;

    private void OnSessionBegun(object? sender, SessionTokenEventArgs e)
    {
        _thread = Thread.CurrentThread;
        _screen.HoldAtTheEnd();
        if (e.State.Runnable is View view)
        {
            _message.Follow(view);
        }

        if (!HasEnded && e.State.Runnable is { } window)
        {
            bool isOutermost = _application.SessionStack?.Count == 1;
            Windows.Of(window).EndsTheApp = isOutermost && _isMainWindow?.Invoke(window) != false;
        }
    }

    private void OnIteration(object? sender, EventArgs<IApplication?> e)
    {
        _screen.HoldAtTheEnd();
        NotifyStarted();
        long began = TimeProvider.System.GetTimestamp();
        TimeSpan wait = TimeSpan.Zero;
        while (wait >= TimeSpan.Zero && TakeRequest(wait))
        {
            RunTurn();
            wait = FollowUpTime - TimeProvider.System.GetElapsedTime(began);
        }

        // A signal has ended the app, but the program went on to another window.
        if (HasEnded && this.App is { ExitCode: > 128 })
        {
            _application.RequestStop();
        }
    }

    private bool TakeRequest(TimeSpan wait)
    {
        lock (_signal)
        {
            if (!_isTurnRequested && wait > TimeSpan.Zero)
            {
                Monitor.Wait(_signal, wait);
            }

            bool isTaken = _isTurnRequested;
            _isTurnRequested = false;
            return isTaken;
        }
    }

    private void OnInitializedChanged(object? sender, EventArgs<bool> e)
    {
        if (e.Value)
        {
            _thread = Thread.CurrentThread;
            _screen.HoldAtTheEnd();
        }
        else
        {
            LetGo();
        }
    }

    // The toolkit raises no other event for an application that was never initialized, for example because Init has failed.
    private void OnDisposed(object? sender, EventArgs<IApplication> e)
    {
        if (e.Value == _application)
        {
            Application.InstanceDisposed -= OnDisposed;
            if (!_application.Initialized)
            {
                LetGo();
            }
        }
    }

    private void LetGo()
    {
        End();
        Windows.LetGo();
        _screen.GiveBack();
    }
}
