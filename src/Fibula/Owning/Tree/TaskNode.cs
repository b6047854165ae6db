namespace Fibula;

/// <summary>The state of one task, a part of its handle. <see cref="TaskTransitions"/> changes it, under the tree's gate; single fields are also read without that.</summary>
internal struct TaskNode
{
    //                 Begin              Request                   Settle, children ended
    //       Queued ─────────► Running ─────────► Canceling ──────────────► Succeeded | Faulted | Canceled
    //          │ Request           └──────────── Settle, children ended ──────────►
    //          └────────► Canceled
    //
    // The end has two halves: the body ends (Settle), and the task ends when its last child has (End). In the second half it lets go of all that belongs to
    // the work.
    public TaskScope Scope;
    public volatile BackgroundTaskState State;
    public BackgroundTaskState Outcome;
    public bool IsBodyEnded;
    public bool IsObserved;

    // Asked to cancel by a call, a failing group or a deadline, which reaches the children, and not only by a close.
    public bool IsCancelExplicit;

    // The close of a scope has come to its deadline with this task: what is shielded is canceled too.
    public bool AreShieldsCut;

    // A number that no other task of the app has.
    public int Id;
    public CancelReason? Reason;
    public Exception? Error;
    public long StartedAt;
    public long EndedAt;

    // The work (a delegate) until the first step, then the Task it returned: what keeps the state machine alive.
    public object? Body;
    public AmbientTask? Ambient;

    // Leads to the live task in whose flow this one was started.
    public AmbientTask? Starter;
    public TaskExtras? Extras;
    public CancellationTokenSource? TokenSource;
    public TaskEvents? Events;
    public ProgressState? Progress;

    // What the work waits for, as far as it waits through Fibula: another task, by its box, which is empty once that has ended; or a text.
    public object? WaitsFor;

    // Neighbours in the list of the scope; only TaskList touches them.
    public BackgroundTask? Next;
    public BackgroundTask? Previous;

    public readonly bool IsCompleted => State >= BackgroundTaskState.Succeeded;

    public readonly BackgroundTask? Parent => Extras?.Parent;

    /// <summary>Canceled, though nobody asked: the work was stopped by a token of its own.</summary>
    public readonly bool IsStoppedByOwnToken => State == BackgroundTaskState.Canceled && Reason!.IsOwnToken;

    /// <summary>It has failed, and whether anybody has observed that is seen a turn later.</summary>
    public readonly bool IsFaultOpen => State == BackgroundTaskState.Faulted && Extras is not { IsFaultDecided: true };

    /// <summary>Whoever started the task waits for it to be ready, and gets its error where it never is.</summary>
    public readonly bool IsStarting => Extras is { IsStarting: true };

    /// <summary>Part of another task's work, or a child of a group.</summary>
    public readonly bool IsPart => Extras is { IsBlock: true } or { Parent.IsGroup: true };

    /// <summary>It does not move by itself, or not yet.</summary>
    public readonly bool IsBound => IsPart || Extras is { Ready: ReadyState.Starting };

    // The body has not done what it was to do. One that stopped only because its scope closes leaves its children their own time; an explicit request
    // reaches them by itself.
    public readonly bool EndsItsChildren =>
        !IsCancelExplicit
        && (Outcome == BackgroundTaskState.Faulted || (Outcome == BackgroundTaskState.Canceled && State != BackgroundTaskState.Canceling));

    public readonly TimeSpan ElapsedAt(long now) => new(Math.Max(0, (IsCompleted ? EndedAt : now) - StartedAt));

    /// <summary>What only few tasks have, made where it is missing.</summary>
    public TaskExtras NeedExtras() => Extras ??= new TaskExtras();
}
