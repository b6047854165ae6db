using System.Globalization;

namespace Fibula;

/// <summary>
/// One toolkit's UI thread: the place where callbacks and the steps of tasks run one after another.
/// </summary>
/// <remarks>
/// <para><b>Threads.</b> <see cref="CheckAccess"/> and <see cref="Post"/> may be called from any thread, also under your own locks.
/// Posted callbacks run on the UI thread, one at a time, in the order they were posted.</para>
/// <para><b>Cancellation.</b> A posted callback cannot be taken back. One that has not run when the loop ends never runs.</para>
/// <para><b>Errors.</b> What a posted callback throws is a <see cref="TaskFault"/> of the app; the next callback still runs.</para>
/// <para>Use <see cref="TaskStarter.Run(Func{Task}, TaskOptions, string, string, string, int)"/> instead for anything that awaits.</para>
/// <para><b>For adapters.</b> Override <see cref="CheckAccessCore"/> and <see cref="RequestTurn"/>; call <see cref="NotifyStarted"/> once the
/// toolkit pumps, <see cref="RunTurn"/> when a requested turn comes, and <see cref="NotifyEnded"/> once the toolkit pumps no more.</para>
/// </remarks>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/LoopExampleTests.cs#post">
/// UiLoop loop = this.Tasks.Loop!;
/// folder.Changed += (_, file) => loop.Post(() => _status.Text = $"{file} has changed.");     // raised on any thread
/// </code>
/// </example>
public abstract partial class UiLoop
{
    // NotStarted ──► Running ──► Ended
    //      └───────────────────────▲     (start-up failed)
    //
    // _gate guards both queues, _state, _wakeRequested and _turnsRequested (the first two flags are also read without it). Neither user code nor the
    // toolkit is called under it. _depth is the UI thread's own; others read it for a hint.
    // Invariant outside the gate: Running and a non-empty queue imply a requested turn that has not come yet,
    // also while a callback runs, since that callback may sit in a nested modal loop.
    //
    // A turn takes at most 8 ms: it is over at 5, which leaves room for the item that runs then and for a collection.
    private static readonly TimeSpan TurnLimit = TimeSpan.FromMilliseconds(5);

    [ThreadStatic]
    private static UiLoop? _turnOnThisThread;

    private readonly Lock _gate = new();
    private readonly WorkQueue _queue = new();

    // What must come before any further step of work: requests to cancel that are on their way.
    private readonly WorkQueue _first = new();
    private volatile State _state;
    private volatile ILoopTasks? _tasks;
    private volatile bool _wakeRequested;
    private volatile int _depth;
    private long _turnsRequested;

    // How often RunTurn was called, also for nothing: the UI thread's own, tells a turn that others came in between.
    private int _turns;

    // What callbacks see of the flow, made for the cultures of the UI thread. The UI thread's own.
    private (CultureInfo Culture, CultureInfo UiCulture, ExecutionContext Context)? _flow;

    // The thread that runs Startup: it will be the UI thread, though the toolkit does not know it yet.
    private volatile Thread? _startupThread;

    /// <summary>Creates the loop.</summary>
    /// <param name="timeProvider">The clock of delays and close deadlines; <see cref="TimeProvider.System"/> if null.</param>
    /// <param name="toolkitContext">The toolkit's own context, to which <see cref="SynchronizationContext.Send"/> and
    /// <see cref="SynchronizationContext.Wait"/> are forwarded; null where it has none.</param>
    /// <param name="runsUnderToolkitContext">Work runs under the toolkit's own context, since the toolkit compares contexts by identity. What is awaited
    /// then resumes as the toolkit sees fit, also after the loop has ended. Posting to that context must never run inline.</param>
    /// <exception cref="ArgumentException">Work is to run under the toolkit's context, and there is none.</exception>
    protected UiLoop(TimeProvider? timeProvider = null, SynchronizationContext? toolkitContext = null, bool runsUnderToolkitContext = false)
    {
        if (runsUnderToolkitContext && toolkitContext is null)
        {
            throw new ArgumentException("Work is to run under the toolkit's context, and there is none.", nameof(toolkitContext));
        }

        TimeProvider = timeProvider ?? TimeProvider.System;
        Clock = TimeProvider == TimeProvider.System ? TimeProvider : new GuardedClock(this, TimeProvider);
        Context = runsUnderToolkitContext ? toolkitContext! : new LoopContext(this, toolkitContext);
    }

    /// <summary>The context under which work of this loop runs: an <c>await</c> there resumes on the UI thread.</summary>
    /// <value>One over the loop's own queue, unless the toolkit asks for its own.</value>
    public SynchronizationContext Context { get; }

    /// <summary>The clock of this loop's delays and deadlines.</summary>
    /// <value>Default: <see cref="TimeProvider.System"/>.</value>
    public TimeProvider TimeProvider { get; }

    /// <summary>The same clock for the library's own use, where it must not throw.</summary>
    internal TimeProvider Clock { get; }

    /// <summary>How many turns the toolkit was asked for since the loop started: the wake-ups this library costs.</summary>
    public long TurnsRequested => Interlocked.Read(ref _turnsRequested);

    /// <summary>True once the toolkit pumps no more: nothing that is posted runs then.</summary>
    public bool HasEnded => _state == State.Ended;

    /// <summary>The app that runs on this loop; its root scope owns what belongs to nobody else. Null before one was attached.</summary>
    public UiApp? App => (UiApp?)Owner;

    /// <summary>The same, as the loop sees it.</summary>
    internal ILoopOwner? Owner { get; private set; }

    /// <summary>The tasks on this loop; null while it never had any.</summary>
    internal ILoopTasks? Tasks
    {
        get => _tasks;
        set => _tasks = value;
    }

    /// <summary>Whether the calling thread may run the app's <c>Startup</c>: it is the UI thread, or will be.</summary>
    internal virtual bool IsStartupThread => _state == State.NotStarted || CheckAccess();

    /// <summary>Whether <see cref="RequestTurn"/> may capture the caller's flow. Our own loops do not, and save an allocation.</summary>
    internal virtual bool CapturesFlow => true;

    /// <summary>Whether all work resumes through the loop's own queue, where something can come before it.</summary>
    internal bool OrdersSteps => Context is LoopContext;

    /// <summary>Whether the UI thread is one thread. Another loop goes by the current context.</summary>
    internal virtual bool HasThread => true;

    /// <summary>Before the app's <c>Startup</c>: refuses to run where that would stop another loop.</summary>
    /// <exception cref="InvalidOperationException">A loop runs on this thread already.</exception>
    internal virtual void ThrowIfNested()
    {
    }

    /// <summary>The loop whose turn runs on the calling thread, the innermost one; null outside any.</summary>
    internal static UiLoop? TurnOnThisThread => _turnOnThisThread;

    internal bool IsRunning => _state == State.Running;

    /// <summary>Tells whether the calling code is on the UI thread, and so may touch the toolkit's objects.</summary>
    /// <returns>True on the UI thread, also while the app's <c>Startup</c> runs there before the toolkit's loop does.</returns>
    public bool CheckAccess() =>
        _startupThread == Thread.CurrentThread || CheckAccessCore();

    /// <summary>Queues a callback for the UI thread. It never runs inline, and the caller never waits.</summary>
    /// <param name="callback">What to run. It sees none of the caller's <see cref="AsyncLocal{T}"/> values.</param>
    /// <returns>False once the loop has ended: then the callback never runs.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="callback"/> is null.</exception>
    public bool Post(Action callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return Enqueue(WorkItem.Post(callback));
    }

    /// <summary>Whether the process is not the app's but its host's, which may run many apps: the app then listens to no signals unless
    /// <see cref="UiApp.HandleSignals"/> is true, and the loop's host ends it.</summary>
    /// <value>Default: false.</value>
    protected internal virtual bool LeavesSignalsToTheHost => false;

    /// <summary>Whether the toolkit has the terminal and gives it back after its loop, which may take for ever where the terminal is gone. A signal then ends
    /// the process if the rest of the program takes longer than <see cref="UiApp.ForcedExitLimit"/>.</summary>
    /// <value>Default: false.</value>
    protected internal virtual bool HasTerminal => false;

    /// <summary>Whether the app on this loop serves one user among many of the process, as a circuit of a server does. Such a loop is found by its
    /// <see cref="Context"/> alone, and from then on nothing in the process is given to an app because that is the only one.</summary>
    /// <value>Default: false, a loop of the process's only user. It must not change.</value>
    protected internal virtual bool ServesOneUser => false;

    /// <summary>Tells whether the calling code is on the toolkit's UI thread, by whatever the toolkit goes by.</summary>
    protected abstract bool CheckAccessCore();

    /// <summary>Makes the toolkit call <see cref="RunTurn"/> on its UI thread soon. Called from any thread; must neither block nor run the turn inline.</summary>
    /// <param name="yielding">The turn may come after pending input and paint: more work is waiting than one turn should do.</param>
    protected abstract void RequestTurn(bool yielding);

    /// <summary>Runs the toolkit's loop on this thread until <see cref="QuitCore"/>. Needed for <see cref="UiApp.Run"/> only.</summary>
    /// <exception cref="NotSupportedException">The loop belongs to a host that runs it; see <see cref="UiApp.Attach"/>.</exception>
    protected internal virtual void RunCore() =>
        throw new NotSupportedException($"A {GetType().Name} is run by its host. Use app.Attach(loop) instead of app.Run(loop).");

    /// <summary>Makes the toolkit's loop end. Called on the UI thread once every task has ended or was given up; does nothing where the host ends it.</summary>
    protected internal virtual void QuitCore()
    {
    }

    /// <summary>Leads a fault nobody handled to where the toolkit's own unhandled exceptions go. Called on the UI thread. Where it throws, the fault and
    /// what it threw are written by <see cref="WriteLine"/>.</summary>
    /// <param name="fault">The fault. Its exception is already marked observed.</param>
    /// <exception cref="ArgumentNullException"><paramref name="fault"/> is null.</exception>
    protected internal virtual void OnUnhandledFault(TaskFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        WriteLine(fault.ToString());
    }

    /// <summary>Whether a fault nobody handled makes the app's exit code 1: for a toolkit that shows it and goes on, and whose program would else end as if
    /// nothing had failed.</summary>
    /// <value>Default: false.</value>
    protected internal virtual bool UnhandledFaultsFail => false;

    /// <summary>Shows the toolkit's ready dialog with a question about tasks that run while something closes. Called on the UI thread.</summary>
    /// <param name="question">Who still runs, how far, and what can be done.</param>
    /// <returns>The answer; <see cref="CloseAnswer.Cancel"/> where there is nobody to ask, which is the default.</returns>
    protected internal virtual Task<CloseAnswer> AskAsync(CloseQuestion question) => Task.FromResult(CloseAnswer.Cancel);

    /// <summary>Writes one line about something that could not be told in any other way. Called from any thread, also while the UI thread hangs,
    /// after the loop has ended, and while the process ends: it must wait for nobody. Where the toolkit has the terminal the line must be readable later.</summary>
    /// <param name="line">A whole sentence.</param>
    protected internal virtual void WriteLine(string line) => LastResort.WriteLine(line);

    /// <summary>Finds the scope of a window, view or page of this toolkit, to which tasks belong that were forgotten in its code. Called on the UI thread.</summary>
    /// <param name="view">Any object: the one a forgotten method was called on.</param>
    /// <returns>Its scope; null if it is none of the toolkit's, or has none.</returns>
    protected internal virtual TaskScope? FindScope(object view) => null;

    /// <summary>Tells which loop a window, view or page of this toolkit belongs to, so that no other app gets what its code drops. Called from any thread;
    /// one loop that serves one user among many answers for all of its kind.</summary>
    /// <param name="view">Any object: the one a dropped method was called on.</param>
    /// <param name="loop">The loop, this one or another; null for a view of the toolkit whose loop is not known.</param>
    /// <returns>False, the default, if the object is no view, or its loop cannot be told from any thread.</returns>
    protected internal virtual bool TryFindLoop(object view, out UiLoop? loop)
    {
        loop = null;
        return false;
    }

    /// <summary>Finds the loops of one toolkit that have an app and have not ended, also before they run: to tell whose a view is.</summary>
    /// <typeparam name="TLoop">The adapter's own loop. Those of a kind that serves one user among many are not listed.</typeparam>
    /// <returns>The one that got its app last comes first. Loops of other threads are among them; ask <see cref="CheckAccess"/>.</returns>
    protected static IEnumerable<TLoop> WithApp<TLoop>()
        where TLoop : UiLoop =>
        LoopsWithApp.OfType<TLoop>();

    /// <summary>Tells of a cancellation that nobody can await, since it has left an <c>async void</c> method: it is an event of the event source and no
    /// error. For toolkits whose handler of unhandled exceptions may mark one handled, which the adapter then does.</summary>
    /// <param name="canceled">What came to that handler.</param>
    /// <exception cref="ArgumentNullException"><paramref name="canceled"/> is null.</exception>
    protected void NotifyCanceled(BackgroundTaskCanceledException canceled)
    {
        ArgumentNullException.ThrowIfNull(canceled);
        FibulaEventSource.Log.Canceled("async void", Owner?.Name, canceled);
    }

    /// <summary>Tells the core that the toolkit pumps. Called on the UI thread, once.</summary>
    protected void NotifyStarted()
    {
        lock (_gate)
        {
            if (_state != State.NotStarted)
            {
                return;
            }

            _state = State.Running;
        }

        WakeForWhatWaits();
    }

    /// <summary>Tells the core that the toolkit pumps no more. Live tasks are told to cancel; what was still to be resumed goes to the thread pool.</summary>
    protected internal void NotifyEnded()
    {
        Owner?.LoopEnds(this);
        NoteEndHere();

        // Tell first: whatever resumes on the pool afterwards must find its token signaled.
        Tasks?.LoopEnded(this);

        WorkItem[] left;
        lock (_gate)
        {
            if (_state == State.Ended)
            {
                return;
            }

            _state = State.Ended;
            left = [.. _first.TakeAll(), .. _queue.TakeAll()];
        }

        _left.TrySetResult();
        LoopsWithApp.Remove(this);

        foreach (WorkItem item in left)
        {
            HandToThePool(item);
        }

        // Once more, for what came in between the two.
        Tasks?.LoopEnded(this);
        Owner?.LoopEnded(this);
        Tasks?.ReleaseAll(this);
    }

    /// <summary>The app's root on the UI thread that the calling code is on; null elsewhere.</summary>
    internal static TaskScope? RootOfThisThread() => UiThread.LoopHere(out _)?.App?.Tasks;

    /// <summary>On the UI thread: a callback of the program's threw.</summary>
    internal void ReportCallback(string name, Exception error) => FaultRoute.ReportCallback(this, name, error);

    internal void Join(ILoopOwner app)
    {
        ILoopOwner? other;
        lock (_gate)
        {
            other = Owner;
            Owner ??= app;
        }

        if (other is not null)
        {
            throw new InvalidOperationException($"This loop belongs to '{other.Name}' already. Create a loop for each app.");
        }

        LoopsWithApp.Add(this);
    }

    /// <summary>The app that has joined is on another loop already.</summary>
    internal void Unjoin()
    {
        LoopsWithApp.Remove(this);
        Owner = null;
    }

    /// <summary>The calling thread runs the app's <c>Startup</c>: it counts as the UI thread, and no turn runs meanwhile.</summary>
    internal void BeginStartup() => _startupThread = Thread.CurrentThread;

    /// <summary><c>Startup</c> has failed, and the loop may be a host's that runs on: what was posted never runs.</summary>
    internal void DropPosts()
    {
        lock (_gate)
        {
            foreach (WorkItem item in _queue.TakeAll())
            {
                if (item.Kind != WorkItemKind.Post)
                {
                    _queue.Enqueue(item);
                }
            }
        }
    }

    internal void EndStartup()
    {
        _startupThread = null;
        WakeForWhatWaits();
    }

    private enum State
    {
        NotStarted,
        Running,
        Ended,
    }
}
