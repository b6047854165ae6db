namespace Fibula;

/// <content>Work that says itself when it is ready.</content>
public partial class BackgroundTask
{
    internal ReadyState ReadyState => _relations?.Ready ?? ReadyState.None;

    /// <summary>Whoever started the task waits for it to be ready, and gets its error where it never is.</summary>
    internal bool IsStarting => _relations is { IsStarting: true };

    /// <summary>Before a scope takes it in.</summary>
    /// <param name="cancellationToken">The token of the start. Where that is signaled already, the task is canceled before it begins.</param>
    internal void BecomeStarting(CancellationToken cancellationToken)
    {
        _relations ??= new TaskRelations();
        _relations.Ready = ReadyState.Starting;
        _relations.CallersToken = cancellationToken.IsCancellationRequested ? cancellationToken : _relations.CallersToken;
    }

    /// <summary>The work says that it is ready.</summary>
    /// <returns>False where the task has ended: nobody waits any more.</returns>
    /// <exception cref="InvalidOperationException">It has said so before.</exception>
    /// <exception cref="BackgroundTaskCanceledException">Whoever waited has given up.</exception>
    internal bool TryBecomeReady()
    {
        ReadyState before = Tree.SetReady(this, ReadyState.Ready);
        if (before == ReadyState.Starting)
        {
            // Where it has ended it stays so.
            return ReadyState == ReadyState.Ready;
        }

        if (before == ReadyState.Ready)
        {
            throw new InvalidOperationException($"'{Name}' has called ready twice. It is ready once.");
        }

        CancelReason reason = CancelReason ?? Tree.NewReason("the caller", $"The start of '{Name}' was given up.");
        throw new BackgroundTaskCanceledException(reason.Message, reason);
    }

    /// <summary>Whoever waits for the task to be ready does so no more.</summary>
    /// <returns>False where it is ready, or has ended.</returns>
    internal bool TryGiveUp() => Tree.SetReady(this, ReadyState.GivenUp) == ReadyState.Starting && ReadyState == ReadyState.GivenUp;

    /// <summary>Under the gate: a task that is starting, and has not ended, becomes ready or is given up.</summary>
    /// <returns>What it was before.</returns>
    internal ReadyState SetReadyUnderGate(ReadyState ready)
    {
        Tree.AssertHeld();
        ReadyState before = _relations!.Ready;
        if (before == ReadyState.Starting && !IsCompleted)
        {
            _relations.Ready = ready;
        }

        return before;
    }

    // Under the gate, at the end: whoever waits gets the error, and nobody else.
    private void TakeErrorWhileStarting()
    {
        Tree.AssertHeld();
        if (IsStarting)
        {
            MarkObserved();
        }
    }
}
