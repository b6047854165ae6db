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

    internal TaskCounts Counts => _counts;

    /// <summary>Under the gate.</summary>
    internal BackgroundTask? FirstTask => _tasks.First;

    /// <summary>Under the gate: those who live, here or, having been left behind, under the root.</summary>
    internal int LivingCount => LiveCount + (Parent is null ? Tree.LeftBehindCount : _counts.Left);

    /// <summary>Under the gate: how many live in the subtree.</summary>
    internal int LiveCount
    {
        get
        {
            int count = _tasks.Count;
            for (LinkedListNode<TaskScope>? child = _liveChildren?.First; child is not null; child = child.Next)
            {
                count += child.Value.LiveCount;
            }

            return count;
        }
    }

    internal bool IsIdle => _tasks.IsEmpty && _liveChildren is not { Count: > 0 };

    internal List<BackgroundTask> LiveTasks()
    {
        var tasks = new List<BackgroundTask>();
        lock (Tree.Gate)
        {
            CollectUnderGate(tasks);
        }

        return tasks;
    }

    /// <summary>Outside the gate: all live tasks of the subtree, and of the roots on other UI threads that are joined to it.</summary>
    internal IEnumerable<BackgroundTask> LiveTasksEverywhere() =>
        LiveTasks().SelectMany(static task => task is JoinedRoot joined ? joined.Tasks : [task]);

    /// <summary>Under the gate: all live tasks of the subtree.</summary>
    internal void CollectUnderGate(List<BackgroundTask> into)
    {
        for (BackgroundTask? task = _tasks.First; task is not null; task = task.Next)
        {
            into.Add(task);
        }

        for (LinkedListNode<TaskScope>? child = _liveChildren?.First; child is not null; child = child.Next)
        {
            child.Value.CollectUnderGate(into);
        }
    }

    /// <summary>Under the gate: this scope and its descendants that have live work.</summary>
    internal void CollectScopesUnderGate(List<TaskScope> into)
    {
        into.Add(this);
        for (LinkedListNode<TaskScope>? child = _liveChildren?.First; child is not null; child = child.Next)
        {
            child.Value.CollectScopesUnderGate(into);
        }
    }

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

    /// <summary>Takes a new task in; a scope that is closed, or closing and asked from outside, ends it as canceled instead.</summary>
    /// <returns>False if the task was refused.</returns>
    internal bool Admit(BackgroundTask task, BackgroundTask? parent, bool beginsNow)
    {
        BackgroundTask? starter = parent ?? AmbientTask.CurrentTask;
        ScopeState state;
        TaskScope nearest;
        lock (Tree.Gate)
        {
            // A child is where its parent is, which may have moved since it was asked.
            TaskScope home = parent?.Scope ?? this;
            state = home.StateUnderGate(out nearest);
            bool isInside = starter is { IsCompleted: false } && starter.Tree == Tree && starter.Scope.IsWithin(nearest);
            if (state == ScopeState.Open || (state == ScopeState.Closing && isInside))
            {
                BackgroundTask? teller = parent ?? (state == ScopeState.Closing ? starter : null);
                task.Join(home, parent, starter, teller, beginsNow);
                home.Add(task);
                return true;
            }
        }

        string word = state == ScopeState.Closing ? "is closing" : "is closed";
        task.Refuse(Tree.NewReason(
            $"scope '{nearest.Name}'",
            $"Scope '{nearest.Name}' {word} and takes no new tasks. Start '{task.Name}' earlier, or in a scope that lives longer."));
        return false;
    }

    /// <summary>Takes in a task that runs already, whatever the state of the scope: in a closed one it is a survivor from the start.</summary>
    /// <returns>False if the scope is closed.</returns>
    internal bool AdmitForeign(BackgroundTask task)
    {
        lock (Tree.Gate)
        {
            ScopeState state = StateUnderGate(out _);
            task.Join(this, parent: null, AmbientTask.CurrentTask, teller: null, beginsNow: true);
            Add(task);
            if (state == ScopeState.Closed)
            {
                LeaveBehind(task);
            }

            return state != ScopeState.Closed;
        }
    }

    /// <summary>Under the gate: whether anybody may start here.</summary>
    internal bool IsOpenUnderGate => StateUnderGate(out _) == ScopeState.Open;

    /// <summary>Under the gate: a task comes over from another scope of the tree. This one is open.</summary>
    /// <param name="from">Its scope up to now.</param>
    /// <param name="task">The task.</param>
    /// <param name="advance">Gets the closings that were waiting for it alone.</param>
    internal void TakeFrom(TaskScope from, BackgroundTask task, List<ScopeClosing> advance)
    {
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
    /// <returns>The closings that were waiting for it alone; null for none.</returns>
    internal ScopeClosing[]? Remove(BackgroundTask task)
    {
        if (task.IsLeftBehind)
        {
            Tree.RemoveLeftBehind(task);
            Tree.Root._counts.Ended(task.State);
            UnregisterIdleRoot();
            return null;
        }

        Unlist(task);
        DetachIdleScopes();
        List<ScopeClosing>? drained = null;
        for (TaskScope? scope = this; scope is not null; scope = scope.Parent)
        {
            scope._counts.Ended(task.State);
            if (scope._closing is { } closing && closing.OnEnded(task))
            {
                (drained ??= []).Add(closing);
            }
        }

        return drained?.ToArray();
    }

    /// <summary>Under the gate: the task is not waited for any longer; the root lists it until it ends.</summary>
    internal void LeaveBehind(BackgroundTask task)
    {
        for (TaskScope? scope = this; scope is not null; scope = scope.Parent)
        {
            scope._counts.Left += scope.Parent is null ? 0 : 1;
            scope._closing?.OnLeft(task);
        }

        Unlist(task);
        task.LeaveBehind();
        Tree.AddLeftBehind(task);
        DetachIdleScopes();
    }

    /// <summary>Under the gate: this scope's state, which is that of its most closed ancestor.</summary>
    private ScopeState StateUnderGate(out TaskScope decisive)
    {
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

        UnregisterIdleRoot();
    }

    private void UnregisterIdleRoot()
    {
        if (Tree.Root.IsIdle && !Tree.HasLeftBehind)
        {
            Tree.Unregister();
        }
    }

    private ScopeSnapshot SnapshotUnderGate()
    {
        var tasks = new List<BackgroundTask>();
        for (BackgroundTask? task = _tasks.First; task is not null; task = task.Next)
        {
            tasks.Add(task);
        }

        if (Parent is null)
        {
            Tree.CollectLeftBehind(tasks);
        }

        IEnumerable<ScopeSnapshot> children = _liveChildren?.Select(child => child.SnapshotUnderGate()) ?? [];
        return new ScopeSnapshot(Name, [.. tasks.Select(task => new TaskSnapshot(task))], [.. children]);
    }
}
