namespace Fibula;

/// <summary>
/// The state of one task, a part of its handle. What several threads may change is changed by <see cref="TaskTransitions"/>, under the tree's gate. Single fields are read
/// without that, and what belongs to the thread that runs the work is set without it: <see cref="Body"/>, <see cref="WaitsFor"/>.
/// </summary>
internal struct TaskNode
{
    //                 Begin              Request                   Settle, children ended
    //       Queued ─────────► Running ─────────► Canceling ──────────────► Succeeded | Faulted | Canceled
    //          │ Request           └──────────── Settle, children ended ──────────►
    //          └────────► Canceled
    //
    // The end has two halves: the body ends (Settle), and the task ends when its last child has (End). In the second half it lets go of all that belongs to
    // the work.
    public ScopeNode Scope;
    public CancelReason? Reason;

    // The work (a delegate) until the first step, then the Task it returned, which keeps the state machine alive; once that has ended, its error or null.
    public object? Body;
    public TaskBox Ambient;

    // Leads to the live task in whose flow this one was started.
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

    // A number that no other task of the app has; 0 until a scope has taken the task in.
    public int Id;
    public bool IsObserved;

    // The close of a scope has come to its deadline with this task: what is shielded is canceled too.
    public bool AreShieldsCut;

    // Bytes, since there are many tasks. What is changed under the gate alone shares one, by these bits.
    private const byte OutcomeBits = 7;
    private const byte BodyEndedBit = 8;
    private const byte ExplicitBit = 16;
    private volatile byte _state;
    private byte _marks;

    // When the task was started, in ticks of the clock; from the end on how long it took, counted from the lowest value. One field, so that a reader without
    // the gate never mixes the two.
    private long _time;

    private static readonly ClosePolicy ForeignPolicy = ClosePolicy.Finish(TimeSpan.FromSeconds(1));

    public readonly string Name => Site.Name;

    public BackgroundTaskState State
    {
        readonly get => (BackgroundTaskState)_state;
        set => _state = (byte)value;
    }

    /// <summary>How the body has ended, and what the task's end will be.</summary>
    public BackgroundTaskState Outcome
    {
        readonly get => (BackgroundTaskState)(_marks & OutcomeBits);
        set => _marks = (byte)((_marks & ~OutcomeBits) | (int)value);
    }

    public bool IsBodyEnded
    {
        readonly get => (_marks & BodyEndedBit) != 0;
        set => _marks = (byte)(value ? _marks | BodyEndedBit : _marks & ~BodyEndedBit);
    }

    /// <summary>Asked to cancel by a call, a failing group or a deadline, which reaches the children, and not only by a close.</summary>
    public bool IsCancelExplicit
    {
        readonly get => (_marks & ExplicitBit) != 0;
        set => _marks = (byte)(value ? _marks | ExplicitBit : _marks & ~ExplicitBit);
    }

    public readonly bool IsCompleted => State >= BackgroundTaskState.Succeeded;

    public readonly bool IsCancelRequested => Volatile.Read(in Reason) is not null;

    /// <summary>A scope has taken it in.</summary>
    public readonly bool IsTakenIn => Id != 0;

    /// <summary>What the work has thrown.</summary>
    public readonly Exception? Error => Body as Exception;

    /// <summary>What an awaiter gets: the fault or the cancellation; null when the task has succeeded. Read after the end only.</summary>
    public readonly Exception? ErrorForAwaiters =>
        State == BackgroundTaskState.Canceled ? new BackgroundTaskCanceledException(Reason!.Message, Reason) : Error;

    /// <summary>The task that ends only after this one.</summary>
    public readonly ITaskNode? Parent => Extras?.Parent;

    /// <summary>The nearest shield around the task, which may be the task itself.</summary>
    public readonly ITaskNode? Shield => Extras?.Shield;

    public readonly bool IsShield => Extras is { IsShield: true };

    public readonly bool IsGroup => Extras is { Group: not null };

    /// <summary>Canceled, though nobody asked: the work was stopped by a token of its own.</summary>
    public readonly bool IsStoppedByOwnToken => State == BackgroundTaskState.Canceled && Reason!.IsOwnToken;

    /// <summary>It has failed, and whether anybody has observed that is seen a turn later.</summary>
    public readonly bool IsFaultOpen => State == BackgroundTaskState.Faulted && Extras is not { IsFaultDecided: true };

    /// <summary>Whoever started the task waits for it to be ready, and gets its error where it never is.</summary>
    public readonly bool IsStarting => Extras is { IsStarting: true };

    /// <summary>Part of another task's work, or a child of a group.</summary>
    public readonly bool IsPart => Extras is { IsBlock: true } or { Parent.Node.IsGroup: true };

    /// <summary>It does not move by itself, or not yet.</summary>
    public readonly bool IsBound => IsPart || Extras is { Ready: ReadyState.Starting };

    /// <summary>Somebody else has started it. A call that its caller has dropped is one: there may be many, so that this takes no <see cref="TaskExtras"/>.</summary>
    public readonly bool IsForeign => Site.IsDropped || Extras is { IsForeign: true };

    /// <summary>An owned foreign task without a way to cancel it: nothing to wait for once its time is over.</summary>
    public readonly bool CannotBeCanceled => Site.IsDropped || Extras is { IsForeign: true, CancelCallback: null };

    /// <summary>A survivor or an abandoned task: its scope is closed, the root lists it.</summary>
    public readonly bool IsLeftBehind => Extras?.LeftScopeName is not null;

    /// <summary>The name of the scope the task was started in: for those left behind not that of the root, which says nothing.</summary>
    public readonly string HomeName => Extras?.LeftScopeName ?? Scope.Name;

    /// <summary>Repeated work that waits for its next run: a close has nothing to wait for, and nothing to ask about.</summary>
    public readonly bool IsBetweenRuns => Extras is { IsBetweenRuns: true };

    public readonly ClosePolicy Policy =>
        Extras?.OnClose ?? (Site.IsDropped ? ClosePolicy.Abandon : CannotBeCanceled ? ForeignPolicy : ClosePolicy.Cancel);

    /// <summary>How long a close leaves the task, or whatever it stands for, alone at most.</summary>
    public readonly TimeSpan TimeToFinish => Extras?.Joined?.TimeToFinish ?? Policy.FinishWithin;

    /// <summary>What of it decides how a close treats it.</summary>
    public readonly CloseTerms CloseTerms => new()
    {
        FinishWithin = Policy.FinishWithin,
        IsAbandoned = Policy.IsAbandon,
        IsBetweenRuns = IsBetweenRuns,
        CannotBeCanceled = CannotBeCanceled,
        IsShielded = IsShielded,
    };

    /// <summary>The task is inside a shield that still holds.</summary>
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

    /// <summary>The user is to be asked about it when its scope closes.</summary>
    public readonly bool IsToBeAskedAbout => Policy.IsAsk && !IsCancelRequested && !IsBetweenRuns;

    /// <summary>The window that owns it waits for its end before it closes.</summary>
    public readonly bool HoldsWindow => !Policy.IsAbandon && !IsBetweenRuns;

    // The body has not done what it was to do. One that stopped only because its scope closes leaves its children their own time; an explicit request
    // reaches them by itself.
    public readonly bool EndsItsChildren =>
        !IsCancelExplicit
        && (Outcome == BackgroundTaskState.Faulted || (Outcome == BackgroundTaskState.Canceled && State != BackgroundTaskState.Canceling));

    /// <summary>What a task waits for through Fibula; null where it does not.</summary>
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

    /// <summary>The time counts from here on.</summary>
    public void StartAt(long now) => _time = now;

    /// <summary>The time stands still from here on. Read before the gate, the clock may be older than the start, or that of the time before there was a loop.</summary>
    public void EndAt(long now) => Volatile.Write(ref _time, long.MinValue + Math.Max(0, now - _time));

    /// <summary>The latest progress at a moment that was read before the gate.</summary>
    public readonly TaskProgress ProgressAt(long now) => Progress?.LatestAt(now) ?? TaskProgress.None;

    /// <summary>What the task waits for, without a look into the work.</summary>
    /// <param name="known">What it waits for through Fibula; null where it does not.</param>
    public readonly string DescribeWait(string? known) => Extras?.Joined?.DescribeWait() ?? known ?? "something outside Fibula";

    /// <summary>Completes at the end, never with an error; at once where that has come.</summary>
    public Task EndSignal() => IsCompleted ? Task.CompletedTask : Awaiters.EndSignal();

    /// <summary>What only few tasks have, made where it is missing.</summary>
    public TaskExtras NeedExtras() => Extras ??= new TaskExtras();
}
