namespace Fibula;

/// <summary>
/// Walks the live tasks of a scope and cancels them, in slices that leave the UI thread free in between. From the first moment of the walk
/// those that it will reach count as canceled: nobody can see how far it has come, and no work that resumes through the loop's queue goes on before the request has arrived there.
/// </summary>
internal abstract class ScopeRequest
{
    // A turn of 8 ms begins nothing after 5. On virtual time no slice is cut short, so that what a test sees does not depend on the machine.
    private protected static readonly TimeSpan SliceLimit = TimeSpan.FromMilliseconds(3);

    /// <summary>Under the gate.</summary>
    protected ScopeRequest(TaskScope scope, CancelReason reason)
    {
        Scope = scope;
        Reason = reason;
    }

    /// <summary>Who asks, and why.</summary>
    public CancelReason Reason { get; }

    /// <summary>Whether the request is one of its own, which reaches children whatever their close policy.</summary>
    public virtual bool IsExplicit => false;

    private protected TaskScope Scope { get; }

    private protected TaskTree Tree => Scope.Tree;

    /// <summary>The walk that goes on; null before the first and after the last.</summary>
    private protected ScopePass? Pass { get; private set; }

    /// <summary>Any moment, for measuring. Outside the gate, since the clock may be the program's own.</summary>
    private protected abstract TimeSpan Now { get; }

    /// <summary>How many tasks are canceled in one go, however long that takes.</summary>
    private protected virtual int LeastAtOnce => 1;

    // Where the toolkit orders the steps of work, a pause would let each task make one more.
    private bool MayPause => Tree.Loop is { IsRunning: true, OrdersSteps: true };

    /// <summary>Under the gate, while it walks: it will cancel this task, which was not asked before.</summary>
    public abstract bool Reaches(BackgroundTask task);

    /// <summary>Outside the gate: cancels a task that it reaches.</summary>
    public abstract void RequestCancel(BackgroundTask task);

    /// <summary>Under the gate: a task has moved here from another scope.</summary>
    public virtual void OnArrived(BackgroundTask task)
    {
    }

    /// <summary>Under the gate: the request is on its way from here on. <see cref="RunPass"/> follows.</summary>
    internal void BeginPass()
    {
        Tree.AssertHeld();
        Pass = new ScopePass(Scope);
        Tree.Requests.Begin(this);
    }

    /// <summary>Outside the gate: walks here and now, and the rest on the loop.</summary>
    private protected void RunPass()
    {
        if (IsToRunHere)
        {
            RunSlice();
        }
        else
        {
            ContinueLater();
        }
    }

    private protected virtual bool IsToRunHere => Tree.Loop is not { IsRunning: true } loop || loop.CheckAccess();

    /// <summary>Under the gate: nobody more is to be canceled.</summary>
    internal void StopPass()
    {
        Tree.AssertHeld();
        Pass?.Stop();
        Pass = null;
        Tree.Requests.End(this);
    }

    /// <summary>Outside the gate: cancels the task, if it is due.</summary>
    private protected abstract void Visit(BackgroundTask task);

    /// <summary>Outside the gate: all have been visited.</summary>
    private protected abstract void EndPass();

    private void RunSlice()
    {
        TimeSpan began = Now;
        for (int visited = 1; Pass?.TakeNext() is { } task; visited++)
        {
            Visit(task);
            if (visited >= LeastAtOnce && MayPause && Now - began >= SliceLimit)
            {
                ContinueLater();
                return;
            }
        }

        EndPass();
    }

    private void ContinueLater() =>
        Tree.Dispatch(static request => ((ScopeRequest)request!).RunSlice(), this, isFirst: true);
}
