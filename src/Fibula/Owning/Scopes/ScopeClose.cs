namespace Fibula;

/// <summary>One close of one scope: cancels each task when its policy says so, waits, and writes the report.</summary>
internal sealed class ScopeClose : ScopeRequest
{
    // Idle ──► Passing ──► Idle … ──► Passing, giving up ──► Naming ──► Ended
    //
    // A pass walks the live tasks, does with each what ClosePlan says is due, and finds the next moment at which anything is; a timer brings
    // the next pass. An empty subtree ends the close at once. A pass that finds every task past its deadline grants one more
    // turn; then a last pass leaves them behind as survivors, and the root names all whom any close has left behind. Before
    // the last pass, and where all have ended, the scope stops taking in what its own tasks start: nobody would cancel it.
    // A close never cancels a task's children with it: each has its own time. It is over once all tasks have ended and everything that they had queued for a
    // view has run.
    //
    // The tree's gate guards every field, but those of the pass itself belong to whoever has set _isPassing.
    private readonly long _startedAt;
    private readonly TaskCompletionSource<CloseReport> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TimeSpan _limit = ClosePlan.Never;
    private bool _isPassing;
    private bool _isPassAsked;
    private bool _isLastTurnGranted;
    private bool _isGivingUp;
    private bool _isEnded;
    private ITimer? _timer;

    // The latest moment whose timer has rung, in ticks since the start: it is over, whatever the clock says. Read without the gate; it only grows.
    private long _rung;

    // How old the close was when the pass began: those that were due then count as canceled.
    private TimeSpan _passBegan;
    private TimeSpan _nextDue;
    private bool _isAnyoneWaitedFor;

    private CloseDeadlines _deadlines;

    /// <summary>Under the gate.</summary>
    /// <param name="scope">What closes.</param>
    /// <param name="reason">Who closes it, and why.</param>
    /// <param name="now">The <see cref="Clocks.ExactTicks"/> of the tree's clock.</param>
    public ScopeClose(TaskScope scope, CancelReason reason, long now)
        : base(scope, reason)
    {
        _startedAt = now;
        Ledger = new CloseLedger(scope, reason);
    }

    /// <summary>Under the gate: whom it still waits for.</summary>
    public CloseLedger Ledger { get; }

    /// <summary>Under the gate: it looks at no newcomers any more.</summary>
    public bool IsEnding => _isGivingUp;

    // Outside the gate, since the clock may be the program's own.
    private protected override TimeSpan Now => ClosePlan.Max(SinceStart(Clocks.ExactTicks(Tree.TimeProvider)), new TimeSpan(Volatile.Read(ref _rung)));

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
    public Task<CloseReport> CompletionFor(BackgroundTask? caller) => Ledger.Wait(caller) ?? _completion.Task;

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
        task.Scope.IsWithin(Scope) && !task.IsLeftBehind && !task.CannotBeCanceled && !task.IsShielded && (_isGivingUp || Plan.CancelAt(task.CloseTerms) <= _passBegan);

    /// <inheritdoc/>
    public override void RequestCancel(BackgroundTask task) => TaskEffectRunner.RequestCancel(task, Reason, within: Scope, isExplicit: false);

    /// <summary>Tells everybody at once and ends: there is no loop on which to wait.</summary>
    public void Abort()
    {
        foreach (BackgroundTask task in Scope.LiveTasks())
        {
            task.RequestCancel(Reason);
        }

        End();
    }

    /// <summary>The report as things stand. Any thread.</summary>
    public CloseReport Report() => Tree.Report(this, Tree.Now(), Now);

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
        task.Node.AreShieldsCut |= step.CutsShields;
        if (step.Cancels)
        {
            RequestCancel(task);
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
            _nextDue = ClosePlan.Min(moment, _nextDue);
        }
    }

    private ClosePlan Plan => new(Scope.CloseGrace, _limit);

    private CloseStep StepFor(BackgroundTask task, in CloseTerms terms, TimeSpan now)
    {
        TimeSpan giveUpAt = _deadlines.Of(task, Plan);
        if (now < giveUpAt)
        {
            _deadlines.GiveToParents(task, giveUpAt, Plan);
        }

        return Plan.StepAt(now, terms, giveUpAt);
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
            Tree.Dispatch(static closing => ((ScopeClose)closing!).Advance(), this);
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

        // What ended tasks have queued for a view brings the next pass, once all have ended or are given up.
        bool isBeingShown = (Ledger.Remaining == 0 || _isGivingUp) && Scope.Node.IsBeingShown;

        // Newcomers ask for a pass too: those that came in this one after the upper limit have no time of their own.
        bool isAsked = _isPassAsked && _passBegan < _limit;
        bool isExpired = !_isAnyoneWaitedFor && !isAsked && !isBeingShown;
        bool isOver = (Ledger.Remaining == 0 || _isGivingUp) && !isBeingShown;
        _isGivingUp |= isOver || (isExpired && _isLastTurnGranted);
        if (!isOver && _isGivingUp)
        {
            Ledger.ExpectSurvivors();
        }

        _isLastTurnGranted |= isExpired;
        return new PassEnd(pass, isOver, _isPassAsked || isExpired, nextDue, isOver ? [] : Ledger.TakeReady());
    }

    private void Arm(ScopePass pass, TimeSpan moment)
    {
        ITimer timer = LongTimer.Create(Tree.TimeProvider, _ => OnTimer(moment), null, ClosePlan.Max(moment - Now, TimeSpan.Zero));
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

    private void NameThoseLeftBehind()
    {
        TimeSpan began = Now;
        while (Tree.NameSome(this, Tree.Now()))
        {
            if (Now - began >= SliceLimit)
            {
                Tree.Dispatch(static closing => ((ScopeClose)closing!).NameThoseLeftBehind(), this);
                return;
            }
        }

        End();
    }

    /// <summary>Under the gate: the close of the root names some more of those left behind.</summary>
    /// <returns>False if all have been named.</returns>
    internal bool NameSomeUnderGate(long now) => !_isEnded && Scope.Parent is null && Tree.Survivors.NameSome(now);

    private void End()
    {
        if (Tree.EndClose(this, Tree.Now(), Now) is not { } end)
        {
            return;
        }

        foreach (ITimer? timer in end.Timers)
        {
            timer?.Dispose();
        }

        end.Parents.ForEach(TaskEffectRunner.ChildLeft);
        FibulaEventSource.Log.Closed(end.Report);
        Tree.Followers.OnClosed(Scope);
        _completion.SetResult(end.Report);
        if (Scope.Parent is null)
        {
            Tree.Joined?.OnClosed();
        }

        foreach (CloseInsiders.Insider insider in end.Insiders)
        {
            insider.Completion.SetResult(end.Report);
        }

        AdvanceThoseLeft();
    }

    /// <summary>Under the gate: the close is over. Whoever still lives is nobody's from here on but the root's.</summary>
    /// <returns>Null where it is over already.</returns>
    internal CloseEnd? EndUnderGate(long now, TimeSpan duration)
    {
        Tree.AssertHeld();
        if (_isEnded)
        {
            return null;
        }

        var parents = new List<BackgroundTask>();
        foreach (BackgroundTask survivor in Scope.Node.LiveTasksUnderGate())
        {
            if (LeaveBehindUnderGate(survivor, now) is { } parent)
            {
                parents.Add(parent);
            }
        }

        CloseReport report = Ledger.Write(now, duration, out CloseInsiders.Insider[] insiders);
        _isEnded = true;
        StopPass();
        _deadlines = default;
        ITimer? watch = null;
        if (Scope.Parent is null)
        {
            watch = Tree.Unresponsive.TakeTimer();
            Tree.Survivors.EndNaming();
        }

        Scope.Node.BecomeClosed();
        return new CloseEnd(report, parents, insiders, [_timer, watch]);
    }

    private void LeaveBehind(BackgroundTask task)
    {
        if (Tree.LeaveBehind(this, task, Tree.Now()) is { } parent)
        {
            TaskEffectRunner.ChildLeft(parent);
        }
    }

    /// <summary>Under the gate: a task is not waited for any longer.</summary>
    /// <returns>A parent that does not wait for it any longer either; null for none.</returns>
    internal BackgroundTask? LeaveBehindUnderGate(BackgroundTask task, long now)
    {
        Tree.AssertHeld();
        if (task.IsCompleted || task.IsLeftBehind || !task.Scope.IsWithin(Scope))
        {
            return null;
        }

        Ledger.NoteLeft(task.Scope);
        return task.Scope.Node.LeaveBehind(task, now);
    }

    private void AdvanceThoseLeft()
    {
        foreach (TaskScope scope in Tree.TakeLeftScopes(this))
        {
            ScopeCloser.Advance(scope);
        }
    }
}
