namespace Fibula;

/// <summary>
/// The state of all scopes and tasks of one app, and the only type that takes the gate which guards it. Each method is one transition, made in one hold of the
/// gate: it returns what is left to do, which its caller does once the gate is free.
/// </summary>
/// <remarks>
/// No code of the program runs under the gate: no delegate, event, clock, comparer or text of an exception. "Now" is read before it, by
/// <see cref="TreeContext.ReadClock"/>. The parts of a transition stand with what they change, in members that say that they are called under the gate.
/// </remarks>
internal sealed class TaskTree : TreeContext
{
    private readonly Lock _gate = new();
    private bool _isRegistered;
    private bool _isPinned;
    private int _lastId;

    public TaskTree(TaskScope root)
    {
        Root = root;
        Unresponsive = new UnresponsiveWatch(this);
    }

    public override TaskScope Root { get; }

    /// <summary>What follows the scopes of the tree.</summary>
    public ScopeFollowers Followers { get; } = new();

    /// <summary>Looks after those that were asked to cancel.</summary>
    public UnresponsiveWatch Unresponsive { get; }

    /// <summary>Stands for this tree in its owner's, which is on another loop; null where it has no owner.</summary>
    public JoinedRoot? Joined { get; set; }

    /// <summary>Those that have outlived their scopes. Under the gate.</summary>
    public Survivors Survivors { get; } = new();

    /// <summary>What is on its way to many tasks. Under the gate, but for <see cref="CancelRequests.IsAny"/>.</summary>
    public CancelRequests Requests { get; } = new();

    /// <summary>Under the gate: the number of the task that came last.</summary>
    public int LastId => _lastId;

    private protected override bool IsGateHeldHere => _gate.IsHeldByCurrentThread;

    /// <summary>Gives the tree its loop. What was started before goes to the loop's queue, in order.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="isHeld">The app's <c>Startup</c> is still to run: see <see cref="TreeContext.IsHeld"/>.</param>
    /// <param name="first">Comes before all that was started: the turn of <c>Startup</c> on a loop that runs elsewhere, perhaps already before this returns.</param>
    /// <exception cref="InvalidOperationException">The tree has a loop.</exception>
    public void Attach(UiLoop loop, bool isHeld = false, WorkItem? first = null)
    {
        long now = Clocks.Ticks(loop.Clock);
        bool wakes;
        lock (_gate)
        {
            if (Loop is not null)
            {
                throw new InvalidOperationException($"'{Root.Name}' is on a loop already, and stays there. Create a new UiApp for another loop.");
            }

            IsHeld = isHeld;
            loop.Tasks = LoopTasks.Instance;
            Root.Node.LiveTasksUnderGate().ForEach(task => task.Node.StartedAt = now);
            wakes = SetLoop(loop, first);
        }

        if (wakes)
        {
            loop.WakeAfterEnqueue();
        }
    }

    /// <summary>The app's <c>Run</c>, or the time the root is joined to an owner, begins: the end of the loop must find the tree until <see cref="Unpin"/>.</summary>
    public void Pin()
    {
        using Lock.Scope held = _gate.EnterScope();
        _isPinned = true;
        Register();
    }

    public void Unpin()
    {
        using Lock.Scope held = _gate.EnterScope();
        _isPinned = false;
        UnregisterIfIdle();
    }

    /// <summary>Lets go of the survivors that were started in a scope or its descendants.</summary>
    public List<BackgroundTask> Release(TaskScope scope)
    {
        using Lock.Scope held = _gate.EnterScope();
        List<BackgroundTask> released = Survivors.Release(scope);
        UnregisterIfIdle();
        return released;
    }

    /// <summary>The quoted names of live tasks, for the last line of a process that leaves; null where the gate cannot be had.</summary>
    public string[]? NamesAtExit()
    {
        if (!_gate.TryEnter(TimeSpan.FromMilliseconds(100)))
        {
            return null;
        }

        try
        {
            List<BackgroundTask> live = Root.Node.LiveTasksUnderGate();
            Survivors.CollectInto(live);
            return [.. live.Select(static task => $"'{task.Name}'")];
        }
        finally
        {
            _gate.Exit();
        }
    }

    public ScopeState StateOf(TaskScope scope)
    {
        using Lock.Scope held = _gate.EnterScope();
        return scope.Node.StateUnderGate(out _);
    }

    /// <inheritdoc cref="ScopeNode.LiveTasksUnderGate"/>
    public List<BackgroundTask> LiveTasks(TaskScope scope)
    {
        using Lock.Scope held = _gate.EnterScope();
        return scope.Node.LiveTasksUnderGate();
    }

    /// <summary>What can be seen of a scope and its descendants that have work, each after the one around it.</summary>
    public List<ScopeFacts> Read(TaskScope scope, long now)
    {
        using Lock.Scope held = _gate.EnterScope();
        return [.. scope.Node.LiveSubtree().Select(inner => new ScopeFacts(inner.Scope, [.. inner.ListedTasks().Select(task => TaskTransitions.Read(task, now))]))];
    }

    public TaskFacts Read(BackgroundTask task, long now)
    {
        using Lock.Scope held = _gate.EnterScope();
        return TaskTransitions.Read(task, now);
    }

    /// <summary>Fills a list with the next tasks of a walk; with none at the end.</summary>
    public void TakeBatch(ScopeWalk walk, List<BackgroundTask> batch)
    {
        using Lock.Scope held = _gate.EnterScope();
        walk.TakeBatch(batch);
    }

    /// <inheritdoc cref="ScopeNode.AdmitUnderGate"/>
    public AdmitResult Admit(BackgroundTask task, TaskScope scope, BackgroundTask? parent, BackgroundTask? starter, bool beginsNow, Moment now, out ScopeNode nearest)
    {
        nearest = scope.Node;
        using Lock.Scope held = _gate.EnterScope();
        return now.Loop != Loop ? AdmitResult.OtherClock : scope.Node.AdmitUnderGate(task, parent, starter, beginsNow, now.Ticks, out nearest);
    }

    /// <inheritdoc cref="ScopeNode.AdoptUnderGate"/>
    public AdmitResult Adopt(BackgroundTask task, TaskScope scope, BackgroundTask? starter, Moment now)
    {
        using Lock.Scope held = _gate.EnterScope();
        return now.Loop != Loop ? AdmitResult.OtherClock : scope.Node.AdoptUnderGate(task, starter, now.Ticks);
    }

    /// <inheritdoc cref="TaskTransitions.Begin"/>
    public bool TryBegin(BackgroundTask task, out bool hasEvents)
    {
        using Lock.Scope held = _gate.EnterScope();
        return TaskTransitions.Begin(task, out hasEvents);
    }

    /// <inheritdoc cref="TaskTransitions.Request"/>
    public CancelEffects RequestCancel(BackgroundTask task, CancelReason reason, TaskScope? within, bool isExplicit, long now)
    {
        using Lock.Scope held = _gate.EnterScope();
        return TaskTransitions.Request(task, reason, within, isExplicit, now);
    }

    /// <inheritdoc cref="TaskTransitions.Settle"/>
    public SettleEffects Settle(BackgroundTask task, BackgroundTaskState outcome, Exception? error, long now)
    {
        using Lock.Scope held = _gate.EnterScope();
        return TaskTransitions.Settle(task, outcome, error, now);
    }

    /// <inheritdoc cref="TaskTransitions.EndIfLast"/>
    public EndEffects? EndIfLast(BackgroundTask task, BackgroundTask? leaving, long now)
    {
        using Lock.Scope held = _gate.EnterScope();
        return TaskTransitions.EndIfLast(task, leaving, now);
    }

    /// <inheritdoc cref="TaskTransitions.EndUnbegun"/>
    public EndEffects? EndUnbegun(BackgroundTask task, CancelReason? reason, long now)
    {
        using Lock.Scope held = _gate.EnterScope();
        return TaskTransitions.EndUnbegun(task, reason, now);
    }

    /// <summary>The request that will come to a task next, among many; null for none.</summary>
    public ScopeRequest? RequestFor(BackgroundTask task)
    {
        using Lock.Scope held = _gate.EnterScope();
        return Requests.For(task);
    }

    public CancellationToken TokenOf(BackgroundTask task)
    {
        using Lock.Scope held = _gate.EnterScope();
        return TaskTransitions.NeedToken(task);
    }

    public ProgressState ProgressOf(BackgroundTask task)
    {
        using Lock.Scope held = _gate.EnterScope();
        return TaskTransitions.NeedProgress(task);
    }

    /// <inheritdoc cref="TaskTransitions.Move"/>
    public bool Move(BackgroundTask task, TaskScope scope, List<ScopeClose> advance)
    {
        using Lock.Scope held = _gate.EnterScope();
        return TaskTransitions.Move(task, scope, advance);
    }

    /// <inheritdoc cref="TaskTransitions.Keep"/>
    public bool TryKeep(BackgroundTask task, ITimer? deadline = null, CancellationTokenRegistration caller = default)
    {
        using Lock.Scope held = _gate.EnterScope();
        return TaskTransitions.Keep(task, deadline, caller);
    }

    /// <inheritdoc cref="TaskTransitions.SetReady"/>
    public ReadyState SetReady(BackgroundTask task, ReadyState ready)
    {
        using Lock.Scope held = _gate.EnterScope();
        return TaskTransitions.SetReady(task, ready);
    }

    /// <inheritdoc cref="TaskTransitions.SetPause"/>
    public CancelReason? SetPause(BackgroundTask task, bool isBetweenRuns)
    {
        using Lock.Scope held = _gate.EnterScope();
        return TaskTransitions.SetPause(task, isBetweenRuns);
    }

    /// <inheritdoc cref="ScopeNode.EndShownUnderGate"/>
    public List<ScopeClose>? EndShown(TaskScope scope)
    {
        using Lock.Scope held = _gate.EnterScope();
        return scope.Node.EndShownUnderGate();
    }

    /// <inheritdoc cref="ScopeNode.BeginCloseUnderGate"/>
    public CloseStart BeginClose(TaskScope scope, CancelReason reason, TimeSpan? within, BackgroundTask? caller, long now)
    {
        using Lock.Scope held = _gate.EnterScope();
        return scope.Node.BeginCloseUnderGate(reason, within, caller, now);
    }

    /// <summary>A scope closes without a loop on which to wait.</summary>
    public ScopeClose BeginAbort(TaskScope scope, CancelReason reason, long now)
    {
        using Lock.Scope held = _gate.EnterScope();
        return scope.Node.BeginClosingUnderGate(reason, now);
    }

    /// <inheritdoc cref="ScopeClose.TryBeginPassUnderGate"/>
    public bool TryBeginPass(ScopeClose closing, TimeSpan now)
    {
        using Lock.Scope held = _gate.EnterScope();
        return closing.TryBeginPassUnderGate(now);
    }

    /// <inheritdoc cref="ScopeClose.EndPassUnderGate"/>
    public PassEnd EndPass(ScopeClose closing)
    {
        using Lock.Scope held = _gate.EnterScope();
        return closing.EndPassUnderGate();
    }

    /// <inheritdoc cref="ScopeClose.KeepTimerUnderGate"/>
    public ITimer? KeepTimer(ScopeClose closing, ScopePass pass, ITimer timer)
    {
        using Lock.Scope held = _gate.EnterScope();
        return closing.KeepTimerUnderGate(pass, timer);
    }

    /// <inheritdoc cref="ScopeClose.LeaveBehindUnderGate"/>
    public BackgroundTask? LeaveBehind(ScopeClose closing, BackgroundTask task, long now)
    {
        using Lock.Scope held = _gate.EnterScope();
        return closing.LeaveBehindUnderGate(task, now);
    }

    /// <inheritdoc cref="CloseLedger.TakeLeftScopes"/>
    public TaskScope[] TakeLeftScopes(ScopeClose closing)
    {
        using Lock.Scope held = _gate.EnterScope();
        return closing.Ledger.TakeLeftScopes();
    }

    /// <inheritdoc cref="ScopeClose.NameSomeUnderGate"/>
    public bool NameSome(ScopeClose closing, long now)
    {
        using Lock.Scope held = _gate.EnterScope();
        return closing.NameSomeUnderGate(now);
    }

    /// <inheritdoc cref="ScopeClose.EndUnderGate"/>
    public CloseEnd? EndClose(ScopeClose closing, long now, TimeSpan duration)
    {
        using Lock.Scope held = _gate.EnterScope();
        return closing.EndUnderGate(now, duration);
    }

    /// <inheritdoc cref="CloseLedger.Draft"/>
    public CloseReport Report(ScopeClose closing, long now, TimeSpan duration)
    {
        using Lock.Scope held = _gate.EnterScope();
        return closing.Ledger.Draft(now, duration);
    }

    /// <summary>A request to all tasks of a scope is on its way from here on.</summary>
    public ScopeCanceling BeginCanceling(TaskScope scope, CancelReason reason)
    {
        using Lock.Scope held = _gate.EnterScope();
        var canceling = new ScopeCanceling(scope, reason);
        canceling.BeginPass();
        return canceling;
    }

    /// <summary>It has come to everybody.</summary>
    public void EndCanceling(ScopeCanceling canceling)
    {
        using Lock.Scope held = _gate.EnterScope();
        canceling.StopPass();
    }

    /// <summary>Whether a request still concerns a task.</summary>
    public bool IsReached(BackgroundTask task, ScopeRequest request)
    {
        using Lock.Scope held = _gate.EnterScope();
        return request.Reaches(task);
    }

    /// <inheritdoc cref="UnresponsiveLook.LookAtSomeUnderGate"/>
    public bool LookAtSome(UnresponsiveLook look)
    {
        using Lock.Scope held = _gate.EnterScope();
        return look.LookAtSomeUnderGate();
    }

    /// <inheritdoc cref="UnresponsiveWatch.TryArmUnderGate"/>
    public bool TryArmWatch(long dueAt)
    {
        using Lock.Scope held = _gate.EnterScope();
        return Unresponsive.TryArmUnderGate(dueAt);
    }

    /// <inheritdoc cref="UnresponsiveWatch.KeepTimerUnderGate"/>
    public ITimer? KeepWatch(long dueAt, ITimer timer)
    {
        using Lock.Scope held = _gate.EnterScope();
        return Unresponsive.KeepTimerUnderGate(dueAt, timer);
    }

    /// <summary>Under the gate: a number for a new task.</summary>
    public int NextId()
    {
        AssertHeld();
        return ++_lastId;
    }

    /// <summary>Under the gate: the root has live work, and so must be found and held.</summary>
    public void Register()
    {
        AssertHeld();
        if (!_isRegistered)
        {
            _isRegistered = true;
            LiveRoots.Add(this);
        }
    }

    /// <summary>Under the gate: the root may have become idle, and is then not held any longer. One that is pinned stays registered, since it is alive anyway.</summary>
    public void UnregisterIfIdle()
    {
        AssertHeld();
        if (_isRegistered && !_isPinned && Root.Node.IsIdle && Survivors.IsEmpty)
        {
            _isRegistered = false;
            LiveRoots.Remove(this);
        }
    }
}
