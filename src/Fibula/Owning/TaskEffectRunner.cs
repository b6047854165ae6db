namespace Fibula;

/// <summary>Performs the effects of a task's end and cancellation. No other type calls the program's code because of them.</summary>
internal static class TaskEffectRunner
{
    // The order:
    //
    // 1. The gate orders what must be ordered: it records the transitions of a task in its events, and the errors of a group. The effects only wake
    //    the readers.
    // 2. The end of a task goes to its observer, the progress, boards, events, the event source, the fault's turn, closes, the observer again, the closes that
    //    waited for that, then to the parent, and last to the awaiters. A chain of parents that end with it is a loop, not a recursion: each parent completely, including its awaiters,
    //    before the awaiters of its last child.
    // 3. When the request that cancels a task returns, the token is signaled and the children are reached. A later request may return before. No awaiter resumes
    //    inside either call.
    // 4. The clock is read before the gate is taken.

    // The number of nested cancellation requests on this thread.
    [ThreadStatic]
    private static int _cancelsOnThisThread;

    /// <summary>The work of a task has ended.</summary>
    public static void Settle(ITaskNode task, BackgroundTaskState outcome, Exception? error, bool resumeInline)
    {
        TaskTree tree = task.Tree;
        SettleEffects effects = tree.Settle(task, outcome, error, tree.Now());
        if (effects.End is { } end)
        {
            End(task, end, resumeInline && _cancelsOnThisThread == 0);
            return;
        }

        if (effects.Group is { } group)
        {
            EndGroup(group, task);
        }

        if (effects.Children.Length > 0)
        {
            RequestCancel(effects.Children, (outcome == BackgroundTaskState.Canceled ? task.Node.Reason : null) ?? FailureReason(task));
        }

        if (effects.HasFault)
        {
            // Its children may take a long time to end.
            tree.DispatchInOrder(static task => ReportUnlessObserved((ITaskNode)task!), task);
        }
    }

    /// <summary>A task has ended.</summary>
    public static void End(ITaskNode task, EndEffects effects, bool resumeInline)
    {
        List<ITaskNode>? children = null;
        while (NotifyOfEnd(task, ref task.Node, effects) is { } parent && EndChild(parent, task) is { } next)
        {
            (children ??= []).Add(task);
            (task, effects) = (parent, next);
        }

        Resume(task, resumeInline);
        for (int i = (children?.Count ?? 0) - 1; i >= 0; i--)
        {
            Resume(children![i], resumeInline);
        }
    }

    /// <summary>Ends a task as canceled, if it has not taken its first step.</summary>
    /// <inheritdoc cref="TaskTransitions.EndUnbegun"/>
    public static void EndUnbegun(ITaskNode task, CancelReason? reason = null)
    {
        TaskTree tree = task.Tree;
        if (tree.EndUnbegun(task, reason, tree.Now()) is { } effects)
        {
            End(task, effects, resumeInline: false);
        }
    }

    /// <summary>Ends a task that was waiting only for a child that is now abandoned.</summary>
    public static void ChildLeft(ITaskNode task)
    {
        TaskTree tree = task.Tree;
        if (tree.EndIfLast(task, leaving: null, tree.Now()) is { } effects)
        {
            End(task, effects, resumeInline: false);
        }
    }

    /// <summary>Requests the cancellation of a task and its children, regardless of their close policy. Does nothing if it has ended or was asked before.</summary>
    /// <param name="task">The task.</param>
    /// <param name="reason">Who asks, and why.</param>
    /// <param name="among">The request to many tasks that this is part of, to ignore a task that it no longer concerns; null for a request to this task.</param>
    public static void RequestCancel(ITaskNode task, CancelReason reason, ICancelRequest? among = null) =>
        RequestCancel(RequestOneCancel(task, reason, among, isExplicit: true), reason);

    /// <summary>Requests the cancellation of one task.</summary>
    /// <inheritdoc cref="TaskTransitions.RequestCancel"/>
    /// <returns>The children that the request reaches too.</returns>
    public static ITaskNode[] RequestOneCancel(ITaskNode task, CancelReason reason, ICancelRequest? among, bool isExplicit)
    {
        TaskTree tree = task.Tree;
        CancelEffects effects = tree.RequestCancel(task, reason, among, isExplicit, tree.Now());
        if (effects.IsNew)
        {
            _cancelsOnThisThread++;
            try
            {
                NotifyOfRequest(task, effects);
            }
            finally
            {
                _cancelsOnThisThread--;
            }
        }

        return effects.Children;
    }

    /// <summary>Delivers a request that is still walking, on the thread on which the work looks. The work does not continue without it.</summary>
    public static void ReceiveRequest(ITaskNode task) => task.Tree.RequestFor(task)?.RequestCancel(task);

    /// <summary>Posts the events that a transition has recorded, if any.</summary>
    public static void PostEvents(ITaskNode task, bool hasEvents)
    {
        if (hasEvents)
        {
            task.Node.Events!.Post();
        }
    }

    // In the order of a recursion, which a long chain of children would make too deep: each task completely, then its children, without shields.
    private static void RequestCancel(ITaskNode[] tasks, CancelReason reason)
    {
        if (tasks.Length == 0)
        {
            return;
        }

        var waiting = new Stack<ITaskNode>(tasks.Reverse());
        while (waiting.TryPop(out ITaskNode? task))
        {
            if (task.Node.IsShield)
            {
                continue;
            }

            foreach (ITaskNode child in RequestOneCancel(task, reason, among: null, isExplicit: true).Reverse())
            {
                waiting.Push(child);
            }
        }
    }

    private static void Resume(ITaskNode task, bool inline)
    {
        ref TaskNode node = ref task.Node;
        node.Awaiters.Resume(node.Scope.Context, inline);
    }

    private static void NotifyOfRequest(ITaskNode task, CancelEffects effects)
    {
        if (effects.End is { } end)
        {
            End(task, end, resumeInline: false);
            return;
        }

        task.Observer?.BecomeCanceling();
        PostEvents(task, effects.HasEvents);
        task.Tree.NotifyChanged();
        UnresponsiveWatch.OnCancelRequested(task);
        Signal(task, effects);
        task.Observer?.OnCancelRequested();
    }

    private static void Signal(ITaskNode task, CancelEffects effects)
    {
        task.Tree.AssertFree();
        try
        {
            effects.Source?.Cancel();
            effects.Callback?.Invoke();
        }
        catch (Exception error)
        {
            task.ReportFault(error is AggregateException { InnerExceptions: [var inner] } ? inner : error);
        }
    }

    // Notifies everyone except the awaiters, which come last. Returns the parent, which is next.
    private static ITaskNode? NotifyOfEnd(ITaskNode task, ref TaskNode node, EndEffects effects)
    {
        TaskTree tree = node.Scope.Tree;
        tree.AssertFree();
        ITaskObserver? observer = task.Observer;
        observer?.BecomeEnded();
        ITaskNode? parent = node.Extras?.Leave();
        node.Progress?.Flush();
        if (node.IsStoppedByOwnToken)
        {
            tree.NotifyStoppedByOwnToken(task);
        }

        tree.NotifyChanged();
        PostEvents(task, effects.HasEvents);
        FibulaEventSource.Log.Ended(task);
        if (node.IsStoppedByOwnToken)
        {
            FibulaEventSource.Log.EndedByOwnToken(task);
        }

        if (node.IsFaultOpen)
        {
            tree.DispatchInOrder(static task => ReportUnlessObserved((ITaskNode)task!), task);
        }

        effects.Drained?.ForEach(static closing => closing.Driver?.Advance());

        observer?.OnEnded();
        if (effects is { IsShown: true, IsQueued: false } && tree.Loop is { IsRunning: true } loop && loop.CheckAccess())
        {
            ScopeCloser.EndShown(node.Scope);
        }
        else if (effects.IsShown)
        {
            // After the callbacks that were queued for a view above.
            tree.DispatchInOrder(static scope => ScopeCloser.EndShown((ScopeNode)scope!), node.Scope);
        }

        return parent;
    }

    // Returns the parent's own end if it was waiting for this child alone.
    private static EndEffects? EndChild(ITaskNode parent, ITaskNode child)
    {
        ref TaskNode ended = ref child.Node;
        if (parent.Node.IsGroup && !ended.IsStarting && (ended.State == BackgroundTaskState.Faulted || ended.IsStoppedByOwnToken))
        {
            EndGroup(parent, child);
        }

        TaskTree tree = parent.Tree;
        return tree.EndIfLast(parent, child, tree.Now());
    }

    // A child has failed, or was stopped by a token of its own: the block and the other children are canceled.
    private static void EndGroup(ITaskNode group, ITaskNode child) =>
        RequestCancel(group, child.Node.IsStoppedByOwnToken ? child.Node.Reason! : FailureReason(child));

    private static CancelReason FailureReason(ITaskNode task) =>
        task.Tree.NewReason($"'{task.Node.Name}'", $"'{task.Node.Name}' failed: {ErrorText.SentenceOf(task.Node.Error!)}");

    // In a turn after the end: code that awaits the handle in the turn that started the task has done so by now.
    private static void ReportUnlessObserved(ITaskNode task)
    {
        if (!task.Node.IsObserved)
        {
            task.ReportFault(task.Node.Error!);
        }
    }
}
