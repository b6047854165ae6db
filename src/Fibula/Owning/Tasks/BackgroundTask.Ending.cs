namespace Fibula;

/// <content>How a task ends: its body, then its last child; who is notified, and in which order. The states and the fields stand in the file on its life.</content>
public partial class BackgroundTask
{
    // The body has not done what it was to do. One that stopped only because its scope closes leaves its children their own time; an explicit request
    // reaches them by itself.
    private bool EndsItsChildren =>
        !_isCancelExplicit
        && (_outcome == BackgroundTaskState.Faulted || (_outcome == BackgroundTaskState.Canceled && _state != BackgroundTaskState.Canceling));

    private bool IsStoppedByOwnToken => _state == BackgroundTaskState.Canceled && _reason!.IsOwnToken;

    /// <summary>The body has ended. So has the task, unless children still run: those of a body that has failed are canceled.</summary>
    private void Settle(BackgroundTaskState outcome, Exception? error, bool resumeInline)
    {
        long now = Tree.Now();
        Ending? ending = null;
        BackgroundTask[] children = [];
        BackgroundTask? group = null;
        bool hasFault = false;
        lock (Tree.Gate)
        {
            _outcome = outcome;
            _error = error;
            _isBodyEnded = true;
            if (_relations is { HasChildren: true })
            {
                WaitsFor = "its children";
                TakeErrorWhileStarting();
                hasFault = outcome == BackgroundTaskState.Faulted;
                children = EndsItsChildren ? _relations.ChildrenNow() : [];
                group = hasFault && !_relations.IsStarting && Parent is { IsGroup: true } parent ? parent : null;
                hasFault &= !IsGroup && group is null;
                _relations.IsFaultDecided = hasFault;
            }
            else
            {
                ending = EndUnderGate(now);
            }
        }

        if (ending is { } end)
        {
            AfterEnd(end, resumeInline && _cancelsOnThisThread == 0);
            return;
        }

        group?.EndGroup(this);
        if (children.Length > 0)
        {
            TellAll(children, (outcome == BackgroundTaskState.Canceled ? CancelReason : null) ?? FailureReason(error!));
        }

        if (hasFault)
        {
            // Its children may take long to end.
            Tree.DispatchInOrder(static task => ((BackgroundTask)task!).ReportUnlessObserved(), this);
        }
    }

    // Returns the task's own end where it has waited for this child alone.
    private Ending? ChildEnded(BackgroundTask child)
    {
        if (IsGroup && !child._relations!.IsStarting && (child.State == BackgroundTaskState.Faulted || child.IsStoppedByOwnToken))
        {
            EndGroup(child);
        }

        return EndIfLast(child);
    }

    private Ending? EndIfLast(BackgroundTask? leaving)
    {
        long now = Tree.Now();
        lock (Tree.Gate)
        {
            if (leaving is not null)
            {
                _relations!.Children.Remove(leaving);
            }

            return !_isBodyEnded || _relations!.HasChildren || IsCompleted ? null : EndUnderGate(now);
        }
    }

    /// <summary>Under the gate: out of the lists, counted, and no longer referring to the work or to what that has registered.</summary>
    private Ending EndUnderGate(long now)
    {
        Tree.AssertHeld();
        // Read before the gate, the clock may be older than the start, or that of the time before there was a loop.
        _endedAt = Math.Max(now, _startedAt);
        bool isShown = _progress?.Stop() ?? false;
        JudgeGroup();
        bool hasEvents = MoveUnderGate(_outcome);
        _body = null;
        _tokenSource = null;
        _ambient?.Empty();
        _starter = null;
        WaitsFor = null;
        TakeErrorWhileStarting();
        _relations?.Parent?.TakeErrorOf(this);
        isShown |= _events is { IsPosted: true } || Observer is not null || IsFaultOpen;
        return new Ending(_scope.Remove(this, isShown), hasEvents, isShown);
    }

    /// <summary>After the gate: notifies everybody whom the end concerns. A chain of parents that end with it is walked, not recursed into: each parent
    /// completely, its awaiters included, before the awaiters of its last child.</summary>
    private void AfterEnd(Ending ending, bool resumeInline)
    {
        Tree.AssertFree();
        List<BackgroundTask>? children = null;
        BackgroundTask task = this;
        while (task.NotifyEnd(ending) is { } parent && parent.ChildEnded(task) is { } next)
        {
            (children ??= []).Add(task);
            (task, ending) = (parent, next);
        }

        task.ResumeAwaiters(resumeInline);
        for (int i = (children?.Count ?? 0) - 1; i >= 0; i--)
        {
            children![i].ResumeAwaiters(resumeInline);
        }
    }

    // Everybody but the awaiters, who come last. Returns the parent, which is next.
    private BackgroundTask? NotifyEnd(Ending ending)
    {
        ITaskObserver? observer = Observer;
        observer?.BecomeEnded();
        BackgroundTask? parent = _relations?.Leave();
        _progress?.Flush();
        if (IsStoppedByOwnToken)
        {
            Tree.NotifyStoppedByOwnToken(this);
        }

        Tree.NotifyChanged();
        PostEvents(ending.HasEvents);
        FibulaEventSource.Log.Ended(this);
        if (IsStoppedByOwnToken)
        {
            FibulaEventSource.Log.EndedByOwnToken(this);
        }

        if (IsFaultOpen)
        {
            Tree.DispatchInOrder(static task => ((BackgroundTask)task!).ReportUnlessObserved(), this);
        }

        foreach (ScopeClosing closing in ending.Drained ?? [])
        {
            closing.Advance();
        }

        observer?.OnEnded();
        if (ending.IsShown)
        {
            // Behind everything that was queued for a view above.
            Tree.DispatchInOrder(static task => ((BackgroundTask)task!)._scope.EndShown(), this);
        }

        return parent;
    }

    // It has failed, and whether anybody has observed that is seen a turn later.
    private bool IsFaultOpen => _state == BackgroundTaskState.Faulted && _relations is not { IsFaultDecided: true };

    // In the first turn after the end: whoever awaits the handle in the turn that started the task has done so by now.
    private void ReportUnlessObserved()
    {
        if (!_isObserved)
        {
            FaultRoute.Report(TaskFault.Of(this, _error!), _scope);
        }
    }

    /// <summary>What is left to do once the gate is free.</summary>
    /// <param name="Drained">The closings that were waiting for this end alone; null for none.</param>
    /// <param name="HasEvents">The events are to be posted.</param>
    /// <param name="IsShown">Something is queued that a view shows or that tells of a fault, which a close of the scope waits for.</param>
    private readonly record struct Ending(ScopeClosing[]? Drained, bool HasEvents, bool IsShown);
}
