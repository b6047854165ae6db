namespace Fibula;

/// <summary>
/// What closing a scope means: the one place that decides it. Nothing here has a state or reads a clock. All times count from the request;
/// <see cref="Never"/> is one that does not come.
/// </summary>
/// <param name="Grace">How long a task that was asked to cancel is waited for; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
/// <param name="Limit">The upper limit of the whole close; <see cref="Never"/> for none.</param>
internal readonly record struct ClosePlan(TimeSpan Grace, TimeSpan Limit)
{
    public static readonly TimeSpan Never = TimeSpan.MaxValue;

    /// <summary>When a task is asked to cancel. A limit leaves half of its time for the cleaning up.</summary>
    public TimeSpan CancelAt(in CloseTerms task)
    {
        TimeSpan finish = task.IsBetweenRuns ? TimeSpan.Zero : task.FinishWithin;
        return Limit == Never ? finish : Min(finish, Limit / 2);
    }

    /// <summary>When a task is given up, as far as that is its own affair.</summary>
    /// <param name="task">The task.</param>
    /// <param name="timeToFinish">How long it is left alone at most: it, or the tasks on another UI thread that it stands for.</param>
    public TimeSpan OwnDeadline(in CloseTerms task, TimeSpan timeToFinish)
    {
        TimeSpan grace = task.CannotBeCanceled ? TimeSpan.Zero : Grace;
        TimeSpan last = task.IsBetweenRuns ? TimeSpan.Zero : timeToFinish;
        return grace == Timeout.InfiniteTimeSpan || grace > Never - last ? Never : last + grace;
    }

    /// <summary>When a task is given up.</summary>
    /// <param name="own">Its own deadline.</param>
    /// <param name="others">The latest deadline of its children, since it ends after them; and where it is shielded, of the tasks around its shields, since
    /// a shield holds as long as these may go on.</param>
    public TimeSpan GiveUpAt(TimeSpan own, TimeSpan others) => Min(Max(own, others), Limit);

    /// <summary>Returns the step that is due for a task.</summary>
    /// <param name="task">The task, which has not ended.</param>
    /// <param name="now">The moment.</param>
    /// <param name="giveUpAt">When it is given up.</param>
    public CloseStep StepAt(TimeSpan now, in CloseTerms task, TimeSpan giveUpAt)
    {
        TimeSpan cancelAt = CancelAt(task);
        if (now < cancelAt)
        {
            return new CloseStep { WaitsUntil = cancelAt };
        }

        bool isOver = now >= giveUpAt;
        return new CloseStep(
            Cancels: !task.CannotBeCanceled && (isOver || !task.IsShielded),
            CutsShields: isOver,
            LeavesBehind: task.IsAbandoned,
            WaitsUntil: task.IsAbandoned || isOver ? null : giveUpAt);
    }

    /// <summary>Returns the step for a task in the last pass of a close, which does not wait.</summary>
    public static CloseStep LastStep(in CloseTerms task) =>
        new(Cancels: !task.CannotBeCanceled, CutsShields: true, LeavesBehind: true, WaitsUntil: null);

    /// <summary>Decides whether a scope accepts a new task.</summary>
    /// <param name="state">The state of the scope.</param>
    /// <param name="isEnding">Its close is in its last pass, and looks at no newcomers any more.</param>
    /// <param name="isFromInside">A live task of the closing scope starts it.</param>
    public static AdmitResult Admit(ScopeState state, bool isEnding, bool isFromInside) =>
        state == ScopeState.Open ? AdmitResult.Admitted
        : state == ScopeState.Closed || isEnding ? AdmitResult.Closed
        : isFromInside ? AdmitResult.AdmittedWhileClosing
        : AdmitResult.Closing;

    /// <summary>Whether a task that is started by another is asked to cancel before it begins.</summary>
    /// <param name="isShield">It is a shield, and what is shielded in its parent was not told.</param>
    /// <param name="isExplicit">Its parent was asked explicitly, which concerns all its children.</param>
    /// <param name="isClosing">Their scope closes.</param>
    /// <param name="finishWithin">How long its policy leaves it alone.</param>
    public static bool BeginsCanceled(bool isShield, bool isExplicit, bool isClosing, TimeSpan finishWithin) =>
        !isShield && (isExplicit || (isClosing && finishWithin == TimeSpan.Zero));

    public static TimeSpan Max(TimeSpan a, TimeSpan b) => new(Math.Max(a.Ticks, b.Ticks));

    public static TimeSpan Min(TimeSpan a, TimeSpan b) => new(Math.Min(a.Ticks, b.Ticks));
}
