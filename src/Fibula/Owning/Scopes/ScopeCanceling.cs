namespace Fibula;

/// <summary>One <see cref="TaskScope.Cancel"/>: cancels the tasks that were there when it was called, and leaves the scope open.</summary>
internal sealed class ScopeCanceling : ScopeRequest
{
    private readonly int _lastId;
    private HashSet<BackgroundTask>? _newcomers;

    /// <summary>Under the gate.</summary>
    public ScopeCanceling(TaskScope scope, CancelReason reason)
        : base(scope, reason)
    {
        _lastId = scope.Tree.LastId;
    }

    /// <inheritdoc/>
    public override bool IsExplicit => true;

    private protected override TimeSpan Now => new(Clocks.ExactTicks(Tree.TimeProvider));

    // So many cost little, and with few tasks all are canceled by the time Cancel returns.
    private protected override int LeastAtOnce => 256;

    private protected override bool IsToRunHere => true;

    /// <summary>Any thread, outside the gate.</summary>
    public static void Run(TaskScope scope, CancelReason reason) => scope.Tree.BeginCanceling(scope, reason).RunPass();

    /// <inheritdoc/>
    public override bool Reaches(BackgroundTask task) =>
        task.Id <= _lastId && task is not JoinedRoot && !task.IsShielded && task.Scope.IsWithin(Scope) && _newcomers?.Contains(task) is not true;

    /// <inheritdoc/>
    public override void RequestCancel(BackgroundTask task) => task.RequestCancel(Reason, within: Scope);

    /// <inheritdoc/>
    public override void OnArrived(BackgroundTask task)
    {
        if (task.Scope.IsWithin(Scope))
        {
            (_newcomers ??= []).Add(task);
        }
    }

    /// <inheritdoc/>
    private protected override void Visit(BackgroundTask task)
    {
        if (task is JoinedRoot joined)
        {
            joined.CancelTasks(Reason);
        }
        else if (Tree.IsReached(task, this))
        {
            RequestCancel(task);
        }
    }

    /// <inheritdoc/>
    private protected override void EndPass() => Tree.EndCanceling(this);
}
