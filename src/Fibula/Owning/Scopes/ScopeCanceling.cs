namespace Fibula;

/// <summary>One <see cref="TaskScope.Cancel"/>: cancels the tasks that were there when it was called, and leaves the scope open.</summary>
internal sealed class ScopeCanceling(ScopeNode scope, CancelReason reason) : ScopeRequest(scope, reason)
{
    private int _lastId;
    private HashSet<ITaskNode>? _newcomers;

    /// <inheritdoc/>
    public override bool IsExplicit => true;

    private protected override TimeSpan Now => new(Clocks.ExactTicks(Tree.TimeProvider));

    // So many cost little, and with few tasks all are canceled by the time Cancel returns.
    private protected override int LeastAtOnce => 256;

    private protected override bool IsToRunHere => true;

    /// <summary>Any thread, outside the gate.</summary>
    public static void Run(ScopeNode scope, CancelReason reason)
    {
        var canceling = new ScopeCanceling(scope, reason);
        canceling.Run(scope.Tree.BeginCanceling(scope, canceling, out canceling._lastId), canceling.Now);
    }

    /// <inheritdoc/>
    public override bool Reaches(ITaskNode task)
    {
        ref TaskNode node = ref task.Node;
        return node.Id <= _lastId
            && node.Extras is not { Joined: not null }
            && !node.IsShielded
            && node.Scope.IsWithin(Scope)
            && _newcomers?.Contains(task) is not true;
    }

    /// <inheritdoc/>
    public override bool Concerns(ITaskNode task) => Reaches(task);

    /// <inheritdoc/>
    public override void RequestCancel(ITaskNode task) => TaskEffectRunner.RequestCancel(task, Reason, among: this);

    /// <inheritdoc/>
    public override void OnArrived(ITaskNode task)
    {
        if (task.Node.Scope.IsWithin(Scope))
        {
            (_newcomers ??= []).Add(task);
        }
    }

    /// <inheritdoc/>
    private protected override void Visit(ITaskNode task, TimeSpan now)
    {
        if (task.Node.Extras?.Joined is JoinedRoot joined)
        {
            joined.CancelTasks(Reason);
        }
        else
        {
            RequestCancel(task);
        }
    }

    /// <inheritdoc/>
    private protected override void End() => Tree.EndCanceling(this);
}
