namespace Fibula;

/// <summary>Finds the tasks of a tree that were asked to cancel and have not reacted for some time, and reports each once.</summary>
internal static class UnresponsiveWatch
{
    // Idle ──a task is asked──► Armed ──tick, others are still in their time──► Armed
    //                             └──────tick, nobody is; or the root is closed──────► Idle
    //
    // The state is the tree's. The clock, which may be the program's own, is called outside the gate.

    /// <summary>A task was asked to cancel.</summary>
    public static void OnCancelRequested(ITaskNode task)
    {
        TimeSpan limit = task.Node.Scope.Handle.UnresponsiveAfter;
        if (limit != Timeout.InfiniteTimeSpan)
        {
            Arm(task.Tree, limit);
        }
    }

    private static void Arm(TaskTree tree, TimeSpan due)
    {
        long now = tree.Now();
        long dueAt = due.Ticks < long.MaxValue - now ? now + due.Ticks : long.MaxValue - 1;

        // Without the gate: a look that begins after the task was asked finds it, and one that began before has taken its key away.
        if (dueAt < tree.NextLook.KeyWithoutGate && tree.TryArmNextLook(dueAt))
        {
            ITimer timer = LongTimer.Create(tree.TimeProvider, static tree => Tick((TaskTree)tree!), tree, due);
            tree.Keep(ref tree.NextLook, dueAt, timer)?.Dispose();
        }
    }

    private static void Tick(TaskTree tree)
    {
        var look = new UnresponsiveLook(tree, tree.Now(), tree.TimeProvider.GetUtcNow());
        while (tree.LookAtSome(look))
        {
        }

        look.Rung?.Dispose();
        if (look.Next != TimeSpan.MaxValue)
        {
            Arm(tree, look.Next);
        }

        if (look.Late.Count > 0)
        {
            RaiseLater(tree, new Queue<ITaskNode>(look.Late));
        }
    }

    private static void RaiseLater(TaskTree tree, Queue<ITaskNode> late) => tree.DispatchInOrder(_ => RaiseSome(tree, late), null);

    // As many as leave the UI thread free in between: there may be very many.
    private static void RaiseSome(TaskTree tree, Queue<ITaskNode> late)
    {
        long began = Clocks.ExactTicks(tree.TimeProvider);
        while (late.TryDequeue(out ITaskNode? task))
        {
            Raise(task);
            if (Clocks.ExactTicks(tree.TimeProvider) - began >= ScopeRequest.SliceLimit.Ticks)
            {
                RaiseLater(tree, late);
                return;
            }
        }
    }

    private static void Raise(ITaskNode task)
    {
        if (!task.Node.IsCompleted)
        {
            FibulaEventSource.Log.Unresponsive(task);
            task.RaiseUnresponsive();
        }
    }
}
