namespace Fibula;

/// <summary>The transitions of tasks. Every method is called under the tree's gate, by <see cref="TaskTree"/> or by another transition.</summary>
internal static class TaskTransitions
{
    // A shield is a child that a request to its parent does not reach. A group is a child that is canceled, with all its own children, when one of these fails.
    // Their errors then belong to the group, which is decided at the end of each child and of the group.

    /// <summary>Admits the task to a scope. A task that begins immediately is never visible as queued.</summary>
    /// <param name="task">The task.</param>
    /// <param name="scope">The owner.</param>
    /// <param name="parent">The task that ends only after this one; null for none.</param>
    /// <param name="starter">The live task whose code starts it; null for none.</param>
    /// <param name="canceler">The task from which it inherits the cancellation and the close policy: its parent, or its starter in a closing scope.</param>
    /// <param name="closeReason">The reason of the scope's close; null while it is open.</param>
    /// <param name="beginsNow">Whether it starts on the calling thread.</param>
    /// <param name="now">The time, read before the gate was taken.</param>
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

    /// <summary>Turns Queued into Running, and then into Canceling for a child of a canceled task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="hasEvents">Whether the events are to be posted.</param>
    /// <returns>False if it was canceled before.</returns>
    public static bool TryBegin(ITaskNode task, out bool hasEvents)
    {
        ref TaskNode node = ref NodeOf(task);
        hasEvents = false;
        if (node.State != BackgroundTaskState.Queued)
        {
            return false;
        }

        hasEvents = Enter(ref node, BackgroundTaskState.Running) | (node.Reason is not null && Enter(ref node, BackgroundTaskState.Canceling));
        return true;
    }

    /// <summary>Requests the cancellation of the task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="reason">The source and the reason of the request.</param>
    /// <param name="among">The request to many tasks that this is part of, to ignore a task that it no longer concerns; null for a request to this task.</param>
    /// <param name="isExplicit">Whether the request reaches the children regardless of their close policy.</param>
    /// <param name="now">The time, read before the gate was taken.</param>
    public static CancelEffects RequestCancel(ITaskNode task, CancelReason reason, ICancelRequest? among, bool isExplicit, long now)
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

    /// <summary>Ends the body, and the task unless children still run. The children of a failed body are to be canceled.</summary>
    public static SettleEffects Settle(ITaskNode task, BackgroundTaskState outcome, Exception? error, long now)
    {
        ref TaskNode node = ref NodeOf(task);
        node.Outcome = outcome;
        node.Body = error;
        node.EndBody();
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

    /// <summary>Removes a child that has ended or was abandoned.</summary>
    /// <param name="task">The task.</param>
    /// <param name="leaving">The child; null if it was removed before.</param>
    /// <param name="now">The time, read before the gate was taken.</param>
    /// <returns>The end of the task, if it was waiting for this child alone; null otherwise.</returns>
    public static EndEffects? EndIfLast(ITaskNode task, ITaskNode? leaving, long now)
    {
        ref TaskNode node = ref NodeOf(task);
        leaving?.Node.Extras!.LeaveSiblings(leaving);
        return !node.IsBodyEnded || node.Extras!.HasChildren || node.IsCompleted ? null : End(task, ref node, now);
    }

    /// <summary>Ends a task as canceled before its first step.</summary>
    /// <param name="task">The task.</param>
    /// <param name="reason">The reason, for a queued task that can no longer begin; null for a task that a subscriber of its start has canceled.</param>
    /// <param name="now">The time, read before the gate was taken.</param>
    /// <returns>Null if it has begun or ended.</returns>
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
    /// <param name="advance">Receives the closes that were waiting for it alone.</param>
    /// <returns>False if it may not move; then nothing has changed.</returns>
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

    /// <summary>Makes the task a survivor, which belongs to the root. An abandoned child does not hold its parent.</summary>
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

    /// <summary>Marks a starting task as ready or as given up, if it has not ended.</summary>
    /// <returns>The previous state.</returns>
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

    /// <summary>Begins or ends the pause between two runs of repeated work. No run begins once the scope closes.</summary>
    /// <returns>Why the scope closes; null while it is open.</returns>
    public static CancelReason? SetPause(ITaskNode task, bool isBetweenRuns)
    {
        ref TaskNode node = ref NodeOf(task);
        CancelReason? closes = node.Scope.CloseReason;
        node.NeedExtras().IsBetweenRuns = isBetweenRuns || closes is not null;
        return closes;
    }

    /// <summary>Keeps resources that the end of the task releases.</summary>
    /// <param name="task">The task.</param>
    /// <param name="deadline">The timer of the deadline; null for none.</param>
    /// <param name="caller">The registration with the caller's token.</param>
    /// <returns>False if the task has ended.</returns>
    public static bool TryKeep(ITaskNode task, ITimer? deadline, CancellationTokenRegistration caller)
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

    /// <summary>Returns the token of the work, already canceled if cancellation was requested before the first read.</summary>
    public static CancellationToken TokenOf(ITaskNode task)
    {
        ref TaskNode node = ref NodeOf(task);
        return node.TokenSource is null && node.Reason is not null
            ? new CancellationToken(canceled: true)
            : (node.TokenSource ??= new CancellationTokenSource()).Token;
    }

    /// <summary>Returns the progress of the task, or of the task that it is a part of.</summary>
    public static ProgressState ProgressOf(ITaskNode task)
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

    /// <summary>Returns the visible facts about the task.</summary>
    public static TaskFacts Read(ITaskNode task, long now)
    {
        ref TaskNode node = ref NodeOf(task);
        ITaskNode? run = node.Extras?.CurrentRun;
        ICancelRequest? onItsWay = task.Tree.Requests.For(task);
        return new TaskFacts(
            task,
            node.Scope.Name,
            node.StateUnder(onItsWay is not null),
            node.ElapsedAt(now),
            (run ?? task).Node.ProgressAt(now),
            run?.Node.Id,
            node.Reason ?? onItsWay?.Reason,
            node.KnownWait,
            node.Body,
            node.Parent?.Node.Id,
            IsPart: node.Extras is { IsBlock: true },
            node.IsSystem,
            HasFailed: node is { IsBodyEnded: true, Outcome: BackgroundTaskState.Faulted },
            node.IsBodyEnded,
            node.Error);
    }

    /// <summary>Returns the task's entry for a report.</summary>
    public static CloseReportEntry EntryOf(ITaskNode task, long now)
    {
        ref TaskNode node = ref NodeOf(task);
        ICancelRequest? onItsWay = task.Tree.Requests.For(task);
        return CloseLedger.EntryOf(task, node.StateUnder(onItsWay is not null), node.Reason ?? onItsWay?.Reason, now);
    }

    // Removes the task from its scope's list, counts it, and drops its references to the work. The runner removes it from its parent, and its registrations.
    private static EndEffects End(ITaskNode task, ref TaskNode node, long now)
    {
        node.EndAt(now);
        bool isQueued = node.Progress?.Stop() ?? false;
        if (node.Extras is not null)
        {
            JudgeGroup(ref node);
        }

        // Also if another thread has recorded an earlier transition and not posted it yet: the events come before the fault.
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

        // A close does not wait for survivors.
        isQueued |= node.Events is { IsPosted: true } || node.IsFaultOpen;
        bool isShown = !node.IsLeftBehind && (isQueued || task.Observer is not null);
        return new EndEffects(ScopeTransitions.Remove(task, ref node, isShown), hasEvents, isShown, isQueued);
    }

    // Records the transition under the gate, so that the events have the order of the states.
    private static bool Enter(ref TaskNode node, BackgroundTaskState state)
    {
        BackgroundTaskState old = node.State;
        node.State = state;
        return node.Events?.Record(old, state) ?? false;
    }

    private static bool IsAskedExplicitly(ITaskNode task) => task.Node.IsCancelExplicit || task.Tree.Requests.For(task) is { IsExplicit: true };

    // A child in a closing scope starts canceled after an explicit request, or if the close grants it no time.
    private static CancelReason? InheritedReason(ITaskNode task, ITaskNode? canceler, bool isExplicit, CancelReason? closeReason) =>
        canceler is not null
        && ClosePlan.BeginsCanceled(task.Node.IsShield && !canceler.Node.AreShieldsCut, isExplicit, closeReason is not null, task.Node.Policy.FinishWithin)
            ? canceler.CancelReason ?? closeReason
            : null;

    // At the end of a child: its error now belongs to the group.
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

    // At the end of a group: errors take precedence over a cancellation.
    private static void JudgeGroup(ref TaskNode node)
    {
        if (node.Extras is not { Group: { } group })
        {
            return;
        }

        if (group.Together(node.Name, node.Error) is { } errors)
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
        // Stryker disable once all : a broken rule ends the process, and a mutation run leaves the checks off
        if (SelfChecks.AreOn)
        {
            task.Tree.AssertHeld();
        }

        return ref task.Node;
    }
}
