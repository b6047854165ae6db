namespace Fibula;

/// <summary>Looks at all live tasks of a tree, in batches, for those that were asked to cancel and have not reacted in time.</summary>
/// <param name="tree">The tree.</param>
/// <param name="now">The time, read before the gate.</param>
/// <param name="utcNow">The same as a date.</param>
internal sealed class UnresponsiveLook(TaskTree tree, long now, DateTimeOffset utcNow)
{
    private TaskWalk? _walk;

    /// <summary>The tasks that have become unresponsive.</summary>
    public List<ITaskNode> Late { get; } = [];

    /// <summary>The time until the next task becomes unresponsive; <see cref="TimeSpan.MaxValue"/> for none.</summary>
    public TimeSpan Next { get; private set; } = TimeSpan.MaxValue;

    /// <summary>The timer that has fired, to be disposed of.</summary>
    public ITimer? Rung { get; private set; }

    /// <summary>Under the gate: looks at the next batch.</summary>
    /// <returns>False after the last batch.</returns>
    public bool LookAtSome()
    {
        tree.AssertHeld();
        if (_walk is null)
        {
            _walk = new TaskWalk(tree.Root.LiveScopes());
            Rung = tree.TakeNextLook();
        }

        List<ITaskNode> batch = _walk.TakeBatch();
        batch.ForEach(LookAt);
        return batch.Count > 0;
    }

    private void LookAt(ITaskNode task)
    {
        ref TaskNode node = ref task.Node;
        TimeSpan limit = node.Scope.Handle.UnresponsiveAfter;
        if (!IsSilent(node) || limit == Timeout.InfiniteTimeSpan)
        {
            return;
        }

        TimeSpan silentFor = node.Reason!.Since(utcNow, node.ElapsedAt(now)) - (node.Extras?.Joined?.TimeToFinish ?? TimeSpan.Zero);
        if (silentFor >= limit)
        {
            node.NeedExtras().IsUnresponsive = true;
            Late.Add(task);
            return;
        }

        TimeSpan left = silentFor < TimeSpan.Zero && limit > TimeSpan.MaxValue + silentFor ? TimeSpan.MaxValue : limit - silentFor;
        Next = ClosePlan.Min(left, Next);
    }

    // Asked to cancel, with its own work still running, and not reported yet.
    private static bool IsSilent(in TaskNode node) =>
        node is { State: BackgroundTaskState.Canceling, IsBodyEnded: false, Extras: not { IsUnresponsive: true } };
}
