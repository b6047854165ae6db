using System.Diagnostics.CodeAnalysis;

namespace Fibula.Toolkits;

/// <summary>For adapters: the loop of a toolkit, with the toolkit's dialogs, faults, views, and ends that cannot be refused.</summary>
/// <remarks>
/// <para>Override <see cref="CheckAccessCore"/> and <see cref="RequestTurn"/>; call <see cref="NotifyStarted"/> once the toolkit pumps,
/// <see cref="RunTurn"/> when a requested turn comes, and <see cref="NotifyEnded"/> once the toolkit pumps no more.</para>
/// </remarks>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/AdapterExampleTests.cs#loop">
/// private sealed class MessageLoop(MessageQueue toolkit) : ToolkitLoop
/// {
///     protected override bool CheckAccessCore() => toolkit.IsOnItsThread;
///
///     protected override void RequestTurn(bool yielding) => toolkit.Invoke(RunTurn);
///
///     protected override void RunCore()
///     {
///         toolkit.Invoke(NotifyStarted);
///         toolkit.Run();
///         NotifyEnded();
///     }
///
///     protected override void QuitCore() => toolkit.Quit();
/// }
/// </code>
/// </example>
public abstract class ToolkitLoop : UiLoop, IToolkit
{
    // The last loop of the thread that has ended with its app: its type, and the name of the app.
    [ThreadStatic]
    private static (Type Loop, string App)? _endedHere;

    // Completes when every task has ended or was given up, or when nobody waits for that any longer.
    // Only PumpUntil waits for it, which must not need a thread of the pool to end.
    private readonly TaskCompletionSource _left = new();

    // The toolkit ends its loop once we let it go on; the UI thread's own.
    private bool _endsByItself;

    /// <summary>Creates the loop.</summary>
    /// <param name="timeProvider">The clock of delays and close deadlines; <see cref="TimeProvider.System"/> if null.</param>
    /// <param name="toolkitContext">The toolkit's own context, to which <see cref="SynchronizationContext.Send"/> and
    /// <see cref="SynchronizationContext.Wait"/> are forwarded; null where it has none.</param>
    /// <param name="runsUnderToolkitContext">Work runs under the toolkit's own context, since the toolkit compares contexts by identity. Awaits
    /// then resume as the toolkit decides, even after the loop has ended. Posting to that context must never run inline.</param>
    /// <exception cref="ArgumentException">Work is to run under the toolkit's context, and there is none.</exception>
    [SuppressMessage("ApiDesign", "RS0022:Constructor makes noninheritable base class inheritable", Justification = "The base class has no protected members.")]
    protected ToolkitLoop(TimeProvider? timeProvider = null, SynchronizationContext? toolkitContext = null, bool runsUnderToolkitContext = false)
        : base(timeProvider, toolkitContext, runsUnderToolkitContext)
    {
    }

    /// <summary>How many turns the toolkit was asked for since the loop started: the wake-ups this library costs.</summary>
    public long TurnsRequested => RequestedTurns;

    /// <summary>True once the app has exited, and the toolkit's loop may end.</summary>
    protected internal bool HasLeft => _left.Task.IsCompleted;

    /// <summary>Whether the process is not the app's but its host's, which may run many apps: the app then listens to no signals unless
    /// <see cref="UiApp.HandleSignals"/> is true, and the loop's host ends it.</summary>
    /// <value>Default: false.</value>
    protected virtual bool LeavesSignalsToTheHost => false;

    /// <summary>Whether the toolkit has the terminal and gives it back after its loop, which may take for ever where the terminal is gone. A signal then ends
    /// the process if the rest of the program takes longer than <see cref="UiApp.ForcedExitLimit"/>.</summary>
    /// <value>Default: false.</value>
    protected virtual bool HasTerminal => false;

    /// <summary>Whether the app on this loop serves one user among many of the process, as a circuit of a server does. Such a loop is found by its
    /// <see cref="UiLoop.Context"/> alone, and from then on nothing in the process is given to an app because that is the only one.</summary>
    /// <value>Default: false, a loop of the process's only user. It must not change.</value>
    protected virtual bool ServesOneUser => false;

    /// <summary>Tells whether the calling code is on the toolkit's UI thread, by whatever the toolkit goes by.</summary>
    protected abstract bool CheckAccessCore();

    /// <summary>Makes the toolkit call <see cref="RunTurn"/> on its UI thread soon. Called from any thread; must neither block nor run the turn inline.</summary>
    /// <param name="yielding">The turn may come after pending input and paint: more work is waiting than one turn should do.</param>
    protected abstract void RequestTurn(bool yielding);

    /// <summary>Runs the toolkit's loop on this thread until <see cref="QuitCore"/>. Needed for <see cref="UiApp.Run"/> only.</summary>
    /// <exception cref="NotSupportedException">The loop belongs to a host that runs it; see <see cref="UiApp.Attach"/>.</exception>
    protected virtual void RunCore() =>
        throw new NotSupportedException($"A {GetType().Name} is run by its host. Use app.Attach(loop) instead of app.Run(loop).");

    /// <summary>Makes the toolkit's loop end. Called on the UI thread once every task has ended or was given up; does nothing where the host ends it.</summary>
    protected virtual void QuitCore()
    {
    }

    /// <summary>Writes one line about something that could not be reported in any other way. Called from any thread, also while the UI thread hangs,
    /// after the loop has ended, and while the process ends: it must wait for nobody. Where the toolkit has the terminal the line must be readable later.</summary>
    /// <param name="line">A whole sentence.</param>
    protected virtual void WriteLine(string line) => LastResort.WriteLine(line);

    /// <summary>Tells which loop a window, view or page of this toolkit belongs to, so that no other app gets what its code drops. Called from any thread;
    /// one loop that serves one user among many answers for all of its kind.</summary>
    /// <param name="view">Any object: the one a dropped method was called on.</param>
    /// <param name="loop">The loop, this one or another; null for a view of the toolkit whose loop is not known.</param>
    /// <returns>False, the default, if the object is no view, or its loop cannot be found from any thread.</returns>
    protected virtual bool TryFindLoop(object view, out UiLoop? loop)
    {
        loop = null;
        return false;
    }

    /// <summary>Tells the core that the toolkit pumps. Called on the UI thread, once.</summary>
    protected void NotifyStarted() => StartTurns();

    /// <summary>Runs what was queued when the turn began, for at most 8 ms. Called on the UI thread; may be called without a request, and re-entrantly from a nested modal loop.</summary>
    protected void RunTurn() => TakeTurn();

    /// <summary>Tells the core that the toolkit's loop has ended. Live tasks are canceled; awaits that were still queued resume on the thread pool.</summary>
    protected void NotifyEnded() => EndTurns();

    /// <summary>Whether an unhandled fault makes the app's exit code 1: for a toolkit that shows the fault and continues, so that the exit code
    /// would not tell.</summary>
    /// <value>Default: false.</value>
    protected virtual bool UnhandledFaultsFail => false;

    /// <summary>Raises an unhandled fault like the toolkit's own unhandled exceptions. Called on the UI thread. If it throws, the fault and
    /// the exception are written by <see cref="WriteLine"/>.</summary>
    /// <param name="fault">The fault. Its exception is already marked observed.</param>
    /// <exception cref="ArgumentNullException"><paramref name="fault"/> is null.</exception>
    protected virtual void OnUnhandledFault(TaskFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        WriteLine(fault.ToString());
    }

    /// <summary>Shows the toolkit's ready dialog with a question about tasks that run while something closes. Called on the UI thread.</summary>
    /// <param name="question">Who still runs, how far, and what can be done.</param>
    /// <returns>The answer; <see cref="CloseAnswer.Cancel"/> where there is nobody to ask, which is the default.</returns>
    protected virtual Task<CloseAnswer> AskAsync(CloseQuestion question) => Task.FromResult(CloseAnswer.Cancel);

    /// <summary>Returns the scope of a window, view or page of this toolkit, to which tasks belong that were forgotten in its code. Called on the UI thread.</summary>
    /// <param name="view">Any object: the one a forgotten method was called on.</param>
    /// <returns>Its scope, made now if it has none; null if it is no view of the toolkit's.</returns>
    protected virtual TaskScope? GetScope(object view) => null;

    /// <summary>Pumps the toolkit's messages inside a callback. Needed where an end can be held back.</summary>
    /// <param name="task">Until when. It may complete on any thread, and has to wake the pump: synchronously, since the thread pool may have no thread for it.</param>
    protected virtual void PumpUntil(Task task) =>
        throw new NotSupportedException($"A {GetType().Name} cannot pump inside a callback, so it cannot hold an end back.");

    /// <summary>Delays an end of the toolkit's loop that cannot be refused: the tasks are canceled, and messages are pumped until they have ended or were given up.
    /// <see cref="QuitCore"/> is not called then. Called on the UI thread; does nothing once the app has exited, or without an app.</summary>
    protected void HoldEnd()
    {
        if (!HasLeft && Owner is { } app)
        {
            _endsByItself = true;
            app.Exit();
            PumpUntil(_left.Task);
        }
    }

    /// <summary>Exits with the system's session, which ends the process once this has returned: the exit hook is asked with
    /// <see cref="ExitCause.SessionEnding"/> and cannot refuse, then the tasks are canceled. Each has half of <see cref="UiApp.ForcedExitLimit"/>.
    /// Called on the UI thread; does nothing once the app has exited, or without an app.</summary>
    protected void LeaveWithTheSession()
    {
        if (HasLeft || Owner is not { } app)
        {
            return;
        }

        TimeSpan half = Durations.Half(app.ForcedExitLimit);
        var answered = new TaskCompletionSource();
        _endsByItself = true;

        // By a post, since the system may interrupt the hook itself, which shows a dialog.
        Post(() => InlineContext.OnCompleted(app.EndSessionAsync(), answered.SetResult));
        PumpAtMost(half, answered.Task);
        app.Exit();
        PumpAtMost(half, _left.Task);
        _left.TrySetResult();

        // A handler that the toolkit asks later may still refuse, but the app has exited.
        Post(QuitCore);
    }

    /// <summary>Exits with the user's session if the loop cannot pump: the exit hook is asked with <see cref="ExitCause.SessionEnding"/> and cannot refuse,
    /// then the tasks are canceled. The hook has <see cref="UiApp.ForcedExitLimit"/>, by the loop's clock. Any thread; does nothing without an app.</summary>
    /// <returns>A task that ends when the app begins to exit.</returns>
    protected async Task LeaveWithTheSessionAsync()
    {
        if (Owner is not { } app)
        {
            return;
        }

        var isOver = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using (LongTimer.Create(Clock, static isOver => ((TaskCompletionSource)isOver!).SetResult(), isOver, app.ForcedExitLimit))
        {
            await Task.WhenAny(app.EndSessionAsync(), isOver.Task).ConfigureAwait(false);
        }

        app.Exit();
    }

    /// <summary>Records a cancellation that an <c>async void</c> method has thrown: it is an event of the event source, not an
    /// error. For toolkits whose handler of unhandled exceptions can mark it as handled, which the adapter then does.</summary>
    /// <param name="canceled">The exception that the handler received.</param>
    /// <exception cref="ArgumentNullException"><paramref name="canceled"/> is null.</exception>
    protected void NotifyCanceled(BackgroundTaskCanceledException canceled)
    {
        ArgumentNullException.ThrowIfNull(canceled);
        FibulaEventSource.Log.Canceled("async void", Owner?.Name, canceled);
    }

    /// <summary>Any thread: the scope of a view in a test without the view's toolkit. For an adapter, before it refuses a view for which there is no app.</summary>
    /// <param name="view">The view.</param>
    /// <returns>The scope that the loop of a test gives it, which is the calling thread's; null outside such a test.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="view"/> is null.</exception>
    public static TaskScope? ScopeInTest(object view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return (LoopsWithApp.OfThisThread() as ToolkitLoop)?.GetScopeInTest(view);
    }

    /// <summary>On the UI thread: the scope of a view of any toolkit, on a loop that stands in for all of them in a test.</summary>
    /// <param name="view">The view.</param>
    /// <returns>Null, the default, on the loop of a toolkit.</returns>
    protected virtual TaskScope? GetScopeInTest(object view) => null;

    /// <summary>Finds the loops of one toolkit that have an app and have not ended, also before they run: to tell whose a view is.</summary>
    /// <typeparam name="TLoop">The adapter's own loop. Loops that serve one user among many are not listed.</typeparam>
    /// <returns>The loops, the one with the newest app first, including those of other threads; ask <see cref="UiLoop.CheckAccess"/>.</returns>
    protected static IEnumerable<TLoop> WithApp<TLoop>()
        where TLoop : UiLoop =>
        LoopsWithApp.OfType<TLoop>();

    /// <summary>Says why no app can own tasks of a view here: there is one, but on another UI thread; it has ended; or there is none.</summary>
    /// <typeparam name="TLoop">The adapter's own loop.</typeparam>
    /// <param name="view">What people call the view.</param>
    /// <param name="elsewhere">The loops that may be the view's, of which the calling thread is not the UI thread; see <see cref="WithApp"/>.</param>
    /// <param name="toStart">A sentence that says how a program of the toolkit gets an app.</param>
    /// <param name="toGoOn">A sentence that says what ends an app of the toolkit, and how it lives longer.</param>
    /// <returns>The exception to throw.</returns>
    /// <exception cref="ArgumentNullException">A parameter is null.</exception>
    protected static InvalidOperationException NoAppFor<TLoop>(string view, IEnumerable<TLoop> elsewhere, string toStart, string toGoOn)
        where TLoop : UiLoop
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(elsewhere);
        ArgumentNullException.ThrowIfNull(toStart);
        ArgumentNullException.ThrowIfNull(toGoOn);
        if (_endedHere is var (loop, ended) && loop == typeof(TLoop))
        {
            return new InvalidOperationException($"The app '{ended}' has ended, and owns no tasks of '{view}' any more. {toGoOn}");
        }

        string apps = string.Join(" or ", elsewhere.Select(static other => $"'{other.Owner!.Name}'"));
        return new InvalidOperationException(apps.Length > 0
            ? $"Tasks of '{view}' were asked for on a thread that is not the UI thread of {apps}. "
                + "Ask there: use Post, or 'await task.SwitchToUiAsync()' before. A further UI thread needs an app of its own."
            : $"There is no app that could own tasks of '{view}'. {toStart}");
    }

    internal sealed override bool IsOnItsThread => CheckAccessCore();

    internal sealed override bool ServesAUser => ServesOneUser;

    bool IToolkit.LeavesSignalsToTheHost => LeavesSignalsToTheHost;

    bool IToolkit.HasTerminal => HasTerminal;

    Task<CloseAnswer> IAsksBeforeClose.AskAsync(CloseQuestion question) => AskAsync(question);

    TaskScope? IToolkit.GetScope(object view) => GetScope(view);

    void IToolkit.Run() => RunCore();

    void IToolkit.QuitNow() => QuitCore();

    void IToolkit.Quit()
    {
        _left.TrySetResult();
        if (!_endsByItself)
        {
            QuitCore();
        }
    }

    internal sealed override void RequestTurnCore(bool yielding) => RequestTurn(yielding);

    internal sealed override void WriteLineCore(string line) => WriteLine(line);

    internal sealed override bool TryFindLoopOf(object view, out UiLoop? loop) => TryFindLoop(view, out loop);

    internal sealed override bool FailsByUnhandledFaults => UnhandledFaultsFail;

    internal sealed override void LeadOut(IUnhandledFault fault) => OnUnhandledFault((TaskFault)fault);

    internal sealed override void ReportCallback(string name, Exception error) =>
        FaultRoute.ReportCallback(this, TaskFault.OfCallback(name, Owner, Clock.GetUtcNow(), error));

    // Only on its own thread: nobody makes a view on another. Not on a thread of the pool, which belongs to nobody once the loop has ended.
    private protected override void OnEnding()
    {
        if (Owner is { } app && CheckAccess() && !Thread.CurrentThread.IsThreadPoolThread)
        {
            _endedHere = (GetType(), app.Name);
        }
    }

    private protected override void OnEnded() => _left.TrySetResult();

    private void PumpAtMost(TimeSpan limit, Task task)
    {
        var isOver = new TaskCompletionSource();
        using var countdown = new Countdown(limit, isOver.SetResult);
        PumpUntil(Task.WhenAny(task, isOver.Task));
    }
}
