namespace Fibula;

/// <summary>Finds the tasks of a tree that were asked to cancel and have not reacted for some time, and reports each once.</summary>
/// <param name="tree">The tree. Its gate guards every field; the clock, which may be the program's own, is called outside it.</param>
internal sealed class UnresponsiveWatch(ScopeTree tree)
{
    // Idle ──a task is asked──► Armed ──tick, others are still in their time──► Armed
    //                             └──────tick, nobody is; or the root is closed──────► Idle
    private ITimer? _timer;
    private long _dueAt = long.MaxValue;

    /// <summary>Outside the gate: a task was asked to cancel.</summary>
    public void OnTold(TimeSpan limit)
    {
        if (limit != Timeout.InfiniteTimeSpan)
        {
            Arm(limit);
        }
    }

    /// <summary>Under the gate: the root is closed, and its report has named everybody.</summary>
    /// <returns>The timer, to be disposed of outside the gate.</returns>
    public ITimer? TakeTimer()
    {
        ITimer? timer = _timer;
        _timer = null;
        _dueAt = long.MaxValue;
        return timer;
    }

    private void Tick()
    {
        var unresponsive = new List<BackgroundTask>();
        TimeSpan next = TimeSpan.MaxValue;
        long now = tree.Now();
        DateTimeOffset utcNow = tree.TimeProvider.GetUtcNow();
        ITimer? rung;
        lock (tree.Gate)
        {
            rung = TakeTimer();
            var live = new List<BackgroundTask>();
            tree.Root.CollectUnderGate(live);
            foreach (BackgroundTask task in live)
            {
                if (!task.MayBecomeUnresponsive || task.Scope.UnresponsiveAfter == Timeout.InfiniteTimeSpan)
                {
                    continue;
                }

                TimeSpan late = task.ToldFor(now, utcNow) - task.TimeAfterTold;
                if (late < task.Scope.UnresponsiveAfter)
                {
                    TimeSpan left = late < TimeSpan.Zero && task.Scope.UnresponsiveAfter > TimeSpan.MaxValue + late
                        ? TimeSpan.MaxValue
                        : task.Scope.UnresponsiveAfter - late;
                    next = left < next ? left : next;
                }
                else
                {
                    task.IsUnresponsive = true;
                    unresponsive.Add(task);
                }
            }
        }

        rung?.Dispose();
        if (next != TimeSpan.MaxValue)
        {
            Arm(next);
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

    private void Arm(TimeSpan due)
    {
        long now = tree.Now();
        long dueAt = due.Ticks < long.MaxValue - now ? now + due.Ticks : long.MaxValue - 1;
        lock (tree.Gate)
        {
            if (dueAt >= _dueAt)
            {
                return;
            }

            _dueAt = dueAt;
        }

        ITimer? unneeded = LongTimer.Create(tree.TimeProvider, static watch => ((UnresponsiveWatch)watch!).Tick(), this, due);
        lock (tree.Gate)
        {
            // An earlier one may have come in between, or the tick or the close that needs none.
            if (_dueAt == dueAt)
            {
                (unneeded, _timer) = (_timer, unneeded);
            }
        }

        unneeded?.Dispose();
    }
}
