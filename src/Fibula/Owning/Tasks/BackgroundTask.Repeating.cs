namespace Fibula;

/// <content>Work that runs again and again: it pauses between its runs, and no run begins once its scope closes.</content>
public partial class BackgroundTask
{
    /// <summary>Repeated work that waits for its next run: a close has nothing to wait for, and nothing to ask about.</summary>
    internal bool IsBetweenRuns => _relations is { IsBetweenRuns: true };

    /// <summary>The user is to be asked about it when its scope closes.</summary>
    internal bool IsToBeAskedAbout => Policy.IsAsk && !IsTold && !IsBetweenRuns;

    /// <summary>The window that owns it waits for its end before it closes.</summary>
    internal bool HoldsWindow => !Policy.IsAbandon && !IsBetweenRuns;

    /// <summary>By the work itself: a run begins that is a task of its own, or has ended.</summary>
    internal void SetCurrentRun(BackgroundTask? run) => _relations!.CurrentRun = run;

    /// <summary>By the work itself: it waits for its next run.</summary>
    /// <exception cref="BackgroundTaskCanceledException">The scope closes, so there will be none; or the task was asked to cancel.</exception>
    internal void BeginPause() => SetPause(isBetweenRuns: true);

    /// <summary>By the work itself: the next run is about to begin.</summary>
    /// <inheritdoc cref="BeginPause"/>
    internal void EndPause() => SetPause(isBetweenRuns: false);

    private void SetPause(bool isBetweenRuns)
    {
        if (Tree.SetPause(this, isBetweenRuns) is { } closes)
        {
            TellOfClose(closes, within: null);
        }

        if (CancelReason is { } reason)
        {
            throw new BackgroundTaskCanceledException(reason.Message, reason);
        }
    }

    /// <summary>Under the gate: it waits for its next run, or is about to begin it. None begins once its scope closes.</summary>
    /// <returns>Why the scope closes; null while it is open.</returns>
    internal CancelReason? SetPauseUnderGate(bool isBetweenRuns)
    {
        Tree.AssertHeld();
        CancelReason? closes = _scope.Node.CloseReasonUnderGate;
        (_relations ??= new TaskRelations()).IsBetweenRuns = isBetweenRuns || closes is not null;
        return closes;
    }
}
