namespace Fibula;

/// <summary>Does what the transitions of tasks leave to do: the only caller of code of the program's after one.</summary>
internal static class TaskEffectRunner
{
    // The order:
    //
    // 1. What must be ordered is recorded under the gate: the transitions of a task in its events, the errors of a group. What is done here only wakes
    //    whoever reads that.
    // 2. The end of one task goes to its observer, the progress, boards, events, the event source, the fault's turn, closes, the observer again, then to
    //    the parent and last to the awaiters. A chain of parents that end with it is walked, not recursed into: each parent completely, its awaiters included,
    //    before the awaiters of its last child.
    // 3. A request to cancel one task has signaled the token, and has reached the children, when it returns. Nobody's await goes on inside it.
    // 4. The time is read before the gate.

    // How many requests to cancel are being carried out on the thread, one inside the other.
    [ThreadStatic]
    private static int _cancelsOnThisThread;

    /// <summary>The work of a task has ended.</summary>
    public static void Settle(BackgroundTask task, BackgroundTaskState outcome, Exception? error, bool resumeInline)
    {
        SettleEffects effects = task.Tree.Settle(task, outcome, error, task.Tree.Now());
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
            RequestCancel(effects.Children, (outcome == BackgroundTaskState.Canceled ? task.CancelReason : null) ?? FailureReason(task));
        }

        if (effects.HasFault)
        {
            // Its children may take long to end.
            task.Tree.DispatchInOrder(static task => ReportUnlessObserved((BackgroundTask)task!), task);
        }
    }

    /// <summary>A task has ended.</summary>
    public static void End(BackgroundTask task, EndEffects effects, bool resumeInline)
    {
        task.Tree.AssertFree();
        List<BackgroundTask>? children = null;
        while (NotifyOfEnd(task, effects) is { } parent && EndChild(parent, task) is { } next)
        {
            (children ??= []).Add(task);
            (task, effects) = (parent, next);
        }

        task.Awaiters.Resume(task.Tree, resumeInline);
        for (int i = (children?.Count ?? 0) - 1; i >= 0; i--)
        {
            children![i].Awaiters.Resume(children[i].Tree, resumeInline);
        }
    }

    /// <summary>A task that has not taken its first step ends, where it still has not.</summary>
    /// <inheritdoc cref="TaskTransitions.EndUnbegun"/>
    public static void EndUnbegun(BackgroundTask task, CancelReason? reason = null)
    {
        if (task.Tree.EndUnbegun(task, reason, task.Tree.Now()) is { } effects)
        {
            End(task, effects, resumeInline: false);
        }
    }

    /// <summary>An abandoned child has left; the task may have waited for it alone.</summary>
    public static void ChildLeft(BackgroundTask task)
    {
        if (task.Tree.EndIfLast(task, leaving: null, task.Tree.Now()) is { } effects)
        {
            End(task, effects, resumeInline: false);
        }
    }

    /// <summary>Requests the cancellation of tasks and their children, in the order of a recursion, which a long chain of children would take too deep: each task
    /// completely, then its children.</summary>
    public static void RequestCancel(BackgroundTask[] tasks, CancelReason reason, TaskScope? within = null, bool skipsShields = true)
    {
        var waiting = new Stack<BackgroundTask>();
        PushReversed(tasks);
        while (waiting.TryPop(out BackgroundTask? task))
        {
            if (!(skipsShields && task.IsShield))
            {
                PushReversed(RequestCancel(task, reason, within, isExplicit: true));
            }

            within = null;
            skipsShields = true;
        }

        void PushReversed(BackgroundTask[] next)
        {
            for (int i = next.Length - 1; i >= 0; i--)
            {
                waiting.Push(next[i]);
            }
        }
    }

    /// <summary>Requests the cancellation of one task.</summary>
    /// <inheritdoc cref="TaskTransitions.Request"/>
    /// <returns>The children that the request reaches too.</returns>
    public static BackgroundTask[] RequestCancel(BackgroundTask task, CancelReason reason, TaskScope? within, bool isExplicit)
    {
        CancelEffects effects = task.Tree.RequestCancel(task, reason, within, isExplicit, task.Tree.Now());
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

    private static void NotifyOfRequest(BackgroundTask task, CancelEffects effects)
    {
        if (effects.End is { } end)
        {
            End(task, end, resumeInline: false);
            return;
        }

        task.Observer?.BecomeCanceling();
        task.PostEvents(effects.HasEvents);
        task.Tree.NotifyChanged();
        task.Tree.Unresponsive.OnCancelRequested(task.Scope.UnresponsiveAfter);
        Signal(task, effects);
        task.Observer?.OnCancelRequested();
    }

    private static void Signal(BackgroundTask task, CancelEffects effects)
    {
        task.Tree.AssertFree();
        try
        {
            effects.Source?.Cancel();
            effects.Callback?.Invoke();
        }
        catch (Exception error)
        {
            Exception only = error is AggregateException { InnerExceptions: [var inner] } ? inner : error;
            FaultRoute.Report(TaskFault.Of(task, only), task.Scope);
        }
    }

    // Everybody but the awaiters, who come last. Returns the parent, which is next.
    private static BackgroundTask? NotifyOfEnd(BackgroundTask task, EndEffects effects)
    {
        ITaskObserver? observer = task.Observer;
        observer?.BecomeEnded();
        BackgroundTask? parent = task.Node.Extras?.Leave();
        task.FlushProgress();
        if (task.Node.IsStoppedByOwnToken)
        {
            task.Tree.NotifyStoppedByOwnToken(task);
        }

        task.Tree.NotifyChanged();
        task.PostEvents(effects.HasEvents);
        FibulaEventSource.Log.Ended(task);
        if (task.Node.IsStoppedByOwnToken)
        {
            FibulaEventSource.Log.EndedByOwnToken(task);
        }

        if (task.Node.IsFaultOpen)
        {
            task.Tree.DispatchInOrder(static task => ReportUnlessObserved((BackgroundTask)task!), task);
        }

        foreach (ScopeClose closing in effects.Drained ?? [])
        {
            closing.Advance();
        }

        observer?.OnEnded();
        if (effects.IsShown)
        {
            // Behind everything that was queued for a view above.
            task.Tree.DispatchInOrder(static task => ScopeCloser.EndShown(((BackgroundTask)task!).Scope), task);
        }

        return parent;
    }

    // Returns the parent's own end where it has waited for this child alone.
    private static EndEffects? EndChild(BackgroundTask parent, BackgroundTask child)
    {
        if (parent.IsGroup && !child.Node.IsStarting && (child.State == BackgroundTaskState.Faulted || child.Node.IsStoppedByOwnToken))
        {
            EndGroup(parent, child);
        }

        return parent.Tree.EndIfLast(parent, child, parent.Tree.Now());
    }

    // A child has failed, or was stopped by a token of its own: the block and the other children end too.
    private static void EndGroup(BackgroundTask group, BackgroundTask child) =>
        group.RequestCancel(child.Node.IsStoppedByOwnToken ? child.CancelReason! : FailureReason(child));

    private static CancelReason FailureReason(BackgroundTask task) =>
        task.Tree.NewReason($"'{task.Name}'", $"'{task.Name}' failed: {ErrorText.SentenceOf(task.Node.Error!)}");

    // In the first turn after the end: whoever awaits the handle in the turn that started the task has done so by now.
    private static void ReportUnlessObserved(BackgroundTask task)
    {
        if (!task.Node.IsObserved)
        {
            FaultRoute.Report(TaskFault.Of(task, task.Node.Error!), task.Scope);
        }
    }
}
