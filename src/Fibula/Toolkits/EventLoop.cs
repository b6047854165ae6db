using Fibula.Toolkits;

namespace Fibula;

/// <summary>
/// A loop of our own, for programs without a toolkit: console tools, services, tests. Nothing polls: it sleeps until there is work.
/// </summary>
/// <remarks>
/// <para><b>Threads.</b> The thread that calls <see cref="UiApp.Run"/> is the UI thread until that returns.</para>
/// <para><b>Cancellation.</b> It ends when the app exits: <see cref="UiApp.RequestExitAsync"/>, <see cref="UiApp.Exit"/>; on the process's main
/// thread also SIGINT or SIGTERM.</para>
/// <para><b>Errors.</b> A fault nobody handled is written to standard error.</para>
/// <para>Use <see cref="Run(Func{TaskContext, Task})"/> instead where a whole program is one asynchronous method.</para>
/// </remarks>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/LoopExampleTests.cs#event">
/// EventLoop.Run(async task => await task.RunGroupAsync(async group =>
/// {
///     BackgroundTask&lt;string> prices = group.Run(LoadPricesAsync);
///     BackgroundTask&lt;string> news = group.Run(LoadNewsAsync);
///     Log($"{await prices} and {await news}");        // all on this thread: what they share needs no lock
/// }));
/// </code>
/// </example>
public sealed class EventLoop : ToolkitLoop
{
    // Guards _woken and _quit, and is pulsed when either is set. A Monitor, since Lock cannot be waited on.
    private readonly object _signal = new();
    private bool _woken;
    private volatile bool _quit;

    // As _woken, but asked for on the loop's own thread, which is not asleep then: needs no lock.
    private bool _wokenHere;
    private volatile Thread? _thread;

    /// <summary>Creates a loop that runs once.</summary>
    /// <param name="timeProvider">The clock of delays and deadlines; <see cref="TimeProvider.System"/> if null.</param>
    public EventLoop(TimeProvider? timeProvider = null)
        : base(timeProvider)
    {
    }

    /// <summary>Runs one asynchronous method as a whole program: its awaits resume on this thread, and what it started ends before this returns.</summary>
    /// <param name="main">The program. On the process's main thread its token is signaled by SIGINT and SIGTERM, see <see cref="UiApp.HandleSignals"/>.</param>
    /// <exception cref="InvalidOperationException">A loop runs on this thread already.</exception>
    /// <exception cref="BackgroundTaskCanceledException">The program was asked to cancel, and stopped or was given up. If that was a signal and
    /// nobody catches it, the process ends quietly with 130 for SIGINT, 143 for SIGTERM.</exception>
    public static void Run(Func<TaskContext, Task> main)
    {
        ArgumentNullException.ThrowIfNull(main);
        var app = new MethodApp(main);
        app.Run(new EventLoop());
        app.ThrowUnlessSucceeded();
    }

    /// <summary>Runs one asynchronous method as a whole program and returns its result.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="main">The program. On the process's main thread its token is signaled by SIGINT and SIGTERM, see <see cref="UiApp.HandleSignals"/>.</param>
    /// <returns>What <paramref name="main"/> returned.</returns>
    /// <exception cref="InvalidOperationException">A loop runs on this thread already.</exception>
    /// <exception cref="BackgroundTaskCanceledException">The program was asked to cancel, and stopped or was given up. If that was a signal and
    /// nobody catches it, the process ends quietly with 130 for SIGINT, 143 for SIGTERM.</exception>
    public static T Run<T>(Func<TaskContext, Task<T>> main)
    {
        ArgumentNullException.ThrowIfNull(main);
        var app = new MainApp<T>(main);
        app.Run(new EventLoop());
        return app.TakeResult();
    }

    internal override bool CapturesFlow => false;

    internal override void ThrowIfNested()
    {
        if (UiThread.LoopThatStandsHere() is { } outer)
        {
            string app = outer.Owner is { } owner ? $"'{owner.Name}'" : $"a {outer.GetType().Name}";
            throw new InvalidOperationException(
                $"An EventLoop cannot run on the UI thread of {app}, whose own loop would stand still until it ends. Await the work there, or run it on a thread of its own.");
        }
    }

    /// <inheritdoc/>
    protected override bool CheckAccessCore() => _thread == Thread.CurrentThread;

    /// <inheritdoc/>
    protected override void RequestTurn(bool yielding)
    {
        if (CheckAccessCore())
        {
            _wokenHere = true;
            return;
        }

        lock (_signal)
        {
            _woken = true;
            Monitor.Pulse(_signal);
        }
    }

    /// <inheritdoc/>
    protected override void RunCore()
    {
        _thread = Thread.CurrentThread;
        try
        {
            NotifyStarted();
            while (WaitForTurn())
            {
                RunTurn();
            }
        }
        finally
        {
            NotifyEnded();
            _thread = null;
        }
    }

    /// <inheritdoc/>
    protected override void QuitCore()
    {
        lock (_signal)
        {
            _quit = true;
            Monitor.Pulse(_signal);
        }
    }

    private bool WaitForTurn()
    {
        if (_wokenHere && !_quit)
        {
            _wokenHere = false;
            return true;
        }

        lock (_signal)
        {
            while (!_woken && !_wokenHere && !_quit)
            {
                Monitor.Wait(_signal);
            }

            _woken = _wokenHere = false;
            return !_quit;
        }
    }
}
