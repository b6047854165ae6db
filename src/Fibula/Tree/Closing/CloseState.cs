namespace Fibula;

/// <summary>The state of one scope's close. Guarded by the tree's gate.</summary>
internal sealed class CloseState
{
    // Idle ──► Passing ──► Idle … ──► Passing, giving up ──► Naming ──► Ended
    //
    // A pass walks over the live tasks, performs the step of ClosePlan that is due for each, and finds the time of the next step; a timer starts
    // the next pass. An empty subtree ends the close immediately. A pass that finds every task past its deadline grants one more
    // turn. Then a last pass makes the remaining tasks survivors, and the root's report names the survivors of all closes. Before
    // the last pass, and when all tasks have ended, the scope stops accepting tasks that its own tasks start: they would never be canceled.
    // A close does not cancel the children of a task with it: each child has its own time. The close is over once all tasks have ended and all callbacks that
    // they queued for a view have run.

    // Null if the close ended immediately.
    private readonly TaskCompletionSource<CloseReport>? _completion;
    private CloseLedger? _ledger;
    private long _startedAt;
    private long _limitTicks = ClosePlan.Never.Ticks;
    private bool _isPassing;
    private bool _isPassAsked;
    private bool _isLastTurnGranted;
    private KeyedTimer _timer;

    // The age of the close when the pass began. Tasks that were due then count as canceled.
    private TimeSpan _passBegan;

    /// <param name="scope">The scope to close.</param>
    /// <param name="reason">Who closes it, and why.</param>
    /// <param name="driver">Continues the close outside the gate.</param>
    public CloseState(ScopeNode scope, CancelReason reason, ICloseDriver driver)
    {
        (Scope, Reason, Driver) = (scope, reason, driver);
        _completion = new TaskCompletionSource<CloseReport>(TaskCreationOptions.RunContinuationsAsynchronously);
        Completion = _completion.Task;
    }

    /// <summary>Creates a close that ended immediately.</summary>
    public CloseState(ScopeNode scope, CancelReason reason, CloseReport report)
    {
        (Scope, Reason) = (scope, reason);
        Report = report;
        Completion = Task.FromResult(report);
        IsEnding = IsEnded = true;
    }

    public ScopeNode Scope { get; }

    public CancelReason Reason { get; }

    /// <summary>Null if the close ended immediately.</summary>
    public ICloseDriver? Driver { get; }

    /// <summary>The report of a close that ended immediately; null for any other.</summary>
    public CloseReport? Report { get; }

    /// <summary>The tasks it still waits for.</summary>
    public CloseLedger Ledger => _ledger ??= CloseLedger.OfNobody(Scope);

    /// <summary>The close no longer considers new tasks.</summary>
    public bool IsEnding { get; private set; }

    public bool IsEnded { get; private set; }

    /// <summary>The number of the pass in progress, or of the last one.</summary>
    public int PassNumber { get; private set; }

    /// <summary>Starts the next pass, unless another pass has begun before and set its own time.</summary>
    public ref KeyedTimer Timer => ref _timer;

    /// <summary>Completes with the report. Without the gate.</summary>
    public Task<CloseReport> Completion { get; }

    /// <summary>When its tasks are canceled and given up. Also read without the gate, by the thread of the pass.</summary>
    public ClosePlan Plan => new(Scope.Handle.CloseGrace, UpperLimit);

    /// <summary>The time since the start, never negative: a program's own clock may go back. Without the gate.</summary>
    public TimeSpan SinceStart(long now) => new(Math.Max(0, now - _startedAt));

    /// <summary>The scope is closing from now on.</summary>
    public void Begin(long now)
    {
        _startedAt = now;
        _ledger = new CloseLedger(Scope);
    }

    /// <summary>Completes the close for those who await it. Without the gate.</summary>
    public void Complete(CloseReport report) => _completion!.SetResult(report);

    /// <summary>Adds an upper limit, counted from now. The earliest limit applies.</summary>
    public void Limit(TimeSpan? within, long now)
    {
        if (within is { } time && time != Timeout.InfiniteTimeSpan)
        {
            TimeSpan elapsed = SinceStart(now);
            UpperLimit = elapsed + ClosePlan.Min(time, UpperLimit - elapsed);
        }
    }

    /// <summary>Whether the pass in progress will cancel a task.</summary>
    public bool Reaches(ITaskNode task)
    {
        ref TaskNode node = ref task.Node;
        return node.Scope.IsWithin(Scope)
            && !node.IsLeftBehind
            && !node.CannotBeCanceled
            && !node.IsShielded
            && (IsEnding || Plan.CancelAt(node.CloseTerms) <= _passBegan);
    }

    /// <summary>Begins a pass, or asks the pass in progress for another round.</summary>
    /// <returns>True if it begins.</returns>
    public bool TryBeginPass(TimeSpan now)
    {
        _isPassAsked = _isPassing;
        if (IsEnded || _isPassing)
        {
            return false;
        }

        _isPassing = true;
        _passBegan = now;
        PassNumber++;
        _timer.Key = PassNumber;
        return true;
    }

    /// <summary>Ends a pass.</summary>
    /// <param name="isAnyoneWaitedFor">Some tasks have time left.</param>
    public PassEnd EndPass(bool isAnyoneWaitedFor)
    {
        if (IsEnded)
        {
            return new PassEnd(PassOutcome.Ended, Ready: null);
        }

        _isPassing = false;

        // Callbacks that ended tasks have queued for a view start the next pass, once all tasks have ended or were given up.
        bool isBeingShown = (Ledger.Remaining == 0 || IsEnding) && Scope.IsBeingShown;

        // New tasks ask for a pass too. Those that started in this pass after the upper limit have no time of their own.
        bool isAsked = _isPassAsked && _passBegan < UpperLimit;
        bool isExpired = !isAnyoneWaitedFor && !isAsked && !isBeingShown;
        bool isOver = (Ledger.Remaining == 0 || IsEnding) && !isBeingShown;
        IsEnding |= isOver || (isExpired && _isLastTurnGranted);
        if (isExpired)
        {
            _isLastTurnGranted = true;
        }

        return isOver ? new PassEnd(PassOutcome.Over, Ready: null)
            : new PassEnd(_isPassAsked || isExpired ? PassOutcome.Again : PassOutcome.Waits, Ledger.TakeReady());
    }

    /// <summary>The close is over.</summary>
    /// <returns>The timer, to be disposed of outside the gate.</returns>
    public ITimer? End()
    {
        IsEnded = true;
        return _timer.Take(nextKey: long.MinValue);
    }

    private TimeSpan UpperLimit
    {
        get => new(Volatile.Read(ref _limitTicks));
        set => Volatile.Write(ref _limitTicks, value.Ticks);
    }
}
