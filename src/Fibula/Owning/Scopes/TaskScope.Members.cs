namespace Fibula;

/// <content>Who belongs to the scope: the lists, the counts, and who may still come in.</content>
public sealed partial class TaskScope
{
    // Open ──► Closing ──► Closed. A scope is at least as far as each of its ancestors.
    //
    // The tree's gate guards the fields below. A parent refers to a child only while that has live tasks or live children
    // (_liveChildren): so a forgotten scope is collected, and "the subtree is empty" is one look at two lists.
    private ScopeState _state;
    private TaskList _tasks;
    private LinkedList<TaskScope>? _liveChildren;
    private LinkedListNode<TaskScope>? _nodeInParent;
    private TaskCounts _counts;
    private List<ScopeWalk>? _walks;

    // How many tasks of the subtree have ended while something that they had queued for a view has not run.
    private int _beingShown;

    internal TaskCounts Counts => _counts;

    /// <summary>Under the gate.</summary>
    internal BackgroundTask? FirstTask => _tasks.First;

    /// <summary>Under the gate: those who live, here or, having been left behind, under the root.</summary>
    internal int LivingCount => LiveCount + (Parent is null ? Tree.Survivors.LivingCount : _counts.Left);

    /// <summary>Under the gate: how many live in the subtree.</summary>
    internal int LiveCount
    {
        get
        {
            if (_liveChildren is null)
            {
                return _tasks.Count;
            }

            int count = 0;
            foreach (TaskScope scope in LiveSubtree())
            {
                count += scope._tasks.Count;
            }

            return count;
        }
    }

    /// <summary>Under the gate: something that ended tasks have queued for a view has not run, and a loop runs on which it will.</summary>
    internal bool IsBeingShown => _beingShown > 0 && Tree.Loop is { IsRunning: true };

    internal bool IsIdle => _tasks.IsEmpty && _liveChildren is not { Count: > 0 };

    /// <summary>Outside the gate: all live tasks of the subtree.</summary>
    internal List<BackgroundTask> LiveTasks() => Tree.LiveTasks(this);

    /// <summary>Outside the gate: all live tasks of the subtree, and of the roots on other UI threads that are joined to it.</summary>
    internal IEnumerable<BackgroundTask> LiveTasksEverywhere() =>
        LiveTasks().SelectMany(static task => task is JoinedRoot joined ? joined.Tasks : [task]);

    /// <summary>Under the gate: all live tasks of the subtree.</summary>
    internal List<BackgroundTask> LiveTasksUnderGate()
    {
        Tree.AssertHeld();
        var tasks = new List<BackgroundTask>();
        foreach (TaskScope scope in LiveSubtree())
        {
            scope._tasks.CollectInto(tasks);
        }

        return tasks;
    }

    /// <summary>Under the gate: this scope and its descendants that have live work.</summary>
    internal void CollectScopesUnderGate(List<TaskScope> into) => into.AddRange(LiveSubtree());

    /// <summary>Under the gate: a walk goes over the tasks of this scope, and is told of those that leave.</summary>
    internal void BeginWalk(ScopeWalk walk) => (_walks ??= []).Add(walk);

    /// <summary>Under the gate.</summary>
    internal void EndWalk(ScopeWalk walk) => _walks?.Remove(walk);

    internal bool IsWithin(TaskScope ancestor)
    {
        for (TaskScope? scope = this; scope is not null; scope = scope.Parent)
        {
            if (scope == ancestor)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Under the gate: why the scope, or one around it, closes; null while it is open.</summary>
    internal CancelReason? CloseReasonUnderGate => StateUnderGate(out TaskScope nearest) == ScopeState.Open ? null : nearest._closing?.Reason;

    /// <summary>Under the gate: whether anybody may start here.</summary>
    internal bool IsOpenUnderGate => StateUnderGate(out _) == ScopeState.Open;

    /// <summary>Under the gate: a task comes over from another scope of the tree. This one is open.</summary>
    /// <param name="from">Its scope up to now.</param>
    /// <param name="task">The task.</param>
    /// <param name="advance">Gets the closings that were waiting for it alone.</param>
    internal void TakeFrom(TaskScope from, BackgroundTask task, List<ScopeClosing> advance)
    {
        Tree.AssertHeld();
        from.Unlist(task);
        for (TaskScope? scope = from; scope is not null && !IsWithin(scope); scope = scope.Parent)
        {
            scope._counts.Started--;
            if (scope._closing is { } closing && closing.OnMoved(task))
            {
                advance.Add(closing);
            }
        }

        List(task);
        for (TaskScope? scope = this; scope is not null && !from.IsWithin(scope); scope = scope.Parent)
        {
            scope._counts.Started++;
        }

        from.DetachIdleScopes();
    }

    /// <summary>Under the gate: a task has ended.</summary>
    /// <param name="task">The task.</param>
    /// <param name="isShown">It queues something for a view; <see cref="EndShown"/> follows.</param>
    /// <returns>The closings that were waiting for it alone; null for none.</returns>
    internal ScopeClosing[]? Remove(BackgroundTask task, bool isShown)
    {
        Tree.AssertHeld();
        if (task.IsLeftBehind)
        {
            Tree.Survivors.Remove(task);
            Tree.Root._counts.Ended(task.State);
            Tree.UnregisterIfIdle();
            return null;
        }

        Unlist(task);
        DetachIdleScopes();
        List<ScopeClosing>? drained = null;
        for (TaskScope? scope = this; scope is not null; scope = scope.Parent)
        {
            scope._counts.Ended(task.State);
            scope._beingShown += isShown ? 1 : 0;
            if (scope._closing is { } closing && closing.OnEnded(task))
            {
                (drained ??= []).Add(closing);
            }
        }

        return drained?.ToArray();
    }

    /// <summary>Under the gate: something else is to be shown in a view before a close is over; <see cref="EndShown"/> follows.</summary>
    private void BeginShown()
    {
        Tree.AssertHeld();
        for (TaskScope? scope = this; scope is not null; scope = scope.Parent)
        {
            scope._beingShown++;
        }
    }

    /// <summary>Outside the gate: everything that an ended task has queued for a view has run. Closes may have waited for that.</summary>
    internal void EndShown() => Tree.EndShown(this)?.ForEach(static closing => closing.Advance());

    /// <summary>Under the gate: something has been shown.</summary>
    /// <returns>The closings that may have waited for that; null for none.</returns>
    internal List<ScopeClosing>? EndShownUnderGate()
    {
        Tree.AssertHeld();
        List<ScopeClosing>? over = null;
        for (TaskScope? scope = this; scope is not null; scope = scope.Parent)
        {
            scope._beingShown--;
            if (scope._beingShown == 0 && scope._closing is { } closing)
            {
                (over ??= []).Add(closing);
            }
        }

        return over;
    }

    /// <summary>Under the gate: the task is not waited for any longer; the root lists it until it ends.</summary>
    /// <returns>A parent that does not wait for it any longer either, see <see cref="BackgroundTask.ChildLeft"/>; null for none.</returns>
    internal BackgroundTask? LeaveBehind(BackgroundTask task, long now)
    {
        Tree.AssertHeld();
        for (TaskScope? scope = this; scope is not null; scope = scope.Parent)
        {
            scope._counts.Left += scope.Parent is null ? 0 : 1;
            scope._closing?.OnLeft(task, now);
        }

        Unlist(task);
        BackgroundTask? parent = task.LeaveBehind();
        Tree.Survivors.Add(task);
        DetachIdleScopes();
        return parent;
    }

    /// <summary>Under the gate: this scope's state, which is that of its most closed ancestor.</summary>
    internal ScopeState StateUnderGate(out TaskScope decisive)
    {
        Tree.AssertHeld();
        decisive = this;
        if (Tree.Loop is { HasEnded: true })
        {
            return ScopeState.Closed;
        }

        for (TaskScope? scope = Parent; scope is not null; scope = scope.Parent)
        {
            if (scope._state > decisive._state)
            {
                decisive = scope;
            }
        }

        return decisive._state;
    }

    private void Unlist(BackgroundTask task)
    {
        Tree.AssertHeld();
        if (_walks is not null)
        {
            foreach (ScopeWalk walk in _walks)
            {
                walk.OnLeaving(task);
            }
        }

        _tasks.Remove(task);
    }

    private void Add(BackgroundTask task)
    {
        List(task);
        for (TaskScope? scope = this; scope is not null; scope = scope.Parent)
        {
            scope._counts.Started++;
            scope._closing?.OnAdded();
        }
    }

    private void List(BackgroundTask task)
    {
        Tree.AssertHeld();
        _tasks.Add(task);
        TaskScope? scope = this;
        for (; scope.Parent is { } parent && scope._nodeInParent?.List is null; scope = parent)
        {
            parent._liveChildren ??= new LinkedList<TaskScope>();
            scope._nodeInParent ??= new LinkedListNode<TaskScope>(scope);
            parent._liveChildren.AddLast(scope._nodeInParent);
        }

        if (scope.Parent is null)
        {
            Tree.Register();
        }
    }

    private void DetachIdleScopes()
    {
        TaskScope scope = this;
        for (; scope.IsIdle && scope.Parent is { } parent; scope = parent)
        {
            if (scope._nodeInParent?.List is not null)
            {
                parent._liveChildren!.Remove(scope._nodeInParent);
            }
        }

        Tree.UnregisterIfIdle();
    }

    /// <summary>Under the gate: the tasks of this scope alone; at the root also those left behind.</summary>
    internal List<BackgroundTask> ListedTasks()
    {
        Tree.AssertHeld();
        var tasks = new List<BackgroundTask>();
        _tasks.CollectInto(tasks);
        if (Parent is null)
        {
            Tree.Survivors.CollectInto(tasks);
        }

        return tasks;
    }

    /// <summary>Under the gate: this scope and its descendants that have live work, each after the one around it. Not recursive: scopes may be nested deeply.</summary>
    internal IEnumerable<TaskScope> LiveSubtree()
    {
        if (_liveChildren is not { Count: > 0 })
        {
            yield return this;
            yield break;
        }

        var waiting = new Stack<TaskScope>([this]);
        while (waiting.TryPop(out TaskScope? scope))
        {
            yield return scope;
            for (LinkedListNode<TaskScope>? child = scope._liveChildren?.Last; child is not null; child = child.Previous)
            {
                waiting.Push(child.Value);
            }
        }
    }
}
