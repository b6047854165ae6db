namespace Fibula;

/// <summary>One look at all live tasks of a tree, in batches: which were asked to cancel, and have not reacted in their time.</summary>
/// <param name="tree">The tree.</param>
/// <param name="now">The time, read before the gate.</param>
/// <param name="utcNow">The same as a date.</param>
internal sealed class UnresponsiveLook(TaskTree tree, long now, DateTimeOffset utcNow)
{
    private TaskWalk? _walk;

    /// <summary>Those whose time is over, each for the first time.</summary>
    public List<ITaskNode> Late { get; } = [];

    /// <summary>How long it takes until the next one's is; <see cref="TimeSpan.MaxValue"/> for nobody's.</summary>
    public TimeSpan Next { get; private set; } = TimeSpan.MaxValue;

    /// <summary>The timer that has rung, to be disposed of.</summary>
    public ITimer? Rung { get; private set; }

    /// <summary>Under the gate: looks at the next few.</summary>
    /// <returns>False if it has looked at all.</returns>
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
        Next = left < Next ? left : Next;
    }

    // It was asked, its own work has not ended, and nobody has heard of it yet.
    private static bool IsSilent(in TaskNode node) =>
        node is { State: BackgroundTaskState.Canceling, IsBodyEnded: false, Extras: not { IsUnresponsive: true } };
}
