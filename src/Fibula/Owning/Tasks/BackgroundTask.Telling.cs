namespace Fibula;

/// <content>How a task is told to cancel. The states and the fields stand in the file on its life.</content>
public partial class BackgroundTask
{
    internal bool IsShield => _relations is { IsShield: true };

    private bool IsAskedExplicitly => _isCancelExplicit || Tree.Requests.For(this) is { IsExplicit: true };

    /// <summary>Requests the cancellation of the task and its children, whatever their close policy. Does nothing if it has ended or was asked before.</summary>
    /// <param name="reason">Who asks, and why.</param>
    /// <param name="within">Only if it still belongs to this scope or its descendants: it may just be moving. Null in any case.</param>
    internal void Tell(CancelReason reason, TaskScope? within = null) => TaskEffectRunner.RequestCancel([this], reason, within, skipsShields: false);

    /// <summary>Requests the cancellation of the task because its scope closes. Each of its children has a time of its own.</summary>
    /// <inheritdoc cref="Tell"/>
    internal void TellOfClose(CancelReason reason, TaskScope? within) => TaskEffectRunner.RequestCancel(this, reason, within, isExplicit: false);

    /// <summary>On whatever thread its work looks: a request that is on its way arrives now. Nothing of the work goes on without it.</summary>
    internal void ReceiveRequest()
    {
        if (Tree.Requests.IsAny)
        {
            Tree.RequestFor(this)?.Tell(this);
        }
    }

    /// <summary>Under the gate: asks the task to cancel.</summary>
    /// <param name="reason">Who asks, and why.</param>
    /// <param name="within">Only if it still belongs to this scope or its descendants; null in any case.</param>
    /// <param name="isExplicit">The request reaches the children, whatever their close policy.</param>
    /// <param name="now">The time, read before the gate.</param>
    internal CancelEffects RequestUnderGate(CancelReason reason, TaskScope? within, bool isExplicit, long now)
    {
        Tree.AssertHeld();
        if (IsCompleted || (within is not null && !_scope.IsWithin(within)))
        {
            return new CancelEffects { Children = [] };
        }

        bool isNewlyExplicit = isExplicit && !_isCancelExplicit;
        _isCancelExplicit |= isExplicit;
        var effects = new CancelEffects { Children = isNewlyExplicit ? _relations?.ChildrenNow() ?? [] : [], IsNew = !IsTold };
        if (!effects.IsNew)
        {
            return effects;
        }

        Volatile.Write(ref _reason, reason);
        if (_state == BackgroundTaskState.Queued)
        {
            _outcome = BackgroundTaskState.Canceled;
            return effects with { End = EndUnderGate(now) };
        }

        return effects with { HasEvents = EnterUnderGate(BackgroundTaskState.Canceling), Source = _tokenSource, Callback = _relations?.CancelCallback };
    }
}
