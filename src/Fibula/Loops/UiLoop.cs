namespace Fibula;

/// <summary>
/// One toolkit's UI thread: the place where callbacks and the steps of tasks run one after another.
/// </summary>
/// <remarks>
/// <para><b>Threads.</b> <see cref="CheckAccess"/> and <see cref="Post"/> may be called from any thread, also under your own locks.
/// Posted callbacks run on the UI thread, one at a time, in the order they were posted.</para>
/// <para><b>Cancellation.</b> A posted callback cannot be taken back. One that has not run when the loop ends never runs.</para>
/// <para><b>Errors.</b> What a posted callback throws is a <see cref="TaskFault"/> of the app; the next callback still runs.</para>
/// <para>Use <see cref="TaskScope.Run(Func{Task}, TaskOptions, string, string, string, int)"/> instead for anything that awaits.</para>
/// <para><b>For adapters.</b> Override <see cref="CheckAccessCore"/> and <see cref="RequestTurn"/>; call <see cref="NotifyStarted"/> once the
/// toolkit pumps, <see cref="RunTurn"/> when a requested turn comes, and <see cref="NotifyEnded"/> once the toolkit pumps no more.</para>
/// </remarks>
public abstract class UiLoop
{
    // NotStarted ──► Running ──► Ended
    //      └───────────────────────▲     (start-up failed)
    //
    // _gate guards _queue, _state, _wakeRequested and _depth (_state is also read without it). Neither user code nor the toolkit is called under it.
    // Invariant outside the gate: Running and a non-empty queue imply a requested turn that has not come yet,
    // also while a callback runs, since that callback may sit in a nested modal loop.
    private static readonly TimeSpan TurnLimit = TimeSpan.FromMilliseconds(8);

    [ThreadStatic]
    private static UiLoop? _turnOnThisThread;

    private readonly Lock _gate = new();
    private readonly Queue<WorkItem> _queue = new();
    private readonly LoopContext _context;
    private volatile LoopState _state;
    private bool _wakeRequested;
    private int _depth;
    private long _turnsRequested;

    // The thread that runs Startup: it will be the UI thread, though the toolkit does not know it yet. 0: none.
    private volatile int _startupThread;

    /// <summary>Creates the loop.</summary>
    /// <param name="timeProvider">The clock of delays and close deadlines; <see cref="TimeProvider.System"/> if null.</param>
    /// <param name="toolkitContext">The toolkit's own context, to which <see cref="SynchronizationContext.Send"/> and
    /// <see cref="SynchronizationContext.Wait"/> are forwarded; null where it has none.</param>
    protected UiLoop(TimeProvider? timeProvider = null, SynchronizationContext? toolkitContext = null)
    {
        TimeProvider = timeProvider ?? TimeProvider.System;
        _context = new LoopContext(this, toolkitContext);
    }

    /// <summary>The context under which work of this loop runs: an <c>await</c> there resumes on the UI thread.</summary>
    public SynchronizationContext Context => _context;

    /// <summary>The clock of this loop's delays and deadlines.</summary>
    /// <value>Default: <see cref="TimeProvider.System"/>.</value>
    public TimeProvider TimeProvider { get; }

    /// <summary>How many turns the toolkit was asked for since the loop started: the wake-ups this library costs.</summary>
    public long TurnsRequested => Interlocked.Read(ref _turnsRequested);

    /// <summary>The app that runs on this loop; its root scope owns what belongs to nobody else.</summary>
    internal UiApp? App { get; private set; }

    /// <summary>Whether the calling thread may run the app's <c>Startup</c>: it is the UI thread, or will be.</summary>
    internal virtual bool IsStartupThread => _state == LoopState.NotStarted || CheckAccess();

    /// <summary>Whether <see cref="RequestTurn"/> may capture the caller's flow. Our own loops do not, and save an allocation.</summary>
    internal virtual bool CapturesFlow => true;

    internal bool HasEnded => _state == LoopState.Ended;

    internal bool IsRunning => _state == LoopState.Running;

    /// <summary>Tells whether the calling code is on the UI thread, and so may touch the toolkit's objects.</summary>
    /// <returns>True on the UI thread, also while the app's <c>Startup</c> runs there before the toolkit's loop does.</returns>
    public bool CheckAccess() =>
        _startupThread == Environment.CurrentManagedThreadId || CheckAccessCore();

    /// <summary>Queues a callback for the UI thread. It never runs inline, and the caller never waits.</summary>
    /// <param name="callback">What to run. It sees none of the caller's <see cref="AsyncLocal{T}"/> values.</param>
    /// <returns>False once the loop has ended: then the callback never runs.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="callback"/> is null.</exception>
    public bool Post(Action callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return Enqueue(WorkItem.Post(callback));
    }

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

    /// <summary>Leads a fault nobody handled to where the toolkit's own unhandled exceptions go. Called on the UI thread.</summary>
    /// <param name="fault">The fault. Its exception is already marked observed.</param>
    protected internal virtual void OnUnhandledFault(TaskFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        WriteLine(fault.ToString());
    }

    /// <summary>Writes one line about something that could not be told in any other way.</summary>
    /// <param name="line">A whole sentence.</param>
    protected internal virtual void WriteLine(string line) => LastResort.WriteLine(line);

    /// <summary>Tells the core that the toolkit pumps. Called on the UI thread, once.</summary>
    protected void NotifyStarted()
    {
        lock (_gate)
        {
            if (_state != LoopState.NotStarted)
            {
                return;
            }

            _state = LoopState.Running;
        }

        WakeForWhatWaits();
    }

    /// <summary>Tells the core that the toolkit pumps no more. Live tasks are told to cancel; what was still to be resumed goes to the thread pool.</summary>
    protected internal void NotifyEnded()
    {
        // Tell first: whatever resumes on the pool afterwards must find its token signaled.
        ScopeTree.LoopEnded(this);

        WorkItem[] left;
        lock (_gate)
        {
            if (_state == LoopState.Ended)
            {
                return;
            }

            _state = LoopState.Ended;
            left = [.. _queue];
            _queue.Clear();
        }

        foreach (WorkItem item in left)
        {
            HandToThePool(item);
        }

        // Once more, for what came in between the two.
        ScopeTree.LoopEnded(this);
        App?.LoopEnded();
    }

    /// <summary>Runs what was queued when the turn began, for at most 8 ms. Called on the UI thread; may be called without a request, and re-entrantly from a nested modal loop.</summary>
    protected void RunTurn()
    {
        int count;
        WorkItem first;
        lock (_gate)
        {
            _wakeRequested = false;
            count = _queue.Count;
            if (_state != LoopState.Running || _startupThread != 0 || !_queue.TryDequeue(out first))
            {
                return;
            }

            _depth++;
        }

        SynchronizationContext? callersContext = SynchronizationContext.Current;
        var callersExecution = ExecutionContext.Capture();
        UiLoop? callersTurn = _turnOnThisThread;
        _turnOnThisThread = this;
        try
        {
            if (count > 1)
            {
                WakeForWhatWaits(yielding: true);
            }

            Drain(first, count);
        }
        finally
        {
            _turnOnThisThread = callersTurn;
            ExecutionContext.Restore(callersExecution ?? CleanContext.Value);
            SynchronizationContext.SetSynchronizationContext(callersContext);
            EndTurn();
        }
    }

    /// <summary>The app's root on the UI thread that the calling code is on; null elsewhere.</summary>
    internal static TaskScope? RootOfThisThread()
    {
        if (_turnOnThisThread?.App is { } app)
        {
            return app.Tasks;
        }

        return (SynchronizationContext.Current as LoopContext)?.Loop.App?.Tasks ?? ScopeTree.RootOfThisThread();
    }

    internal void Join(UiApp app)
    {
        if (App is { } other)
        {
            throw new InvalidOperationException($"This loop belongs to '{other.Tasks.Name}' already. Create a loop for each app.");
        }

        App = app;
    }

    /// <summary>The calling thread runs the app's <c>Startup</c>: it counts as the UI thread, and no turn runs meanwhile.</summary>
    internal void BeginStartup() => _startupThread = Environment.CurrentManagedThreadId;

    /// <summary><c>Startup</c> has failed, and the loop may be a host's that runs on: what was posted never runs.</summary>
    internal void DropPosts()
    {
        lock (_gate)
        {
            WorkItem[] kept = [.. _queue.Where(item => item.Kind != WorkItemKind.Post)];
            _queue.Clear();
            foreach (WorkItem item in kept)
            {
                _queue.Enqueue(item);
            }
        }
    }

    internal void EndStartup()
    {
        _startupThread = 0;
        WakeForWhatWaits();
    }

    /// <summary>Runs a callback in the middle of something else: what it throws is a fault and does not disturb that.</summary>
    internal void Guard(Action callback)
    {
        try
        {
            callback();
        }
        catch (Exception error)
        {
            FaultRoute.ReportCallback(this, CallSite.MethodName(callback), error);
        }
    }

    internal void Resume(SendOrPostCallback callback, object? state)
    {
        var item = new WorkItem(WorkItemKind.Resume, callback, state);
        if (!Enqueue(item))
        {
            HandToThePool(item);
        }
    }

    /// <summary>Queues an item of the library's own; once the loop has ended it runs on the pool instead.</summary>
    internal void EnqueueOrPool(SendOrPostCallback callback, object? state)
    {
        var item = new WorkItem(WorkItemKind.Internal, callback, state);
        if (!Enqueue(item))
        {
            HandToThePool(item);
        }
    }

    internal bool Enqueue(WorkItem item)
    {
        bool yielding;
        lock (_gate)
        {
            if (_state == LoopState.Ended)
            {
                return false;
            }

            _queue.Enqueue(item);
            if (_state != LoopState.Running || _wakeRequested)
            {
                return true;
            }

            _wakeRequested = true;
            yielding = _depth > 0;
        }

        Wake(yielding);
        return true;
    }

    private static void HandToThePool(WorkItem item)
    {
        if (item.Kind != WorkItemKind.Post)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static item => item.Invoke(), item, preferLocal: false);
        }
    }

    private void Drain(WorkItem item, int count)
    {
        // A turn of one item, the usual one, needs no clock.
        long began = count > 1 ? TimeProvider.System.GetTimestamp() : 0;
        do
        {
            SynchronizationContext.SetSynchronizationContext(_context);
            ExecutionContext.Restore(CleanContext.Value);
            try
            {
                item.Invoke();
            }
            catch (Exception error)
            {
                FaultRoute.ReportCallback(this, item.Name, error);
            }
        }
        while (--count > 0 && TimeProvider.System.GetElapsedTime(began) < TurnLimit && TryTake(out item));
    }

    // Taken one by one from the shared queue, never as a batch: the item may open a nested modal loop, whose turns go on with the rest.
    private bool TryTake(out WorkItem item)
    {
        bool wake;
        lock (_gate)
        {
            if (_state != LoopState.Running || !_queue.TryDequeue(out item))
            {
                item = default;
                return false;
            }

            wake = NeedsWake();
        }

        if (wake)
        {
            Wake(yielding: true);
        }

        return true;
    }

    private void EndTurn()
    {
        bool wake;
        lock (_gate)
        {
            _depth--;
            wake = NeedsWake();
        }

        if (wake)
        {
            Wake(yielding: true);
        }
    }

    private void WakeForWhatWaits(bool yielding = false)
    {
        bool wake;
        lock (_gate)
        {
            wake = NeedsWake();
        }

        if (wake)
        {
            Wake(yielding);
        }
    }

    // Under the gate. True makes the caller wake the loop, after the gate.
    private bool NeedsWake()
    {
        bool wake = _state == LoopState.Running && _queue.Count > 0 && !_wakeRequested;
        _wakeRequested |= wake;
        return wake;
    }

    private void Wake(bool yielding)
    {
        Interlocked.Increment(ref _turnsRequested);

        // The toolkit may capture the caller's AsyncLocals with the wake-up; they must not leak into other people's work.
        AsyncFlowControl? flow = !CapturesFlow || ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow();
        try
        {
            RequestTurn(yielding);
        }
        catch (Exception error)
        {
            // A toolkit that refuses while it shuts down: the queue keeps the item, and the next wake-up or the end of the loop takes it.
            lock (_gate)
            {
                _wakeRequested = false;
            }

            WriteLine($"The UI loop '{GetType().Name}' could not be woken: {error.Message}");
        }
        finally
        {
            flow?.Undo();
        }
    }
}
