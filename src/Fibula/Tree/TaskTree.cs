namespace Fibula;

/// <summary>
/// The state of all scopes and tasks of one app, and the only type that takes the gate that guards it. Each method is one transition, made in one hold of the
/// gate. It returns its effects, which the caller performs once the gate is free. Each transition is documented where it is implemented, under the same name.
/// </summary>
/// <remarks>
/// The program's code never runs under the gate: no delegate, event, clock, comparer or exception message. Callers read the clock before, by
/// <see cref="TreeContext.ReadClock"/>. The types that hold the state implement the transitions, in members that say that they are called under the gate,
/// as do a few members here.
/// </remarks>
internal sealed class TaskTree : TreeContext
{
    private readonly Lock _gate = new();
    private KeyedTimer _nextLook = new() { Key = long.MaxValue };
    private bool _isRegistered;
    private bool _isPinned;
    private int _lastId;

    /// <param name="handle">The public face of the root.</param>
    public TaskTree(IScope handle)
    {
        Root = new ScopeNode(handle, parent: null, this);
    }

    /// <summary>Raised when a task was stopped by a token of its own, since no list shows it afterwards. On any thread, without the gate.</summary>
    public event Action<ITaskNode>? StoppedByOwnToken;

    public ScopeNode Root { get; }

    public override string Name => Root.Name;

    /// <summary>The commands, and other followers, of the tree's scopes.</summary>
    public ScopeFollowers Followers { get; } = new();

    /// <summary>The task that represents this tree in its owner's tree, on another loop; null without an owner.</summary>
    public ITaskNode? OwnerTask { get; set; }

    /// <summary>The tasks that have outlived their scopes. Under the gate.</summary>
    public Survivors Survivors { get; } = new();

    /// <summary>The cancellation requests that are still walking over many tasks. Under the gate, except <see cref="CancelRequests.IsAny"/>.</summary>
    public CancelRequests Requests { get; } = new();

    private protected override bool IsGateHeldHere => _gate.IsHeldByCurrentThread;

    /// <summary>Gives the tree its loop. Tasks that were started before go to the loop's queue, in order, after <c>first</c>: the app's <c>Startup</c>, on a loop that already runs on another thread.</summary>
    /// <exception cref="InvalidOperationException">The tree has a loop.</exception>
    public void Attach(UiLoop loop, ILoopTasks tasks, bool isHeld = false, WorkItem? first = null)
    {
        long now = Clocks.Ticks(loop.Clock);
        bool wakes;
        lock (_gate)
        {
            ThrowIfAttached();
            IsHeld = isHeld;
            loop.Tasks = tasks;
            Root.LiveTasks().ForEach(task => task.Node.StartAt(now));
            wakes = SetLoop(loop, first);
        }

        if (wakes)
        {
            loop.WakeAfterEnqueue();
        }
    }

    /// <summary>Keeps the tree registered until <see cref="Unpin"/>, so that the end of the loop finds it: during the app's <c>Run</c>, and while the root is joined to an owner.</summary>
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

    /// <summary>Releases the survivors that were started in a scope or its descendants.</summary>
    public List<ITaskNode> Release(ScopeNode scope)
    {
        using Lock.Scope held = _gate.EnterScope();
        List<ITaskNode> released = Survivors.Release(scope);
        UnregisterIfIdle();
        return released;
    }

    // Stryker disable all : runs while the process ends, where only the tests that start processes see it, and they are no part of a mutation run

    /// <summary>The quoted names of live tasks, for the last line of a process that exits; null if the gate is not free in time.</summary>
    public string[]? NamesAtExit()
    {
        if (!_gate.TryEnter(TimeSpan.FromMilliseconds(100)))
        {
            return null;
        }

        try
        {
            List<ITaskNode> live = Root.LiveTasks();
            Survivors.CollectInto(live);
            return [.. live.Select(static task => $"'{task.Node.Name}'")];
        }
        finally
        {
            _gate.Exit();
        }
    }

    // Stryker restore all
    public List<ITaskNode> LiveTasks(ScopeNode scope)
    {
        using Lock.Scope held = _gate.EnterScope();
        return scope.LiveTasks();
    }

    public TaskFacts Read(ITaskNode task, long now)
    {
        using Lock.Scope held = _gate.EnterScope();
        return TaskTransitions.Read(task, now);
    }

    /// <summary>Begins a walk over the tasks of a scope and its descendants. At the root it includes the survivors.</summary>
    /// <param name="top">The scope.</param>
    /// <param name="scopes">The scope and its descendants that have work, each after the one around it.</param>
    public TaskWalk BeginWalk(ScopeNode top, out ScopeNode[] scopes)
    {
        using Lock.Scope held = _gate.EnterScope();
        scopes = top.LiveScopes();
        return new TaskWalk(top.Parent is null ? [.. scopes, Survivors] : scopes);
    }

    /// <summary>The next task of a walk; null at the end.</summary>
    public ITaskNode? TakeNext(TaskWalk walk)
    {
        ITaskNode? next = walk.NextInBatch();
        if (next is not null || !walk.HasMore)
        {
            return next;
        }

        using Lock.Scope held = _gate.EnterScope();
        return walk.TakeBatch().Count > 0 ? walk.NextInBatch() : null;
    }

    /// <summary>Reads the visible facts about the next tasks of a walk, with their scopes.</summary>
    public bool ReadBatch(TaskWalk walk, long now, List<(ScopeNode Scope, TaskFacts Facts)> rows)
    {
        rows.Clear();
        using Lock.Scope held = _gate.EnterScope();
        walk.TakeBatch().ForEach(task => rows.Add((task.Node.Scope, TaskTransitions.Read(task, now))));
        return rows.Count > 0;
    }

    public AdmitResult Admit(ITaskNode task, ScopeNode scope, ITaskNode? parent, ITaskNode? starter, bool beginsNow, Moment now, out ScopeNode nearest)
    {
        nearest = scope;
        using Lock.Scope held = _gate.EnterScope();
        return now.Loop != Loop ? AdmitResult.OtherClock : ScopeTransitions.Admit(task, scope, parent, starter, beginsNow, now.Ticks, out nearest);
    }

    public AdmitResult Adopt(ITaskNode task, ScopeNode scope, ITaskNode? starter, Moment now)
    {
        using Lock.Scope held = _gate.EnterScope();
        return now.Loop != Loop ? AdmitResult.OtherClock : ScopeTransitions.Adopt(task, scope, starter, now.Ticks);
    }

    public bool TryBegin(ITaskNode task, out bool hasEvents)
    {
        using Lock.Scope held = _gate.EnterScope();
        return TaskTransitions.TryBegin(task, out hasEvents);
    }

    public CancelEffects RequestCancel(ITaskNode task, CancelReason reason, ICancelRequest? among, bool isExplicit, long now)
    {
        using Lock.Scope held = _gate.EnterScope();
        return TaskTransitions.RequestCancel(task, reason, among, isExplicit, now);
    }

    public SettleEffects Settle(ITaskNode task, BackgroundTaskState outcome, Exception? error, long now)
    {
        using Lock.Scope held = _gate.EnterScope();
        return TaskTransitions.Settle(task, outcome, error, now);
    }

    public EndEffects? EndIfLast(ITaskNode task, ITaskNode? leaving, long now)
    {
        using Lock.Scope held = _gate.EnterScope();
        return TaskTransitions.EndIfLast(task, leaving, now);
    }

    public EndEffects? EndUnbegun(ITaskNode task, CancelReason? reason, long now)
    {
        using Lock.Scope held = _gate.EnterScope();
        return TaskTransitions.EndUnbegun(task, reason, now);
    }

    /// <summary>The next request that will reach a task; null for none. Outside the gate.</summary>
    public ICancelRequest? RequestFor(ITaskNode task)
    {
        if (!Requests.IsAny)
        {
            return null;
        }

        using Lock.Scope held = _gate.EnterScope();
        return Requests.For(task);
    }

    public CancellationToken TokenOf(ITaskNode task)
    {
        using Lock.Scope held = _gate.EnterScope();
        return TaskTransitions.TokenOf(task);
    }

    public ProgressState ProgressOf(ITaskNode task)
    {
        using Lock.Scope held = _gate.EnterScope();
        return TaskTransitions.ProgressOf(task);
    }

    public bool Move(ITaskNode task, ScopeNode scope, List<CloseState> advance)
    {
        using Lock.Scope held = _gate.EnterScope();
        return TaskTransitions.Move(task, scope, advance);
    }

    public bool TryKeep(ITaskNode task, ITimer? deadline = null, CancellationTokenRegistration caller = default)
    {
        using Lock.Scope held = _gate.EnterScope();
        return TaskTransitions.TryKeep(task, deadline, caller);
    }

    public ReadyState SetReady(ITaskNode task, ReadyState ready)
    {
        using Lock.Scope held = _gate.EnterScope();
        return TaskTransitions.SetReady(task, ready);
    }

    public CancelReason? SetPause(ITaskNode task, bool isBetweenRuns)
    {
        using Lock.Scope held = _gate.EnterScope();
        return TaskTransitions.SetPause(task, isBetweenRuns);
    }

    public List<CloseState>? EndShown(ScopeNode scope)
    {
        using Lock.Scope held = _gate.EnterScope();
        return scope.EndShown();
    }

    /// <summary>Closes a scope if it has nothing to wait for.</summary>
    /// <returns>The close, which is over; null if there is something to wait for, or if commands must be notified of the close.</returns>
    public CloseState? CloseIfIdle(ScopeNode scope, CancelReason reason)
    {
        using Lock.Scope held = _gate.EnterScope();
        return Followers.IsEmpty ? scope.CloseIfIdle(reason) : null;
    }

    public CloseStart BeginClose(CloseState closing, TimeSpan? within, IEnumerable<ITaskNode> callers, long now)
    {
        using Lock.Scope held = _gate.EnterScope();
        return ScopeTransitions.BeginClose(closing, within, callers, now);
    }

    /// <summary>Closes a scope without a loop to wait on. The close may have begun before.</summary>
    public CloseState BeginAbort(CloseState closing, long now)
    {
        using Lock.Scope held = _gate.EnterScope();
        closing.Scope.BeginClosing(closing, now);
        return closing.Scope.Closing!;
    }

    /// <summary>Begins a pass of a close, or asks the pass in progress for another round.</summary>
    /// <returns>True if it begins; the walk is null if there are no tasks.</returns>
    public bool TryBeginPass(CloseState closing, ICancelRequest request, TimeSpan now, out TaskWalk? walk)
    {
        using Lock.Scope held = _gate.EnterScope();
        bool begins = closing.TryBeginPass(now);
        walk = begins && !closing.Scope.IsIdle ? BeginRequest(closing.Scope, request) : null;
        return begins;
    }

    public PassEnd EndPass(CloseState closing, ICancelRequest request, bool isAnyoneWaitedFor)
    {
        using Lock.Scope held = _gate.EnterScope();
        Requests.End(request);
        return closing.EndPass(isAnyoneWaitedFor);
    }

    public ITimer? Keep(ref KeyedTimer place, long key, ITimer timer)
    {
        using Lock.Scope held = _gate.EnterScope();
        return place.Keep(key, timer);
    }

    public ITaskNode? LeaveBehind(CloseState closing, ITaskNode task)
    {
        using Lock.Scope held = _gate.EnterScope();
        return ScopeTransitions.LeaveBehind(closing, task);
    }

    public ScopeNode[] TakeLeftScopes(CloseState closing)
    {
        using Lock.Scope held = _gate.EnterScope();
        return closing.Ledger.TakeLeftScopes();
    }

    public bool NameSome(CloseState closing, long now)
    {
        using Lock.Scope held = _gate.EnterScope();
        return !closing.IsEnded && Survivors.NameSome(closing.Scope, task => TaskTransitions.EntryOf(task, now));
    }

    public CloseEnd? EndClose(CloseState closing, ICancelRequest request, TaskWalk? walk, long now, TimeSpan duration)
    {
        using Lock.Scope held = _gate.EnterScope();
        return ScopeTransitions.EndClose(closing, request, walk, now, duration);
    }

    public CloseReport Report(CloseState closing, long now, TimeSpan duration)
    {
        using Lock.Scope held = _gate.EnterScope();
        return ScopeTransitions.Report(closing, now, duration);
    }

    /// <summary>Begins a request to all present tasks of a scope: those up to the returned number.</summary>
    public TaskWalk BeginCanceling(ScopeNode scope, ICancelRequest request, out int lastId)
    {
        using Lock.Scope held = _gate.EnterScope();
        lastId = _lastId;
        return BeginRequest(scope, request);
    }

    public void EndCanceling(ICancelRequest request)
    {
        using Lock.Scope held = _gate.EnterScope();
        Requests.End(request);
    }

    public bool LookAtSome(UnresponsiveLook look)
    {
        using Lock.Scope held = _gate.EnterScope();
        return look.LookAtSome();
    }

    /// <summary>The timer of the next look at unresponsive tasks.</summary>
    public ref KeyedTimer NextLook => ref _nextLook;

    /// <summary>Asks for a look at unresponsive tasks at a time.</summary>
    /// <returns>False if one is due before.</returns>
    public bool TryArmNextLook(long dueAt)
    {
        using Lock.Scope held = _gate.EnterScope();
        bool isEarlier = dueAt < _nextLook.Key;
        _nextLook.Key = Math.Min(dueAt, _nextLook.Key);
        return isEarlier;
    }

    public ITimer? TakeNextLook() => _nextLook.Take(nextKey: long.MaxValue);

    public void NotifyStoppedByOwnToken(ITaskNode task) => StoppedByOwnToken?.Invoke(task);

    public override int NextId()
    {
        AssertHeld();
        return ++_lastId;
    }

    public override void Register()
    {
        AssertHeld();
        if (!_isRegistered)
        {
            _isRegistered = true;
            LiveRoots.Add(this);
        }
    }

    /// <remarks>A pinned root stays registered, since it is alive anyway.</remarks>
    public override void UnregisterIfIdle()
    {
        AssertHeld();
        if (_isRegistered && !_isPinned && Root.IsIdle && Survivors.Count == 0)
        {
            _isRegistered = false;
            LiveRoots.Remove(this);
        }
    }

    private TaskWalk BeginRequest(ScopeNode scope, ICancelRequest request)
    {
        Requests.Begin(request);
        return new TaskWalk(scope.LiveScopes());
    }
}
