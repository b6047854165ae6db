namespace Fibula;

/// <summary>
/// Walks the live tasks of a scope and cancels them, in slices that leave the UI thread free in between. From the first moment of the walk
/// those that it will reach count as canceled: nobody can see how far it has come, and no work that resumes through the loop's queue goes on before the request has arrived there.
/// </summary>
/// <param name="scope">The scope.</param>
/// <param name="reason">Who asks, and why.</param>
internal abstract class ScopeRequest(ScopeNode scope, CancelReason reason) : ICancelRequest
{
    // A turn of 8 ms begins nothing after 5. On virtual time no slice is cut short, so that what a test sees does not depend on the machine.
    public static readonly TimeSpan SliceLimit = TimeSpan.FromMilliseconds(3);

    // Belongs to one thread at a time.
    private volatile TaskWalk? _walk;

    public CancelReason Reason => reason;

    public virtual bool IsExplicit => false;

    private protected ScopeNode Scope => scope;

    private protected TaskTree Tree => scope.Tree;

    /// <summary>The walk that goes on, or the last one; null before the first, and at the end.</summary>
    private protected TaskWalk? Walk => _walk;

    /// <summary>Any moment, for measuring. Outside the gate, since the clock may be the program's own.</summary>
    private protected abstract TimeSpan Now { get; }

    /// <summary>How many tasks are canceled in one go, however long that takes.</summary>
    private protected virtual int LeastAtOnce => 1;

    private protected virtual bool IsToRunHere => Tree.Loop is not { IsRunning: true } loop || loop.CheckAccess();

    // Where the toolkit orders the steps of work, a pause would let each task make one more.
    private bool MayPause => Tree.Loop is { IsRunning: true, OrdersSteps: true };

    public abstract bool Reaches(ITaskNode task);

    public abstract bool Concerns(ITaskNode task);

    public abstract void RequestCancel(ITaskNode task);

    public virtual void OnArrived(ITaskNode task)
    {
    }

    /// <summary>Outside the gate: walks here and now, and the rest on the loop.</summary>
    /// <param name="walk">Over whom; null for nobody.</param>
    /// <param name="now">What <see cref="Now"/> said a moment ago.</param>
    private protected void Run(TaskWalk? walk, TimeSpan now)
    {
        _walk = walk;
        if (IsToRunHere)
        {
            RunSlice(now);
        }
        else
        {
            ContinueLater();
        }
    }

    /// <summary>Nobody more is to be canceled, and no task is kept.</summary>
    private protected void Forget() => _walk = null;

    /// <summary>Outside the gate: cancels the task, if it is due.</summary>
    private protected abstract void Visit(ITaskNode task, TimeSpan now);

    /// <summary>Outside the gate: all have been visited.</summary>
    private protected abstract void End();

    private void RunSlice(TimeSpan began)
    {
        TimeSpan now = began;
        for (int visited = 1; NextTask() is { } task; visited++)
        {
            Visit(task, now);
            if (_walk is not { HasMore: true })
            {
                break;
            }

            now = Now;
            if (visited >= LeastAtOnce && now - began >= SliceLimit && MayPause)
            {
                ContinueLater();
                return;
            }
        }

        End();
    }

    private ITaskNode? NextTask() => _walk is { } walk ? Tree.TakeNext(walk) : null;

    private void ContinueLater() =>
        Tree.Dispatch(static request => ((ScopeRequest)request!).RunNextSlice(), this, isFirst: true);

    private void RunNextSlice() => RunSlice(Now);
}
