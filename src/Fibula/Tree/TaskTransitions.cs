namespace Fibula;

/// <summary>The transitions of tasks. Every method is called under the tree's gate, by <see cref="TaskTree"/> or by another of them.</summary>
internal static class TaskTransitions
{
    // A shield is a child that a request to its parent does not reach. A group is a child whose own children cancel it, and through it each other, when one of them fails;
    // their errors are then the group's, which is decided at the end of each child and of the group.

    /// <summary>A scope takes the task in. Where it begins at once it is never seen as queued.</summary>
    /// <param name="task">The task.</param>
    /// <param name="scope">The owner.</param>
    /// <param name="parent">The task that ends only after this one; null for none.</param>
    /// <param name="starter">The live task in whose flow it is started; null for none.</param>
    /// <param name="canceler">The task whose cancellation and close policy are this one's too: its parent, or its starter in a closing scope.</param>
    /// <param name="closeReason">Why the scope closes; null while it is open.</param>
    /// <param name="beginsNow">It is started on the calling thread.</param>
    /// <param name="now">The time, read before the gate.</param>
    public static void Join(
        ITaskNode task,
        ScopeNode scope,
        ITaskNode? parent,
        ITaskNode? starter,
        ITaskNode? canceler,
        CancelReason? closeReason,
        bool beginsNow,
        long now)
    {
        ref TaskNode node = ref NodeOf(task);
        node.Scope = scope;
        node.Id = scope.Context.NextId();
        node.StartAt(now);
        node.Starter = starter?.Node.Ambient;
        if (canceler?.Node.Extras?.OnClose is { } policy)
        {
            node.NeedExtras().OnClose ??= policy;
        }

        if (parent is not null)
        {
            node.NeedExtras().JoinParent(parent, task, parent.Node.NeedExtras());
        }

        bool isExplicit = canceler is not null && IsAskedExplicitly(canceler);
        node.Reason = InheritedReason(task, canceler, isExplicit, closeReason);
        node.IsCancelExplicit = node.Reason is not null && isExplicit;
        node.State = !beginsNow ? BackgroundTaskState.Queued
            : node.Reason is null ? BackgroundTaskState.Running : BackgroundTaskState.Canceling;
    }

    /// <summary>Queued becomes Running, and then Canceling for a child of a task that was asked to cancel.</summary>
    /// <param name="task">The task.</param>
    /// <param name="hasEvents">The events are to be posted.</param>
    /// <returns>False if it was canceled before.</returns>
    public static bool Begin(ITaskNode task, out bool hasEvents)
    {
        ref TaskNode node = ref NodeOf(task);
        hasEvents = false;
        if (node.State != BackgroundTaskState.Queued)
        {
            return false;
        }

        hasEvents = Enter(ref node, BackgroundTaskState.Running);
        hasEvents |= node.Reason is not null && Enter(ref node, BackgroundTaskState.Canceling);
        return true;
    }

    /// <summary>Somebody asks the task to cancel.</summary>
    /// <param name="task">The task.</param>
    /// <param name="reason">Who asks, and why.</param>
    /// <param name="among">The request to many tasks of which this is a part: only if it still concerns the task. Null in any case.</param>
    /// <param name="isExplicit">The request reaches the children, whatever their close policy.</param>
    /// <param name="now">The time, read before the gate.</param>
    public static CancelEffects Request(ITaskNode task, CancelReason reason, ICancelRequest? among, bool isExplicit, long now)
    {
        ref TaskNode node = ref NodeOf(task);
        if (node.IsCompleted || among?.Concerns(task) is false)
        {
            return new CancelEffects { Children = [] };
        }

        bool isNewlyExplicit = isExplicit && !node.IsCancelExplicit;
        node.IsCancelExplicit |= isExplicit;

        // Against the work, which may be stopped by a token of its own at this moment: the first reason stays.
        bool isNew = Interlocked.CompareExchange(ref node.Reason, reason, null) is null;
        var effects = new CancelEffects { Children = isNewlyExplicit ? node.Extras?.ChildrenNow() ?? [] : [], IsNew = isNew };
        if (!isNew)
        {
            return effects;
        }

        if (node.State == BackgroundTaskState.Queued)
        {
            node.Outcome = BackgroundTaskState.Canceled;
            return effects with { End = End(task, ref node, now) };
        }

        bool hasEvents = Enter(ref node, BackgroundTaskState.Canceling);
        return effects with { HasEvents = hasEvents, Source = node.TokenSource, Callback = node.Extras?.CancelCallback };
    }

    /// <summary>The body has ended. So has the task, unless children still run: those of a body that has failed are to be canceled.</summary>
    public static SettleEffects Settle(ITaskNode task, BackgroundTaskState outcome, Exception? error, long now)
    {
        ref TaskNode node = ref NodeOf(task);
        node.Outcome = outcome;
        node.Body = error;
        node.IsBodyEnded = true;
        if (node.Extras is not { HasChildren: true } extras)
        {
            return new SettleEffects { End = End(task, ref node, now), Children = [] };
        }

        node.WaitsFor = new WaitReason("its children");
        node.IsObserved |= node.IsStarting;
        bool hasFailed = outcome == BackgroundTaskState.Faulted;
        ITaskNode? group = hasFailed && extras is { IsStarting: false, Parent: { Node.IsGroup: true } parent } ? parent : null;
        extras.IsFaultDecided = hasFailed && extras.Group is null && group is null;
        return new SettleEffects
        {
            Children = node.EndsItsChildren ? extras.ChildrenNow() : [],
            Group = group,
            HasFault = extras.IsFaultDecided,
        };
    }

    /// <summary>A child has ended, or is not waited for any longer.</summary>
    /// <param name="task">The task.</param>
    /// <param name="leaving">The child; null where it has left already.</param>
    /// <param name="now">The time, read before the gate.</param>
    /// <returns>The end of the task, where it has waited for this child alone.</returns>
    public static EndEffects? EndIfLast(ITaskNode task, ITaskNode? leaving, long now)
    {
        ref TaskNode node = ref NodeOf(task);
        leaving?.Node.Extras!.LeaveSiblings(leaving);
        return !node.IsBodyEnded || node.Extras!.HasChildren || node.IsCompleted ? null : End(task, ref node, now);
    }

    /// <summary>A task that has not taken its first step ends as canceled.</summary>
    /// <param name="task">The task.</param>
    /// <param name="reason">Why, for a queued task whose turn cannot come any more; null for one that was canceled by a subscriber of its start.</param>
    /// <param name="now">The time, read before the gate.</param>
    /// <returns>Null where it has begun, or has ended.</returns>
    public static EndEffects? EndUnbegun(ITaskNode task, CancelReason? reason, long now)
    {
        ref TaskNode node = ref NodeOf(task);
        if (node.IsCompleted || (reason is not null && node.State != BackgroundTaskState.Queued))
        {
            return null;
        }

        Volatile.Write(ref node.Reason, node.Reason ?? reason);
        node.Outcome = BackgroundTaskState.Canceled;
        return End(task, ref node, now);
    }

    /// <summary>Moves the task with the children it has in its scope.</summary>
    /// <param name="task">The task.</param>
    /// <param name="to">The new owner.</param>
    /// <param name="advance">Gets the closings that were waiting for it alone.</param>
    /// <returns>False, and nothing has changed, where it may not move.</returns>
    public static bool Move(ITaskNode task, ScopeNode to, List<CloseState> advance)
    {
        ref TaskNode node = ref NodeOf(task);
        bool isAsked = node.Reason is not null || task.Tree.Requests.For(task) is not null;
        if (node.IsCompleted || node.IsBound || isAsked || node.IsLeftBehind || !to.IsOpen)
        {
            return false;
        }

        // Walked and not recursed into: a chain of children may be long.
        ScopeNode from = node.Scope;
        var waiting = new Stack<ITaskNode>([task]);
        while (waiting.TryPop(out ITaskNode? next))
        {
            ref TaskNode moving = ref next.Node;
            if (moving.Scope != from || moving.IsCompleted || moving.IsLeftBehind)
            {
                continue;
            }

            to.TakeFrom(from, next, advance);
            moving.Scope = to;
            task.Tree.Requests.OnArrived(next);
            foreach (ITaskNode child in moving.Extras?.ChildrenNow() ?? [])
            {
                waiting.Push(child);
            }
        }

        return true;
    }

    /// <summary>The task becomes a survivor, owned by the root from now on. A child that is abandoned does not hold its parent.</summary>
    /// <returns>The parent that no longer waits for it; null for none.</returns>
    public static ITaskNode? LeaveBehind(ITaskNode task)
    {
        ref TaskNode node = ref NodeOf(task);
        TaskExtras extras = node.NeedExtras();
        extras.LeftScopeName = node.Scope.Name;
        extras.LeftScope = node.Scope.Identity;
        node.Scope = task.Tree.Root;
        return node.Policy.IsAbandon ? extras.LeaveParent(task) : null;
    }

    /// <summary>A task that is starting, and has not ended, becomes ready or is given up.</summary>
    /// <returns>What it was before.</returns>
    public static ReadyState SetReady(ITaskNode task, ReadyState ready)
    {
        ref TaskNode node = ref NodeOf(task);
        ReadyState before = node.Extras!.Ready;
        if (before == ReadyState.Starting && !node.IsCompleted)
        {
            node.Extras.Ready = ready;
        }

        return before;
    }

    /// <summary>Repeated work waits for its next run, or is about to begin it. None begins once its scope closes.</summary>
    /// <returns>Why the scope closes; null while it is open.</returns>
    public static CancelReason? SetPause(ITaskNode task, bool isBetweenRuns)
    {
        ref TaskNode node = ref NodeOf(task);
        CancelReason? closes = node.Scope.CloseReason;
        node.NeedExtras().IsBetweenRuns = isBetweenRuns || closes is not null;
        return closes;
    }

    /// <summary>Keeps what is to be let go of at the end.</summary>
    /// <param name="task">The task.</param>
    /// <param name="deadline">The timer of the deadline; null for none.</param>
    /// <param name="caller">What listens to the caller's token.</param>
    /// <returns>False where the task has ended.</returns>
    public static bool Keep(ITaskNode task, ITimer? deadline, CancellationTokenRegistration caller)
    {
        ref TaskNode node = ref NodeOf(task);
        if (node.IsCompleted)
        {
            return false;
        }

        node.Extras!.DeadlineTimer = deadline ?? node.Extras.DeadlineTimer;
        node.Extras.CallersRegistration = caller == default ? node.Extras.CallersRegistration : caller;
        return true;
    }

    /// <summary>The token of the work, which is canceled where the task was asked before anybody read it.</summary>
    public static CancellationToken NeedToken(ITaskNode task)
    {
        ref TaskNode node = ref NodeOf(task);
        return node.TokenSource is null && node.Reason is not null
            ? new CancellationToken(canceled: true)
            : (node.TokenSource ??= new CancellationTokenSource()).Token;
    }

    /// <summary>The progress of the task, or of the one whose part it is.</summary>
    public static ProgressState NeedProgress(ITaskNode task)
    {
        ITaskNode whole = task;
        while (whole.Node.Extras is { IsBlock: true, Parent: { } parent })
        {
            whole = parent;
        }

        ref TaskNode node = ref NodeOf(whole);
        node.Progress ??= new ProgressState(whole);
        if (node.IsCompleted)
        {
            node.Progress.Stop();
        }

        return node.Progress;
    }

    /// <summary>What can be seen of the task.</summary>
    public static TaskFacts Read(ITaskNode task, long now)
    {
        ref TaskNode node = ref NodeOf(task);
        ITaskNode? run = node.Extras?.CurrentRun;
        ICancelRequest? onItsWay = task.Tree.Requests.For(task);
        return new TaskFacts(
            task,
            node.Scope.Name,
            onItsWay is null ? node.State : BackgroundTaskState.Canceling,
            node.ElapsedAt(now),
            (run ?? task).Node.ProgressAt(now),
            run?.Node.Id,
            node.Reason ?? onItsWay?.Reason,
            node.KnownWait,
            node.IsBodyEnded ? null : node.Body,
            HasFailed: node is { IsBodyEnded: true, Outcome: BackgroundTaskState.Faulted },
            node.IsBodyEnded,
            node.Error);
    }

    /// <summary>What a report says of the task.</summary>
    public static CloseReportEntry EntryOf(ITaskNode task, long now)
    {
        ref TaskNode node = ref NodeOf(task);
        ICancelRequest? onItsWay = task.Tree.Requests.For(task);
        return CloseLedger.EntryOf(task, onItsWay is null ? node.State : BackgroundTaskState.Canceling, node.Reason ?? onItsWay?.Reason, now);
    }

    // Out of the lists, counted, and no longer referring to the work or to what that has registered.
    private static EndEffects End(ITaskNode task, ref TaskNode node, long now)
    {
        node.EndAt(now);
        bool isQueued = node.Progress?.Stop() ?? false;
        if (node.Extras is not null)
        {
            JudgeGroup(ref node);
        }

        // Also where an earlier transition is recorded and not posted yet, by another thread: the events come before the fault.
        bool hasEvents = Enter(ref node, node.Outcome) || node.Events is { IsPosted: true };
        node.Body = node.Error;
        node.TokenSource = null;
        node.Ambient.Empty(node.Scope);
        node.Starter = null;
        node.WaitsFor = default;
        if (node.Extras is not null)
        {
            node.IsObserved |= node.IsStarting;
            TakeError(ref node);
        }

        // A close waits for nobody who was left behind.
        isQueued |= node.Events is { IsPosted: true } || node.IsFaultOpen;
        bool isShown = !node.IsLeftBehind && (isQueued || task.Observer is not null);
        return new EndEffects(ScopeTransitions.Remove(task, ref node, isShown), hasEvents, isShown, isQueued);
    }

    // The transition is kept under the gate, so that the events have the order of the states.
    private static bool Enter(ref TaskNode node, BackgroundTaskState state)
    {
        BackgroundTaskState old = node.State;
        node.State = state;
        return node.Events?.Record(old, state) ?? false;
    }

    private static bool IsAskedExplicitly(ITaskNode task) => task.Node.IsCancelExplicit || task.Tree.Requests.For(task) is { IsExplicit: true };

    // A child in a closing scope starts with a signaled token after an explicit cancel, or if the close does not leave it any time either.
    private static CancelReason? InheritedReason(ITaskNode task, ITaskNode? canceler, bool isExplicit, CancelReason? closeReason) =>
        canceler is not null
        && ClosePlan.BeginsCanceled(task.Node.IsShield && !canceler.Node.AreShieldsCut, isExplicit, closeReason is not null, task.Node.Policy.FinishWithin)
            ? canceler.CancelReason ?? closeReason
            : null;

    // At the end of a child: its error is the group's from here on.
    private static void TakeError(ref TaskNode ended)
    {
        if (ended.Parent is not { Node.Extras.Group: { } group } parent || ended.IsStarting)
        {
            return;
        }

        if (ended.State == BackgroundTaskState.Faulted)
        {
            ended.IsObserved = true;
            group.Add(ended.Id, ended.Error!);
        }

        group.IsInterrupted |= ended.State == BackgroundTaskState.Canceled && (parent.Node.IsCancelRequested || ended.IsStoppedByOwnToken);
    }

    // At the end of a group: real errors come before a cancellation.
    private static void JudgeGroup(ref TaskNode node)
    {
        if (node.Extras is not { Group: { } group })
        {
            return;
        }

        if (group.Together(node.Name, node.Outcome == BackgroundTaskState.Faulted ? node.Error : null) is { } errors)
        {
            node.Outcome = BackgroundTaskState.Faulted;
            node.Body = errors;
        }
        else if (group.IsInterrupted && node.Reason is not null)
        {
            node.Outcome = BackgroundTaskState.Canceled;
        }
    }

    private static ref TaskNode NodeOf(ITaskNode task)
    {
        if (SelfChecks.AreOn)
        {
            task.Tree.AssertHeld();
        }

        return ref task.Node;
    }
}
