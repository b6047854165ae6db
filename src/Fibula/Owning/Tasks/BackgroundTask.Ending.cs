namespace Fibula;

/// <content>How a task ends: its body, then its last child. The states and the fields stand in the file on its life.</content>
public partial class BackgroundTask
{
    /// <summary>Canceled, though nobody asked: the work was stopped by a token of its own.</summary>
    internal bool IsStoppedByOwnToken => _state == BackgroundTaskState.Canceled && _reason!.IsOwnToken;

    /// <summary>It has failed, and whether anybody has observed that is seen a turn later.</summary>
    internal bool IsFaultOpen => _state == BackgroundTaskState.Faulted && _relations is not { IsFaultDecided: true };

    /// <summary>Its error is that of the group whose child it is.</summary>
    internal bool IsOfGroup => _relations is { IsStarting: false, Parent.IsGroup: true };

    // The body has not done what it was to do. One that stopped only because its scope closes leaves its children their own time; an explicit request
    // reaches them by itself.
    private bool EndsItsChildren =>
        !_isCancelExplicit
        && (_outcome == BackgroundTaskState.Faulted || (_outcome == BackgroundTaskState.Canceled && _state != BackgroundTaskState.Canceling));

    /// <summary>After the end: lets go of those that need not be kept by its handle.</summary>
    /// <returns>The parent, which is to be told; null for none.</returns>
    internal BackgroundTask? LeaveRelations() => _relations?.Leave();

    /// <summary>In the first turn after the end: whoever awaits the handle in the turn that started the task has done so by now.</summary>
    internal void ReportUnlessObserved()
    {
        if (!_isObserved)
        {
            FaultRoute.Report(TaskFault.Of(this, _error!), _scope);
        }
    }

    /// <summary>Under the gate: the body has ended. So has the task, unless children still run: those of a body that has failed are to be canceled.</summary>
    internal SettleEffects SettleUnderGate(BackgroundTaskState outcome, Exception? error, long now)
    {
        Tree.AssertHeld();
        _outcome = outcome;
        _error = error;
        _isBodyEnded = true;
        if (_relations is not { HasChildren: true })
        {
            return new SettleEffects { End = EndUnderGate(now), Children = [] };
        }

        WaitsFor = "its children";
        TakeErrorWhileStarting();
        bool hasFailed = outcome == BackgroundTaskState.Faulted;
        BackgroundTask? group = hasFailed && IsOfGroup ? Parent : null;
        _relations.IsFaultDecided = hasFailed && !IsGroup && group is null;
        return new SettleEffects
        {
            Children = EndsItsChildren ? _relations.ChildrenNow() : [],
            Group = group,
            HasFault = _relations.IsFaultDecided,
        };
    }

    /// <summary>Under the gate: a child has ended, or is not waited for any longer.</summary>
    /// <param name="leaving">The child; null where it has left already.</param>
    /// <param name="now">The time, read before the gate.</param>
    /// <returns>The end of the task, where it has waited for this child alone.</returns>
    internal EndEffects? EndIfLastUnderGate(BackgroundTask? leaving, long now)
    {
        Tree.AssertHeld();
        if (leaving is not null)
        {
            _relations!.Children.Remove(leaving);
        }

        return !_isBodyEnded || _relations!.HasChildren || IsCompleted ? null : EndUnderGate(now);
    }

    // Out of the lists, counted, and no longer referring to the work or to what that has registered.
    private EndEffects EndUnderGate(long now)
    {
        Tree.AssertHeld();

        // Read before the gate, the clock may be older than the start, or that of the time before there was a loop.
        _endedAt = Math.Max(now, _startedAt);
        bool isShown = _progress?.Stop() ?? false;
        JudgeGroup();
        bool hasEvents = EnterUnderGate(_outcome);
        _body = null;
        _tokenSource = null;
        _ambient?.Empty();
        _starter = null;
        WaitsFor = null;
        TakeErrorWhileStarting();
        _relations?.Parent?.TakeErrorOf(this);
        isShown |= _events is { IsPosted: true } || Observer is not null || IsFaultOpen;
        return new EndEffects(_scope.Node.Remove(this, isShown), hasEvents, isShown);
    }
}
