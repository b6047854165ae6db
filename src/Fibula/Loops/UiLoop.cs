namespace Fibula;

/// <summary>
/// One toolkit's UI thread: the place where callbacks and the steps of tasks run one after another.
/// </summary>
/// <remarks>
/// <para><b>Threads.</b> <see cref="CheckAccess"/> and <see cref="Post"/> may be called from any thread, also under your own locks.
/// Posted callbacks run on the UI thread, one at a time, in the order they were posted.</para>
/// <para><b>Cancellation.</b> A posted callback cannot be canceled. Callbacks that have not run when the loop ends never run.</para>
/// <para><b>Errors.</b> An exception of a posted callback is a <see cref="TaskFault"/> of the app; the next callback still runs.</para>
/// <para>Use <see cref="TaskStarter.Run(Func{Task}, TaskOptions, string, string, string, int)"/> instead for anything that awaits.</para>
/// <para><b>For adapters.</b> Derive from <see cref="Toolkits.ToolkitLoop"/>.</para>
/// </remarks>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/LoopExampleTests.cs#post">
/// UiLoop loop = this.Tasks.Loop!;
/// folder.Changed += (_, file) => loop.Post(() => _status.Text = $"{file} has changed.");     // raised on any thread
/// </code>
/// </example>
public abstract class UiLoop
{
    private readonly TurnQueue _queue;
    private volatile ILoopTasks? _tasks;
    private ILoopOwner? _owner;

    // The core casts a loop to the interfaces of ToolkitLoop, so every loop must be one.
    private protected UiLoop(TimeProvider? timeProvider, SynchronizationContext? toolkitContext, bool runsUnderToolkitContext)
    {
        if (runsUnderToolkitContext && toolkitContext is null)
        {
            throw new ArgumentException("Work is to run under the toolkit's context, and there is none.", nameof(toolkitContext));
        }

        _queue = new TurnQueue(this);
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

    /// <summary>True once the toolkit pumps no more: nothing that is posted runs then.</summary>
    public bool HasEnded => _queue.HasEnded;

    /// <summary>Tells whether the calling code is on the UI thread, and so may touch the toolkit's objects.</summary>
    /// <returns>True on the UI thread, also while the app's <c>Startup</c> runs there before the toolkit's loop does.</returns>
    public bool CheckAccess() => _queue.IsStartupHere || IsOnItsThread;

    /// <summary>Queues a callback for the UI thread. It never runs inline, and the caller never waits.</summary>
    /// <param name="callback">What to run. It sees none of the caller's <see cref="AsyncLocal{T}"/> values.</param>
    /// <returns>False once the loop has ended: then the callback never runs.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="callback"/> is null.</exception>
    public bool Post(Action callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return Enqueue(WorkItem.Post(callback));
    }

    /// <summary>The same clock for the library's own use, where it must not throw.</summary>
    internal TimeProvider Clock { get; }

    /// <summary>The app on this loop; null before one was attached.</summary>
    internal ILoopOwner? Owner => Volatile.Read(ref _owner);

    /// <summary>The tasks on this loop; null while it never had any.</summary>
    internal ILoopTasks? Tasks
    {
        get => _tasks;
        set => _tasks = value;
    }

    internal bool IsRunning => _queue.IsRunning;

    /// <summary>Whether the calling code is on the toolkit's UI thread, by whatever the toolkit goes by.</summary>
    internal abstract bool IsOnItsThread { get; }

    /// <summary>Whether the app on this loop serves one user among many of the process.</summary>
    internal abstract bool ServesAUser { get; }

    /// <summary>Whether the app on this loop is that of the process itself: no user sees it.</summary>
    internal virtual bool ServesTheHost => false;

    /// <summary>How many turns the toolkit was asked for.</summary>
    internal long RequestedTurns => _queue.TurnsRequested;

    /// <summary>Whether the calling thread may run the app's <c>Startup</c>: it is the UI thread, or will be.</summary>
    internal virtual bool IsStartupThread => !_queue.IsStarted || CheckAccess();

    /// <summary>Whether <see cref="RequestTurnCore"/> may capture the caller's flow. Our own loops do not, and save an allocation.</summary>
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

    /// <summary>Whether a fault that nobody handled makes the app's exit code 1.</summary>
    internal abstract bool FailsByUnhandledFaults { get; }

    /// <summary>On the UI thread: leads a fault to where the toolkit's own unhandled exceptions go.</summary>
    internal abstract void LeadOut(IUnhandledFault fault);

    /// <summary>A callback of the program's threw.</summary>
    internal abstract void ReportCallback(string name, Exception error);

    /// <summary>The toolkit's part of the end, before any task is canceled.</summary>
    private protected abstract void OnEnding();

    /// <summary>The toolkit's part of the end: the queue takes nothing any more.</summary>
    private protected abstract void OnEnded();

    /// <summary>Any thread: makes the toolkit run a turn soon.</summary>
    internal abstract void RequestTurnCore(bool yielding);

    /// <summary>Any thread: writes a line where people will find it.</summary>
    internal abstract void WriteLineCore(string line);

    /// <summary>Any thread: the loop that a view belongs to.</summary>
    internal abstract bool TryFindLoopOf(object view, out UiLoop? loop);

    /// <summary>The toolkit pumps. Later calls do nothing.</summary>
    internal void StartTurns() => _queue.Start();

    /// <summary>On the UI thread: runs what was queued when the turn began.</summary>
    internal void TakeTurn() => _queue.RunTurn();

    /// <summary>The toolkit's loop has ended. Live tasks are canceled; awaits that were still queued resume on the thread pool.</summary>
    internal void EndTurns()
    {
        Owner?.LoopEnds(this);
        OnEnding();

        // Tell first: whatever resumes on the pool afterwards must find its token signaled.
        Tasks?.LoopEnded(this);
        if (_queue.End() is not { } left)
        {
            return;
        }

        OnEnded();
        LoopsWithApp.Remove(this);
        foreach (WorkItem item in left)
        {
            HandToThePool(item);
        }

        // Again, for tasks that were started in between.
        Tasks?.LoopEnded(this);
        Owner?.LoopEnded(this);
        Tasks?.ReleaseAll(this);
    }

    /// <summary>Runs a callback in the middle of other work: its exception is a fault, and does not disturb that work.</summary>
    internal void Guard(Action callback)
    {
        try
        {
            callback();
        }
        catch (Exception error)
        {
            ReportCallback(CallSite.MethodName(callback), error);
        }
    }

    /// <summary>Queues the rest of an <c>await</c>; once the loop has ended it runs on the pool instead.</summary>
    internal void Resume(SendOrPostCallback callback, object? state) => EnqueueOrPool(new WorkItem(WorkItemKind.Resume, callback, state));

    /// <summary>Queues an item of the library's own; once the loop has ended it runs on the pool instead.</summary>
    /// <param name="callback">What to run.</param>
    /// <param name="state">Its argument.</param>
    /// <param name="isFirst">It comes before everything that is queued, but for others of its kind.</param>
    internal void EnqueueOrPool(SendOrPostCallback callback, object? state, bool isFirst = false) =>
        EnqueueOrPool(new WorkItem(WorkItemKind.Internal, callback, state), isFirst);

    internal bool Enqueue(WorkItem item) => _queue.Enqueue(item, isFirst: false);

    /// <inheritdoc cref="TurnQueue.EnqueueAsleep"/>
    internal bool EnqueueAsleep(WorkItem item) => _queue.EnqueueAsleep(item);

    internal void WakeAfterEnqueue() => _queue.WakeAfterEnqueue();

    internal void Join(ILoopOwner app)
    {
        if (Interlocked.CompareExchange(ref _owner, app, null) is { } other)
        {
            throw new InvalidOperationException($"This loop belongs to '{other.Name}' already. Create a loop for each app.");
        }

        LoopsWithApp.Add(this);
    }

    /// <summary>The app that has joined is on another loop already.</summary>
    internal void Unjoin()
    {
        LoopsWithApp.Remove(this);
        Volatile.Write(ref _owner, null);
    }

    /// <inheritdoc cref="TurnQueue.BeginStartup"/>
    internal void BeginStartup() => _queue.BeginStartup();

    internal void EndStartup() => _queue.EndStartup();

    /// <inheritdoc cref="TurnQueue.DropPosts"/>
    internal void DropPosts() => _queue.DropPosts();

    private void EnqueueOrPool(WorkItem item, bool isFirst = false)
    {
        if (!_queue.Enqueue(item, isFirst))
        {
            HandToThePool(item);
        }
    }

    private void HandToThePool(WorkItem item)
    {
        if (item.Kind != WorkItemKind.Post)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static left => left.Loop.InvokeOnThePool(left.Item), (Loop: this, Item: item), preferLocal: false);
        }
    }

    // What else an await throws there ends the process, as any exception on the pool does.
    private void InvokeOnThePool(WorkItem item)
    {
        try
        {
            item.Invoke();
        }
        catch (BackgroundTaskCanceledException canceled) when (item.IsAsyncVoid)
        {
            FibulaEventSource.Log.Canceled(item.Name, Owner?.Name, canceled);
        }
        catch (Exception error) when (item.Kind == WorkItemKind.Internal)
        {
            // Such as the adapter's way to quit.
            ReportCallback(item.Name, error);
        }
    }
}
