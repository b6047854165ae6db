namespace Fibula;

/// <summary>
/// The state of one task, a part of its handle. <see cref="TaskTransitions"/> makes all changes that several threads could make, under the tree's gate. Single fields may be read
/// without the gate. The thread that runs the work sets <see cref="Body"/> and <see cref="WaitsFor"/> without it.
/// </summary>
internal struct TaskNode
{
    //                 Begin              Request                   Settle, children ended
    //       Queued ─────────► Running ─────────► Canceling ──────────────► Succeeded | Faulted | Canceled
    //          │ Request           └──────────── Settle, children ended ──────────►
    //          └────────► Canceled
    //
    // The end has two halves: the body ends (Settle), and the task ends when its last child has ended (End). The second half drops all references to the
    // work.
    public ScopeNode Scope;
    public CancelReason? Reason;

    // Before the first step the work, a delegate; then the Task that it returned, which keeps the state machine alive; after its end the error or null.
    public object? Body;
    public TaskBox Ambient;

    // Leads to the live task whose code started this task.
    public TaskBox? Starter;
    public TaskExtras? Extras;
    public CancellationTokenSource? TokenSource;
    public ITaskEvents? Events;
    public ProgressState? Progress;
    public WaitReason WaitsFor;

    // Neighbours in the list of the scope; only TaskList touches them.
    public ITaskNode? Next;
    public ITaskNode? Previous;
    public TaskAwaiters Awaiters;
    public CallSite Site;

    // A number that is unique in the app; 0 until a scope has admitted the task.
    public int Id;
    public bool IsObserved;

    // Whether a close has reached the deadline of this task, which also cancels its shielded parts.
    public bool AreShieldsCut;

    // Bytes, since there are many tasks. The marks that only change under the gate share one byte.
    private const byte OutcomeBits = 7;
    private const byte BodyEndedBit = 8;
    private const byte ExplicitBit = 16;
    private volatile byte _state;
    private byte _marks;

    // The start time in ticks of the clock; after the end the duration, counted from the lowest value. In one field, so that a reader without the gate
    // never mixes the two.
    private long _time;

    private static readonly ClosePolicy ForeignPolicy = ClosePolicy.Finish(TimeSpan.FromSeconds(1));

    public readonly string Name => Site.Name;

    public BackgroundTaskState State
    {
        readonly get => (BackgroundTaskState)_state;
        set => _state = (byte)value;
    }

    /// <summary>The outcome of the body, and of the task once its children have ended.</summary>
    public BackgroundTaskState Outcome
    {
        readonly get => (BackgroundTaskState)(_marks & OutcomeBits);
        set => _marks = (byte)((_marks & ~OutcomeBits) | (int)value);
    }

    public readonly bool IsBodyEnded => (_marks & BodyEndedBit) != 0;

    /// <summary>Whether cancellation was requested by a call, a failed group or a deadline. These requests reach the children, unlike the request of a close.</summary>
    public bool IsCancelExplicit
    {
        readonly get => (_marks & ExplicitBit) != 0;
        set => _marks = (byte)(value ? _marks | ExplicitBit : _marks & ~ExplicitBit);
    }

    public readonly bool IsCompleted => State >= BackgroundTaskState.Succeeded;

    public readonly bool IsCancelRequested => Volatile.Read(in Reason) is not null;

    /// <summary>Whether a scope has admitted the task.</summary>
    public readonly bool IsTakenIn => Id != 0;

    /// <summary>The exception that the work has thrown.</summary>
    public readonly Exception? Error => Body as Exception;

    /// <summary>The exception for an awaiter: the fault or the cancellation; null if the task has succeeded. Read after the end only.</summary>
    public readonly Exception? ErrorForAwaiters =>
        State == BackgroundTaskState.Canceled ? new BackgroundTaskCanceledException(Reason!.Message, Reason) : Error;

    /// <summary>The task that ends only after this one.</summary>
    public readonly ITaskNode? Parent => Extras?.Parent;

    /// <summary>Whether it, or a task that ends only after it, is housekeeping, which lists for users leave out.</summary>
    public readonly bool IsSystem
    {
        get
        {
            TaskExtras? extras = Extras;
            while (extras is { IsSystem: false })
            {
                extras = extras.Parent?.Node.Extras;
            }

            return extras is not null;
        }
    }

    /// <summary>The nearest shield around the task, which may be the task itself.</summary>
    public readonly ITaskNode? Shield => Extras?.Shield;

    public readonly bool IsShield => Extras is { IsShield: true };

    public readonly bool IsGroup => Extras is { Group: not null };

    /// <summary>Whether the work was stopped by a token of its own, without a request.</summary>
    public readonly bool IsStoppedByOwnToken => State == BackgroundTaskState.Canceled && Reason!.IsOwnToken;

    /// <summary>Whether it has failed, and a later turn decides whether that is reported.</summary>
    public readonly bool IsFaultOpen => State == BackgroundTaskState.Faulted && Extras is not { IsFaultDecided: true };

    /// <summary>Whether the caller still waits for the task to be ready, and gets its error if it never is.</summary>
    public readonly bool IsStarting => Extras is { IsStarting: true };

    /// <summary>Whether it is a part of another task's work, or a child of a group.</summary>
    public readonly bool IsPart => Extras is { IsBlock: true } or { Parent.Node.IsGroup: true };

    /// <summary>Whether it cannot move to another scope alone, or not yet.</summary>
    public readonly bool IsBound => IsPart || Extras is { Ready: ReadyState.Starting };

    /// <summary>Whether the program started the underlying task itself. That includes dropped calls, which need no <see cref="TaskExtras"/>, since there may be many.</summary>
    public readonly bool IsForeign => Site.IsDropped || Extras is { IsForeign: true };

    /// <summary>Whether it is a foreign task that cannot be canceled: a close gives it up once its time is over.</summary>
    public readonly bool CannotBeCanceled => Site.IsDropped || Extras is { IsForeign: true, CancelCallback: null };

    /// <summary>Whether it is a survivor or an abandoned task: the root lists it, since its scope is closed.</summary>
    public readonly bool IsLeftBehind => Extras?.LeftScopeName is not null;

    /// <summary>The name of the scope that the task belonged to before it became a survivor.</summary>
    public readonly string HomeName => Extras?.LeftScopeName ?? Scope.Name;

    /// <summary>Whether it is repeated work that waits for its next run: a close neither waits for it nor asks about it.</summary>
    public readonly bool IsBetweenRuns => Extras is { IsBetweenRuns: true };

    public readonly ClosePolicy Policy =>
        Extras?.OnClose ?? (Site.IsDropped ? ClosePolicy.Abandon : CannotBeCanceled ? ForeignPolicy : ClosePolicy.Cancel);

    /// <summary>The longest time that a close grants the task, or the root that it represents, before it cancels.</summary>
    public readonly TimeSpan TimeToFinish => Extras?.Joined?.TimeToFinish ?? Policy.FinishWithin;

    /// <summary>The properties that decide how a close treats it.</summary>
    public readonly CloseTerms CloseTerms => new()
    {
        FinishWithin = Policy.FinishWithin,
        IsAbandoned = Policy.IsAbandon,
        IsBetweenRuns = IsBetweenRuns,
        CannotBeCanceled = CannotBeCanceled,
        IsShielded = IsShielded,
    };

    /// <summary>Whether the task is inside a shield that still holds.</summary>
    public readonly bool IsShielded
    {
        get
        {
            ITaskNode? shield = Shield;
            while (shield is { Node.IsCancelRequested: true })
            {
                shield = shield.Node.Parent?.Node.Shield;
            }

            return shield is not null;
        }
    }

    /// <summary>Whether the user is asked about it when its scope closes.</summary>
    public readonly bool IsToBeAskedAbout => Policy.IsAsk && !IsCancelRequested && !IsBetweenRuns && !IsSystem;

    /// <summary>Whether its window stays open until it ends.</summary>
    public readonly bool HoldsWindow => !Policy.IsAbandon && !IsBetweenRuns;

    // Whether the end of the body cancels the children: it has failed, or was stopped. If it stopped only because its scope closes, its children keep their
    // own time. An explicit request has reached them before.
    public readonly bool EndsItsChildren =>
        !IsCancelExplicit
        && (Outcome == BackgroundTaskState.Faulted || (Outcome == BackgroundTaskState.Canceled && State != BackgroundTaskState.Canceling));

    /// <summary>The wait of the task inside Fibula; null for none.</summary>
    public readonly string? KnownWait => WaitsFor.Description switch
    {
        { } wait => wait,
        _ when State != BackgroundTaskState.Queued => null,
        _ when Scope.Context.Loop is not { IsRunning: true } => "the UI loop to start",
        _ => Scope.Context.IsHeld ? "Startup to return" : "its turn",
    };

    public readonly TimeSpan ElapsedAt(long now)
    {
        long time = Volatile.Read(in _time);
        return new TimeSpan(time < long.MinValue / 2 ? time - long.MinValue : Math.Max(0, now - time));
    }

    /// <summary>The state that is visible while a cancellation request is still walking: running tasks count as canceling, and a queued task ends without having been so.</summary>
    public readonly BackgroundTaskState StateUnder(bool isRequested) => isRequested && State == BackgroundTaskState.Running ? BackgroundTaskState.Canceling : State;

    public void EndBody() => _marks |= BodyEndedBit;

    /// <summary>Sets the start time.</summary>
    public void StartAt(long now) => _time = now;

    /// <summary>Sets the duration. The clock was read before the gate was taken, so it may be older than the start.</summary>
    public void EndAt(long now) => Volatile.Write(ref _time, long.MinValue + Math.Max(0, now - _time));

    /// <summary>The latest progress, at a time that was read before the gate was taken.</summary>
    public readonly TaskProgress ProgressAt(long now) => Progress?.LatestAt(now) ?? TaskProgress.None;

    /// <summary>Describes what the task waits for, without looking into the work.</summary>
    /// <param name="known">The wait inside Fibula; null for none.</param>
    public readonly string DescribeWait(string? known) => Extras?.Joined?.DescribeWait() ?? known ?? "something outside Fibula";

    /// <summary>Returns a task that completes at the end, never with an error.</summary>
    public Task EndSignal() => IsCompleted ? Task.CompletedTask : Awaiters.EndSignal();

    /// <summary>Returns the extras, creating them if necessary.</summary>
    public TaskExtras NeedExtras() => Extras ??= new TaskExtras();
}
