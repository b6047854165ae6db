namespace Fibula;

/// <summary>How far the close of one scope has come. Guarded by the tree's gate.</summary>
internal sealed class CloseState
{
    // Idle ──► Passing ──► Idle … ──► Passing, giving up ──► Naming ──► Ended
    //
    // A pass walks the live tasks, does with each what ClosePlan says is due, and finds the next moment at which anything is; a timer brings
    // the next pass. An empty subtree ends the close at once. A pass that finds every task past its deadline grants one more
    // turn; then a last pass leaves them behind as survivors, and the root names all whom any close has left behind. Before
    // the last pass, and where all have ended, the scope stops taking in what its own tasks start: nobody would cancel it.
    // A close never cancels a task's children with it: each has its own time. It is over once all tasks have ended and everything that they had queued for a
    // view has run.

    // Null where the close was over at once.
    private readonly TaskCompletionSource<CloseReport>? _completion;
    private CloseLedger? _ledger;
    private long _startedAt;
    private TimeSpan _limit = ClosePlan.Never;
    private bool _isPassing;
    private bool _isPassAsked;
    private bool _isLastTurnGranted;
    private KeyedTimer _timer;

    // How old the close was when the pass began: those that were due then count as canceled.
    private TimeSpan _passBegan;

    /// <param name="scope">What closes.</param>
    /// <param name="reason">Who closes it, and why.</param>
    /// <param name="driver">What goes on with it outside the gate.</param>
    public CloseState(ScopeNode scope, CancelReason reason, ICloseDriver driver)
    {
        (Scope, Reason, Driver) = (scope, reason, driver);
        _completion = new TaskCompletionSource<CloseReport>(TaskCreationOptions.RunContinuationsAsynchronously);
        Completion = _completion.Task;
    }

    /// <summary>A close that was over at once.</summary>
    public CloseState(ScopeNode scope, CancelReason reason, CloseReport report)
    {
        (Scope, Reason) = (scope, reason);
        Report = report;
        Completion = Task.FromResult(report);
        IsEnding = IsEnded = true;
    }

    public ScopeNode Scope { get; }

    public CancelReason Reason { get; }

    /// <summary>Null where the close was over at once.</summary>
    public ICloseDriver? Driver { get; }

    /// <summary>The report of a close that was over at once; null for any other.</summary>
    public CloseReport? Report { get; }

    /// <summary>Whom it still waits for.</summary>
    public CloseLedger Ledger => _ledger ??= CloseLedger.OfNobody(Scope);

    /// <summary>It looks at no newcomers any more.</summary>
    public bool IsEnding { get; private set; }

    public bool IsEnded { get; private set; }

    /// <summary>The number of the pass in progress, or of the last one.</summary>
    public int PassNumber { get; private set; }

    /// <summary>Brings the next pass, unless one has begun meanwhile, which finds the next moment itself.</summary>
    public ref KeyedTimer Timer => ref _timer;

    /// <summary>Ends with the report. Without the gate.</summary>
    public Task<CloseReport> Completion { get; }

    /// <summary>When its tasks are canceled and given up. Also read without the gate, by the thread of the pass.</summary>
    public ClosePlan Plan => new(Scope.Handle.CloseGrace, _limit);

    /// <summary>How long it has taken. A clock of the program's own may go back. Without the gate.</summary>
    public TimeSpan SinceStart(long now) => new(Math.Max(0, now - _startedAt));

    /// <summary>The scope closes from here on.</summary>
    public void Begin(long now)
    {
        _startedAt = now;
        _ledger = new CloseLedger(Scope);
    }

    /// <summary>Everything is done, and whoever waits goes on. Without the gate.</summary>
    public void Complete(CloseReport report) => _completion!.SetResult(report);

    /// <summary>A further upper limit, counted from now. The earlier one wins.</summary>
    public void Limit(TimeSpan? within, long now)
    {
        TimeSpan elapsed = SinceStart(now);
        if (within is { } time && time != Timeout.InfiniteTimeSpan && time < _limit - elapsed)
        {
            _limit = elapsed + time;
        }
    }

    /// <summary>Whether the pass in progress will cancel a task, which was not asked before.</summary>
    public bool Reaches(ITaskNode task)
    {
        ref TaskNode node = ref task.Node;
        return node.Scope.IsWithin(Scope)
            && !node.IsLeftBehind
            && !node.CannotBeCanceled
            && !node.IsShielded
            && (IsEnding || Plan.CancelAt(node.CloseTerms) <= _passBegan);
    }

    /// <summary>A pass begins, or the one in progress is asked for another round.</summary>
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

    /// <summary>The pass has come to everybody.</summary>
    /// <param name="isAnyoneWaitedFor">Some of them have time left.</param>
    public PassEnd EndPass(bool isAnyoneWaitedFor)
    {
        if (IsEnded)
        {
            return new PassEnd(PassOutcome.Ended, []);
        }

        _isPassing = false;

        // What ended tasks have queued for a view brings the next pass, once all have ended or are given up.
        bool isBeingShown = (Ledger.Remaining == 0 || IsEnding) && Scope.IsBeingShown;

        // Newcomers ask for a pass too: those that came in this one after the upper limit have no time of their own.
        bool isAsked = _isPassAsked && _passBegan < _limit;
        bool isExpired = !isAnyoneWaitedFor && !isAsked && !isBeingShown;
        bool isOver = (Ledger.Remaining == 0 || IsEnding) && !isBeingShown;
        IsEnding |= isOver || (isExpired && _isLastTurnGranted);
        if (!isOver && IsEnding)
        {
            Ledger.ExpectSurvivors();
        }

        _isLastTurnGranted |= isExpired;
        return isOver ? new PassEnd(PassOutcome.Over, [])
            : new PassEnd(_isPassAsked || isExpired ? PassOutcome.Again : PassOutcome.Waits, Ledger.TakeReady());
    }

    /// <summary>The close is over.</summary>
    /// <returns>The timer, to be disposed of outside the gate.</returns>
    public ITimer? End()
    {
        IsEnded = true;
        return _timer.Take(nextKey: -1);
    }
}
