namespace Fibula;

/// <summary>One close of one scope, outside the gate: cancels each task when its policy says so, waits, and ends with the report. <see cref="CloseState"/> draws its states.</summary>
internal sealed class ScopeClose : ScopeRequest, ICloseDriver
{
    private readonly CloseState _state;

    // The latest moment whose timer has rung, in ticks since the start: it is over, whatever the clock says. It only grows.
    private long _rung;

    // These belong to the thread that makes the pass.
    private int _pass;
    private TimeSpan _nextDue;
    private bool _isAnyoneWaitedFor;
    private CloseDeadlines _deadlines;

    private ScopeClose(ScopeNode scope, CancelReason reason)
        : base(scope, reason)
    {
        _state = new CloseState(scope, reason, this);
    }

    // Outside the gate, since the clock may be the program's own.
    private protected override TimeSpan Now => ClosePlan.Max(_state.SinceStart(Clocks.ExactTicks(Tree.TimeProvider)), new TimeSpan(Volatile.Read(ref _rung)));

    /// <summary>Begins a close, unless one has begun.</summary>
    /// <param name="scope">What closes.</param>
    /// <param name="reason">Who closes it, and why. The first one stays.</param>
    /// <param name="within">A further upper limit; null for none.</param>
    /// <param name="caller">The task that waits, where it waits for all others only; null to wait for all.</param>
    public static CloseStart Begin(ScopeNode scope, CancelReason reason, TimeSpan? within, ITaskNode? caller)
    {
        // Most scopes are not idle. For one that looks so, the gate decides.
        if (scope.IsIdle && scope.Tree.CloseIfIdle(scope, reason) is { Report: { } report } closing)
        {
            FibulaEventSource.Log.Closed(report);
            return new CloseStart(closing, closing.Completion, IsNew: true, ConcernsFollowers: false);
        }

        // Most callers are no tasks of the scope.
        IEnumerable<ITaskNode> callers = AmbientTask.StartedWithin(caller, scope) ? AmbientTask.WithStarters(caller) : [];
        return scope.Tree.BeginClose(new ScopeClose(scope, reason)._state, within, callers, Clocks.ExactTicks(scope.Tree.TimeProvider));
    }

    /// <summary>Cancels all tasks and ends immediately: there is no loop to wait on.</summary>
    public static void Abort(ScopeNode scope, CancelReason reason)
    {
        CloseState closing = scope.Tree.BeginAbort(new ScopeClose(scope, reason)._state, Clocks.ExactTicks(scope.Tree.TimeProvider));
        ((ScopeClose?)closing.Driver)?.Abort();
    }

    /// <summary>The report of a close as things stand. Any thread.</summary>
    public static CloseReport Report(CloseState closing) => closing.Report ?? ((ScopeClose)closing.Driver!).Report();

    /// <inheritdoc/>
    public void Advance() => Advance(Now);

    /// <summary>The first pass, in the moment in which the close begins.</summary>
    public static void BeginFirstPass(CloseState closing) => ((ScopeClose?)closing.Driver)?.Advance(TimeSpan.Zero);

    private void Advance(TimeSpan now)
    {
        if (Tree.TryBeginPass(_state, this, now, out TaskWalk? walk))
        {
            _pass = _state.PassNumber;
            _isAnyoneWaitedFor = false;
            _nextDue = ClosePlan.Never;
            Run(walk, now);
        }
    }

    /// <inheritdoc/>
    public override bool Reaches(ITaskNode task) => _state.Reaches(task);

    /// <inheritdoc/>
    public override bool Concerns(ITaskNode task) => task.Node.Scope.IsWithin(Scope);

    /// <inheritdoc/>
    public override void RequestCancel(ITaskNode task) => TaskEffectRunner.RequestOneCancel(task, Reason, among: this, isExplicit: false);

    /// <inheritdoc/>
    private protected override void Visit(ITaskNode task, TimeSpan now)
    {
        ref TaskNode node = ref task.Node;
        if (node.IsCompleted || node.IsLeftBehind)
        {
            return;
        }

        CloseTerms terms = node.CloseTerms;
        ClosePlan plan = _state.Plan;
        CloseStep step = _state.IsEnding ? ClosePlan.LastStep(terms) : StepFor(task, terms, plan, now);
        node.AreShieldsCut |= step.CutsShields;
        if (step.Cancels)
        {
            RequestCancel(task);
        }

        if (step.Cancels && plan.Limit != ClosePlan.Never)
        {
            node.Extras?.Joined?.Limit(plan.Limit - now);
        }

        if (step.LeavesBehind)
        {
            LeaveBehind(task);
        }
        else if (step.WaitsUntil is { } moment && !node.IsCompleted)
        {
            _isAnyoneWaitedFor = true;
            _nextDue = ClosePlan.Min(moment, _nextDue);
        }
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        if (!_state.IsEnding)
        {
            AdvanceThoseLeft();
        }

        // The fields of the pass are the next one's as soon as it has ended.
        (int pass, TimeSpan nextDue) = (_pass, _nextDue);
        PassEnd end = Tree.EndPass(_state, this, _isAnyoneWaitedFor);
        if (end.Ready is { Count: > 0 })
        {
            Complete(end.Ready, Report());
        }


        switch (end.Outcome)
        {
            case PassOutcome.Over when Scope.HasSurvivors:
                NameThoseLeftBehind();
                break;
            case PassOutcome.Over:
                EndClose();
                break;
            case PassOutcome.Again:
                Tree.Dispatch(static closing => ((ScopeClose)closing!).Advance(), this);
                break;
            case PassOutcome.Waits when nextDue != ClosePlan.Never && Tree.Loop is { IsRunning: true } loop && loop.CheckAccess():
                // Most tasks end in the next turn, and need no timer.
                Tree.Dispatch(static closing => ((ScopeClose)closing!).ArmUnlessOver(), this);
                break;
            case PassOutcome.Waits when nextDue != ClosePlan.Never:
                Arm(pass, nextDue);
                break;
        }
    }

    private CloseReport Report() => Tree.Report(_state, Tree.Now(), Now);

    private void Abort()
    {
        foreach (ITaskNode task in Tree.LiveTasks(Scope))
        {
            TaskEffectRunner.RequestCancel(task, Reason);
        }

        EndClose();
    }

    private CloseStep StepFor(ITaskNode task, in CloseTerms terms, ClosePlan plan, TimeSpan now)
    {
        TimeSpan giveUpAt = _deadlines.Of(task, plan);
        if (now < giveUpAt)
        {
            _deadlines.GiveToParents(task, giveUpAt, plan);
        }

        return plan.StepAt(now, terms, giveUpAt);
    }

    private void ArmUnlessOver()
    {
        // In this order: where another thread begins a pass meanwhile, the timer has the number of the last one, and is not kept.
        int pass = _pass;
        TimeSpan nextDue = _nextDue;
        if (!_state.IsEnded && nextDue != ClosePlan.Never)
        {
            Arm(pass, nextDue);
        }
    }

    private void Arm(int pass, TimeSpan moment)
    {
        ITimer timer = LongTimer.Create(Tree.TimeProvider, _ => OnTimer(moment), null, ClosePlan.Max(moment - Now, TimeSpan.Zero));
        Tree.Keep(ref _state.Timer, pass, timer)?.Dispose();
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
        while (Tree.NameSome(_state, Tree.Now()))
        {
            if (Now - began >= SliceLimit)
            {
                Tree.Dispatch(static closing => ((ScopeClose)closing!).NameThoseLeftBehind(), this);
                return;
            }
        }

        EndClose();
    }

    private void EndClose()
    {
        if (Tree.EndClose(_state, this, Walk, Tree.Now(), Now) is not { } end)
        {
            return;
        }

        Forget();
        _deadlines = default;
        end.Timer?.Dispose();
        end.NextLook?.Dispose();
        end.Parents?.ForEach(TaskEffectRunner.ChildLeft);
        FibulaEventSource.Log.Closed(end.Report);
        Tree.Followers.OnClosed(Scope);
        _state.Complete(end.Report);
        if (Scope.Parent is null)
        {
            Tree.OwnerTask?.Node.Extras!.Joined!.OnClosed();
        }

        if (end.Insiders is not null)
        {
            Complete(end.Insiders, end.Report);
        }

        AdvanceThoseLeft();
    }

    private static void Complete(List<TaskCompletionSource<CloseReport>> insiders, CloseReport report) =>
        insiders.ForEach(insider => insider.SetResult(report));

    private void LeaveBehind(ITaskNode task)
    {
        if (Tree.LeaveBehind(_state, task) is { } parent)
        {
            TaskEffectRunner.ChildLeft(parent);
        }
    }

    private void AdvanceThoseLeft()
    {
        if (_state.Ledger.HasLeftScopes)
        {
            Array.ForEach(Tree.TakeLeftScopes(_state), ScopeCloser.Advance);
        }
    }
}
