namespace Fibula;

/// <summary>Finds the tasks of a tree that were asked to cancel and have not reacted for some time, and reports each once.</summary>
/// <param name="tree">The tree. Its gate guards every field; the clock, which may be the program's own, is called outside it.</param>
internal sealed class UnresponsiveWatch(TaskTree tree)
{
    // Idle ──a task is asked──► Armed ──tick, others are still in their time──► Armed
    //                             └──────tick, nobody is; or the root is closed──────► Idle
    private ITimer? _timer;
    private long _dueAt = long.MaxValue;

    /// <summary>Outside the gate: a task was asked to cancel.</summary>
    public void OnCancelRequested(TimeSpan limit)
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
        var look = new UnresponsiveLook(tree, tree.Now(), tree.TimeProvider.GetUtcNow());
        while (tree.LookAtSome(look))
        {
        }

        look.Rung?.Dispose();
        if (look.Next != TimeSpan.MaxValue)
        {
            Arm(look.Next);
        }

        look.Late.ForEach(static task => task.Tree.DispatchInOrder(static task => Raise((BackgroundTask)task!), task));
    }

    private static void Raise(BackgroundTask task)
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
        if (tree.TryArmWatch(dueAt))
        {
            ITimer timer = LongTimer.Create(tree.TimeProvider, static watch => ((UnresponsiveWatch)watch!).Tick(), this, due);
            tree.KeepWatch(dueAt, timer)?.Dispose();
        }
    }

    /// <summary>Under the gate: a look is needed at a moment.</summary>
    /// <returns>False where one comes before.</returns>
    internal bool TryArmUnderGate(long dueAt)
    {
        tree.AssertHeld();
        bool isEarlier = dueAt < _dueAt;
        _dueAt = isEarlier ? dueAt : _dueAt;
        return isEarlier;
    }

    /// <summary>Under the gate: keeps the timer of a look, unless an earlier one has come in between, or the look or the close that needs none.</summary>
    /// <returns>A timer that is not needed.</returns>
    internal ITimer? KeepTimerUnderGate(long dueAt, ITimer timer)
    {
        tree.AssertHeld();
        if (_dueAt != dueAt)
        {
            return timer;
        }

        ITimer? last = _timer;
        _timer = timer;
        return last;
    }
}
