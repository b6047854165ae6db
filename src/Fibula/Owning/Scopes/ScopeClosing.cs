namespace Fibula;

/// <summary>One close of one scope: tells each task when its policy says so, waits, and writes the report.</summary>
internal sealed partial class ScopeClosing : ScopeTelling
{
    // Idle ──► Passing ──► Idle … ──► Passing, giving up ──► Naming ──► Ended
    //
    // A pass walks the live tasks, does with each what ClosePlan says is due, and finds the next moment at which anything is; a timer brings
    // the next pass. An empty subtree ends the close at once. A pass that finds every task past its deadline grants one more
    // turn; then a last pass leaves them behind as survivors, and the root names all whom any close has left behind. Before
    // the last pass, and where all have ended, the scope stops taking in what its own tasks start: nobody would tell it.
    // A close never cancels a task's children with it: each has its own time. It is over once all tasks have ended and everything that they had queued for a
    // view has run.
    //
    // The tree's gate guards every field, but those of the pass itself belong to whoever has set _isPassing.
    private readonly long _startedAt;
    private readonly CloseReportEntries _entries;
    private readonly CloseInsiders _insiders = new();
    private readonly TaskCompletionSource<CloseReport> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TimeSpan _limit = ClosePlan.Never;
    private int _remaining;
    private bool _isPassing;
    private bool _isPassAsked;
    private bool _isLastTurnGranted;
    private bool _isGivingUp;
    private bool _isEnded;
    private ITimer? _timer;

    // The latest moment whose timer has rung, in ticks since the start: it is over, whatever the clock says. Read without the gate; it only grows.
    private long _rung;

    // How old the close was when the pass began: those that were due then count as told.
    private TimeSpan _passBegan;
    private TimeSpan _nextDue;
    private bool _isAnyoneWaitedFor;

    // Of tasks whose children have more time than they: the latest deadline of these. Belongs to the pass too.
    private Dictionary<BackgroundTask, TimeSpan>? _childrensDeadlines;

    // Whose tasks were left behind: these scopes, and those above, may be closing too, and have nobody left to wait for then.
    private readonly HashSet<TaskScope> _leftScopes = [];

    /// <summary>Under the gate.</summary>
    /// <param name="scope">What closes.</param>
    /// <param name="reason">Who closes it, and why.</param>
    /// <param name="now">The <see cref="Clocks.ExactTicks"/> of the tree's clock.</param>
    public ScopeClosing(TaskScope scope, CancelReason reason, long now)
        : base(scope, reason)
    {
        _startedAt = now;
        _remaining = scope.Node.LiveCount;
        _entries = new CloseReportEntries(_remaining);
    }

    /// <summary>Under the gate: it looks at no newcomers any more.</summary>
    public bool IsEnding => _isGivingUp;

    // Outside the gate, since the clock may be the program's own.
    private protected override TimeSpan Now => Max(SinceStart(Clocks.ExactTicks(Tree.TimeProvider)), new TimeSpan(Volatile.Read(ref _rung)));

    /// <summary>Under the gate: a further upper limit, counted from now. The earlier one wins.</summary>
    public void Limit(TimeSpan? within, long now)
    {
        Tree.AssertHeld();
        TimeSpan elapsed = SinceStart(now);
        if (within is { } time && time != Timeout.InfiniteTimeSpan && time < _limit - elapsed)
        {
            _limit = elapsed + time;
        }
    }

    /// <summary>Under the gate: what the caller waits for.</summary>
    public Task<CloseReport> CompletionFor(BackgroundTask? caller) =>
        (_isEnded ? null : _insiders.Add(caller, Scope)) ?? _completion.Task;

    /// <summary>Under the gate: a task has come into the subtree.</summary>
    public void OnAdded() => _remaining++;

    /// <summary>Under the gate: a task of the subtree has ended.</summary>
    /// <returns>True if somebody was waiting for it alone.</returns>
    public bool OnEnded(BackgroundTask task)
    {
        Tree.AssertHeld();
        _entries.Add(new CloseReportEntry(task, now: 0));
        return OnGone(task);
    }

    /// <summary>Under the gate: a task of the subtree is not waited for any longer.</summary>
    public void OnLeft(BackgroundTask task, long now)
    {
        Tree.AssertHeld();
        // The root names everybody who is left when it ends, from whichever close. A report that is written stays as it is.
        if (Scope.Parent is not null && !_isEnded)
        {
            _entries.Add(new CloseReportEntry(task, now));
        }

        OnGone(task);
    }

    /// <summary>Under the gate: a task of the subtree has moved elsewhere.</summary>
    /// <returns>True if somebody was waiting for it alone.</returns>
    public bool OnMoved(BackgroundTask task) => OnGone(task);

    /// <summary>Begins a pass on the loop, or asks the one in progress for another round.</summary>
    public void Advance()
    {
        if (Tree.TryBeginPass(this, Now))
        {
            RunPass();
        }
    }

    /// <summary>Under the gate: a pass begins, or the one in progress is asked for another round.</summary>
    internal bool TryBeginPassUnderGate(TimeSpan now)
    {
        Tree.AssertHeld();
        _isPassAsked = _isPassing;
        if (_isEnded || _isPassing)
        {
            return false;
        }

        _isPassing = true;
        _isAnyoneWaitedFor = false;
        _nextDue = ClosePlan.Never;
        _passBegan = now;
        BeginPass();
        return true;
    }

    /// <inheritdoc/>
    public override bool Reaches(BackgroundTask task) =>
        task.Scope.IsWithin(Scope) && !task.IsLeftBehind && !task.CannotBeTold && !task.IsShielded && (_isGivingUp || Plan.CancelAt(task.CloseTerms) <= _passBegan);

    /// <inheritdoc/>
    public override void Tell(BackgroundTask task) => task.TellOfClose(Reason, within: Scope);

    /// <summary>Tells everybody at once and ends: there is no loop on which to wait.</summary>
    public void Abort()
    {
        foreach (BackgroundTask task in Scope.LiveTasks())
        {
            task.Tell(Reason);
        }

        End();
    }

    /// <summary>The report as things stand. Any thread.</summary>
    public CloseReport Report() => Tree.Report(this, Tree.Now(), Now);

    /// <summary>Under the gate: the report as things stand.</summary>
    internal CloseReport ReportUnderGate(long now, TimeSpan duration)
    {
        Tree.AssertHeld();
        CloseReportEntries entries = _entries.Copy();
        if (!_isEnded)
        {
            Scope.Node.LiveTasksUnderGate().ForEach(task => entries.Add(new CloseReportEntry(task, now)));
            AddThoseLeftBehind(entries, now);
        }

        return new CloseReport(Scope, Reason, entries, duration);
    }

    // A clock of the program's own may go back.
    private TimeSpan SinceStart(long now) => new(Math.Max(0, now - _startedAt));

    /// <inheritdoc/>
    private protected override void Visit(BackgroundTask task)
    {
        if (task.IsCompleted || task.IsLeftBehind)
        {
            return;
        }

        CloseTerms terms = task.CloseTerms;
        TimeSpan now = Now;
        CloseStep step = _isGivingUp ? ClosePlan.LastStep(terms) : StepFor(task, terms, now);
        task.AreShieldsCut |= step.CutsShields;
        if (step.Cancels)
        {
            Tell(task);
        }

        if (step.Cancels && task is JoinedRoot joined && _limit != ClosePlan.Never)
        {
            joined.Limit(_limit - now);
        }

        if (step.LeavesBehind)
        {
            LeaveBehind(task);
        }
        else if (step.WaitsUntil is { } moment && !task.IsCompleted)
        {
            _isAnyoneWaitedFor = true;
            _nextDue = Min(moment, _nextDue);
        }
    }

    private ClosePlan Plan => new(Scope.CloseGrace, _limit);

    private CloseStep StepFor(BackgroundTask task, in CloseTerms terms, TimeSpan now)
    {
        TimeSpan others = ChildrensDeadline(task);
        for (BackgroundTask? shielded = task.Shield?.Parent; shielded is not null; shielded = shielded.Shield?.Parent)
        {
            others = Max(others, Max(OwnDeadline(shielded), ChildrensDeadline(shielded)));
        }

        TimeSpan giveUpAt = Plan.GiveUpAt(OwnDeadline(task), others);
        if (now < giveUpAt)
        {
            GiveTimeToParents(task, giveUpAt);
        }

        return Plan.StepAt(now, terms, giveUpAt);
    }

    private TimeSpan ChildrensDeadline(BackgroundTask task) => _childrensDeadlines?.GetValueOrDefault(task) ?? TimeSpan.Zero;

    private TimeSpan OwnDeadline(BackgroundTask task) => Plan.OwnDeadline(task.CloseTerms, task.TimeToFinish);

    // A task ends after its children, and so has at least as much time as they.
    private void GiveTimeToParents(BackgroundTask task, TimeSpan deadline)
    {
        for (BackgroundTask? parent = task.Parent; parent is not null && OwnDeadline(parent) < deadline; parent = parent.Parent)
        {
            Dictionary<BackgroundTask, TimeSpan> deadlines = _childrensDeadlines ??= [];
            if (deadlines.GetValueOrDefault(parent) >= deadline)
            {
                return;
            }

            deadlines[parent] = deadline;
        }
    }

    /// <inheritdoc/>
    private protected override void EndPass()
    {
        if (!_isGivingUp)
        {
            AdvanceThoseLeft();
        }

        PassEnd end = Tree.EndPass(this);
        if (end.Pass is null)
        {
            return;
        }

        if (end.IsOver)
        {
            NameThoseLeftBehind();
            return;
        }

        foreach (CloseInsiders.Insider insider in end.Ready)
        {
            insider.Completion.SetResult(Report());
        }

        if (end.IsAgain)
        {
            Tree.Dispatch(static closing => ((ScopeClosing)closing!).Advance(), this);
        }
        else if (end.NextDue != ClosePlan.Never)
        {
            Arm(end.Pass, end.NextDue);
        }
    }

    /// <summary>Under the gate: the pass has come to everybody.</summary>
    internal PassEnd EndPassUnderGate()
    {
        Tree.AssertHeld();
        if (_isEnded)
        {
            return default;
        }

        // The fields of the pass are the next one's as soon as the gate is free.
        (ScopePass pass, TimeSpan nextDue) = (Pass!, _nextDue);
        _isPassing = false;
        Tree.Requests.End(this);

        // All have ended, and what they have queued for a view brings the next pass.
        bool isBeingShown = _remaining == 0 && Scope.Node.IsBeingShown;

        // Newcomers ask for a pass too: those that came in this one after the upper limit have no time of their own.
        bool isAsked = _isPassAsked && _passBegan < _limit;
        bool isExpired = !_isAnyoneWaitedFor && !isAsked && !isBeingShown;
        bool isOver = (_remaining == 0 && !isBeingShown) || _isGivingUp;
        _isGivingUp |= isOver || (isExpired && _isLastTurnGranted);
        if (!isOver && _isGivingUp)
        {
            _entries.Survivors.EnsureCapacity(Scope.Parent is null ? 0 : _remaining);
        }

        _isLastTurnGranted |= isExpired;
        return new PassEnd(pass, isOver, _isPassAsked || isExpired, nextDue, isOver ? [] : _insiders.TakeReady(_remaining));
    }

    private void Arm(ScopePass pass, TimeSpan moment)
    {
        ITimer timer = LongTimer.Create(Tree.TimeProvider, _ => OnTimer(moment), null, Max(moment - Now, TimeSpan.Zero));
        Tree.KeepTimer(this, pass, timer)?.Dispose();
    }

    /// <summary>Under the gate: keeps the timer that brings the next pass, unless one has begun meanwhile, which finds the next moment itself.</summary>
    /// <returns>A timer that is not needed.</returns>
    internal ITimer? KeepTimerUnderGate(ScopePass pass, ITimer timer)
    {
        Tree.AssertHeld();
        if (_isEnded || Pass != pass)
        {
            return timer;
        }

        ITimer? last = _timer;
        _timer = timer;
        return last;
    }

    // A clock of the program's own may have gone back meanwhile, or stand still.
    private void OnTimer(TimeSpan moment)
    {
        for (long rung = Volatile.Read(ref _rung); rung < moment.Ticks;)
        {
            rung = Interlocked.CompareExchange(ref _rung, moment.Ticks, rung) == rung ? moment.Ticks : Volatile.Read(ref _rung);
        }

        Advance();
    }

    private bool OnGone(BackgroundTask task)
    {
        _remaining--;
        return _insiders.OnGone(task, _remaining) || _remaining == 0;
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
