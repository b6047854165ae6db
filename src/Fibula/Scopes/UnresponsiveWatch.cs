namespace Fibula;

/// <summary>Finds the tasks of a tree that were told to cancel and have not reacted for some time, and tells of each once.</summary>
/// <param name="tree">The tree. Its gate guards every field.</param>
internal sealed class UnresponsiveWatch(ScopeTree tree)
{
    // Idle ──a task is told──► Armed ──tick, others are still in their time──► Armed
    //                            └──────tick, nobody is; or the root is closed──────► Idle
    private ITimer? _timer;
    private long _dueAt = long.MaxValue;

    /// <summary>Outside the gate: a task was told to cancel.</summary>
    public void OnTold(TimeSpan limit)
    {
        if (limit == Timeout.InfiniteTimeSpan)
        {
            return;
        }

        lock (tree.Gate)
        {
            Arm(limit);
        }
    }

    /// <summary>Under the gate: the root is closed, and its report has told of everybody.</summary>
    public void Stop()
    {
        _timer?.Dispose();
        _timer = null;
        _dueAt = long.MaxValue;
    }

    private void Tick()
    {
        var unresponsive = new List<BackgroundTask>();
        lock (tree.Gate)
        {
            Stop();
            var live = new List<BackgroundTask>();
            tree.Root.CollectUnderGate(live);
            foreach (BackgroundTask task in live)
            {
                if (!task.MayBecomeUnresponsive || task.Scope.UnresponsiveAfter == Timeout.InfiniteTimeSpan)
                {
                    continue;
                }

                TimeSpan late = task.ToldFor - task.TimeAfterTold;
                if (late < task.Scope.UnresponsiveAfter)
                {
                    Arm(late < -ScopeTree.LongestTimer ? ScopeTree.LongestTimer : task.Scope.UnresponsiveAfter - late);
                }
                else
                {
                    task.IsUnresponsive = true;
                    unresponsive.Add(task);
                }
            }
        }

        unresponsive.ForEach(static task => task.Scope.Tree.DispatchInOrder(static task => Tell((BackgroundTask)task!), task));
    }

    private static void Tell(BackgroundTask task)
    {
        if (!task.IsCompleted)
        {
            FibulaEventSource.Log.Unresponsive(task);
            task.Scope.RaiseUnresponsive(task);
        }
    }

    // A timer of our own clock's: made under the gate, it takes that only when it rings.
    private void Arm(TimeSpan due)
    {
        due = due < ScopeTree.LongestTimer ? due : ScopeTree.LongestTimer;
        long dueAt = tree.Now() + due.Ticks;
        if (dueAt >= _dueAt)
        {
            return;
        }

        _timer?.Dispose();
        _dueAt = dueAt;
        _timer = tree.TimeProvider.CreateTimer(static watch => ((UnresponsiveWatch)watch!).Tick(), this, due, Timeout.InfiniteTimeSpan);
    }
}
