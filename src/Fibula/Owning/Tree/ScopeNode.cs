namespace Fibula;

/// <summary>The state of one scope: who belongs to it, how they ended, and how far its close has come. Guarded by the tree's gate.</summary>
internal sealed class ScopeNode(TaskScope scope)
{
    // Open ──► Closing ──► Closed. A scope is at least as far as each of its ancestors.
    //
    // The tree's gate guards the fields below. A parent refers to a child only while that has live tasks or live children
    // (_liveChildren): so a forgotten scope is collected, and "the subtree is empty" is one look at two lists.
    private ScopeState _state;
    private TaskList _tasks;
    private LinkedList<ScopeNode>? _liveChildren;
    private LinkedListNode<ScopeNode>? _nodeInParent;
    private TaskCounts _counts;
    private List<ScopeWalk>? _walks;

    // How many tasks of the subtree have ended while something that they had queued for a view has not run.
    private int _beingShown;

    public TaskScope Scope => scope;

    public ScopeNode? Parent { get; } = scope.Parent?.Node;

    /// <summary>Exists from the first request to close on, and keeps the report.</summary>
    public ScopeClose? Closing { get; private set; }

    public TaskCounts Counts => _counts;

    private TaskTree Tree => scope.Tree;

    /// <summary>Under the gate.</summary>
    public BackgroundTask? FirstTask => _tasks.First;

    /// <summary>Under the gate: those who live, here or, having been left behind, under the root.</summary>
    public int LivingCount => LiveCount + (Parent is null ? Tree.Survivors.LivingCount : _counts.Left);

    /// <summary>Under the gate: how many live in the subtree.</summary>
    public int LiveCount
    {
        get
        {
            if (_liveChildren is null)
            {
                return _tasks.Count;
            }

            int count = 0;
            foreach (ScopeNode node in LiveSubtree())
            {
                count += node._tasks.Count;
            }

            return count;
        }
    }

    /// <summary>Under the gate: something that ended tasks have queued for a view has not run, and a loop runs on which it will.</summary>
    public bool IsBeingShown => _beingShown > 0 && Tree.Loop is { IsRunning: true };

    public bool IsIdle => _tasks.IsEmpty && _liveChildren is not { Count: > 0 };

    /// <summary>Under the gate: all live tasks of the subtree.</summary>
    public List<BackgroundTask> LiveTasksUnderGate()
    {
        Tree.AssertHeld();
        var tasks = new List<BackgroundTask>();
        foreach (ScopeNode node in LiveSubtree())
        {
            node._tasks.CollectInto(tasks);
        }

        return tasks;
    }

    /// <summary>Under the gate: a walk goes over the tasks of this scope, and is told of those that leave.</summary>
    public void BeginWalk(ScopeWalk walk) => (_walks ??= []).Add(walk);

    /// <summary>Under the gate.</summary>
    public void EndWalk(ScopeWalk walk) => _walks?.Remove(walk);

    public bool IsWithin(ScopeNode ancestor)
    {
        ScopeNode? node = this;
        while (node is not null && node != ancestor)
        {
            node = node.Parent;
        }

        return node is not null;
    }

    /// <summary>Under the gate: why the scope, or one around it, closes; null while it is open.</summary>
    public CancelReason? CloseReasonUnderGate => StateUnderGate(out ScopeNode nearest) == ScopeState.Open ? null : nearest.Closing?.Reason;

    /// <summary>Under the gate: whether anybody may start here.</summary>
    public bool IsOpenUnderGate => StateUnderGate(out _) == ScopeState.Open;

    /// <summary>Under the gate: a task comes over from another scope of the tree. This one is open.</summary>
    /// <param name="from">Its scope up to now.</param>
    /// <param name="task">The task.</param>
    /// <param name="advance">Gets the closings that were waiting for it alone.</param>
    public void TakeFrom(ScopeNode from, BackgroundTask task, List<ScopeClose> advance)
    {
        Tree.AssertHeld();
        from.Unlist(task);
        for (ScopeNode? node = from; node is not null && !IsWithin(node); node = node.Parent)
        {
            node._counts.Started--;
            if (node.Closing is { } closing && closing.Ledger.OnGone(task))
            {
                advance.Add(closing);
            }
        }

        List(task);
        for (ScopeNode? node = this; node is not null && !from.IsWithin(node); node = node.Parent)
        {
            node._counts.Started++;
        }

        from.DetachIdleScopes();
    }

    /// <summary>Under the gate: a task has ended.</summary>
    /// <param name="task">The task.</param>
    /// <param name="isShown">It queues something for a view; <see cref="EndShownUnderGate"/> follows.</param>
    /// <returns>The closings that were waiting for it alone; null for none.</returns>
    public ScopeClose[]? Remove(BackgroundTask task, bool isShown)
    {
        Tree.AssertHeld();
        if (task.IsLeftBehind)
        {
            Tree.Survivors.Remove(task);
            Tree.Root.Node._counts.Ended(task.State);
            Tree.UnregisterIfIdle();
            return null;
        }

        Unlist(task);
        DetachIdleScopes();
        List<ScopeClose>? drained = null;
        for (ScopeNode? node = this; node is not null; node = node.Parent)
        {
            node._counts.Ended(task.State);
            node._beingShown += isShown ? 1 : 0;
            if (node.Closing is { } closing && closing.Ledger.OnEnded(task))
            {
                (drained ??= []).Add(closing);
            }
        }

        return drained?.ToArray();
    }

    /// <summary>Under the gate: something else is to be shown in a view before a close is over; <see cref="EndShownUnderGate"/> follows.</summary>
    private void BeginShown()
    {
        Tree.AssertHeld();
        for (ScopeNode? node = this; node is not null; node = node.Parent)
        {
            node._beingShown++;
        }
    }

    /// <summary>Under the gate: something has been shown.</summary>
    /// <returns>The closings that may have waited for that; null for none.</returns>
    public List<ScopeClose>? EndShownUnderGate()
    {
        Tree.AssertHeld();
        List<ScopeClose>? over = null;
        for (ScopeNode? node = this; node is not null; node = node.Parent)
        {
            node._beingShown--;
            if (node._beingShown == 0 && node.Closing is { } closing)
            {
                (over ??= []).Add(closing);
            }
        }

        return over;
    }

    /// <summary>Under the gate: the task is not waited for any longer; the root lists it until it ends.</summary>
    /// <returns>A parent that does not wait for it any longer either, see <see cref="TaskEffectRunner.ChildLeft"/>; null for none.</returns>
    public BackgroundTask? LeaveBehind(BackgroundTask task, long now)
    {
        Tree.AssertHeld();
        for (ScopeNode? node = this; node is not null; node = node.Parent)
        {
            node._counts.Left += node.Parent is null ? 0 : 1;
            node.Closing?.Ledger.OnLeft(task, now);
        }

        Unlist(task);
        BackgroundTask? parent = TaskTransitions.LeaveBehind(task);
        Tree.Survivors.Add(task);
        DetachIdleScopes();
        return parent;
    }

    /// <summary>Under the gate: this scope's state, which is that of its most closed ancestor.</summary>
    public ScopeState StateUnderGate(out ScopeNode decisive)
    {
        Tree.AssertHeld();
        decisive = this;
        if (Tree.Loop is { HasEnded: true })
        {
            return ScopeState.Closed;
        }

        for (ScopeNode? node = Parent; node is not null; node = node.Parent)
        {
            if (node._state > decisive._state)
            {
                decisive = node;
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
        for (ScopeNode? node = this; node is not null; node = node.Parent)
        {
            node._counts.Started++;
            node.Closing?.Ledger.OnAdded();
        }
    }

    private void List(BackgroundTask task)
    {
        Tree.AssertHeld();
        _tasks.Add(task);
        ScopeNode node = this;
        for (; node.Parent is { } parent && node._nodeInParent?.List is null; node = parent)
        {
            parent._liveChildren ??= new LinkedList<ScopeNode>();
            node._nodeInParent ??= new LinkedListNode<ScopeNode>(node);
            parent._liveChildren.AddLast(node._nodeInParent);
        }

        if (node.Parent is null)
        {
            Tree.Register();
        }
    }

    private void DetachIdleScopes()
    {
        ScopeNode node = this;
        for (; node.IsIdle && node.Parent is { } parent; node = parent)
        {
            if (node._nodeInParent?.List is not null)
            {
                parent._liveChildren!.Remove(node._nodeInParent);
            }
        }

        Tree.UnregisterIfIdle();
    }

    /// <summary>Under the gate: the tasks of this scope alone; at the root also those left behind.</summary>
    public List<BackgroundTask> ListedTasks()
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
    public IEnumerable<ScopeNode> LiveSubtree()
    {
        if (_liveChildren is not { Count: > 0 })
        {
            yield return this;
            yield break;
        }

        var waiting = new Stack<ScopeNode>([this]);
        while (waiting.TryPop(out ScopeNode? node))
        {
            yield return node;
            for (LinkedListNode<ScopeNode>? child = node._liveChildren?.Last; child is not null; child = child.Previous)
            {
                waiting.Push(child.Value);
            }
        }
    }

    /// <summary>Under the gate: takes a new task in. <see cref="TaskLauncher.CompleteAdmission"/> follows, outside every lock.</summary>
    /// <param name="task">The task.</param>
    /// <param name="parent">The task that ends only after it; null for none.</param>
    /// <param name="starter">The live task in whose flow it is started; null for none.</param>
    /// <param name="beginsNow">It is started on the calling thread.</param>
    /// <param name="now">The time, read before the gate.</param>
    /// <param name="nearest">The scope that decides.</param>
    public AdmitResult AdmitUnderGate(
        BackgroundTask task, BackgroundTask? parent, BackgroundTask? starter, bool beginsNow, long now, out ScopeNode nearest)
    {
        // A child is where its parent is, which may have moved since it was asked.
        ScopeNode home = parent?.Scope.Node ?? this;
        ScopeState state = home.StateUnderGate(out nearest);
        if (parent is { IsCompleted: true })
        {
            return AdmitResult.ParentEnded;
        }

        ScopeNode? ending = state == ScopeState.Closing ? home.EndingAncestor : null;
        bool isFromInside = starter is { IsCompleted: false } && starter.Tree == Tree && starter.Scope.Node.IsWithin(nearest);
        AdmitResult result = ClosePlan.Admit(state, ending is not null, isFromInside);
        if (result is AdmitResult.Closed or AdmitResult.Closing)
        {
            nearest = ending ?? nearest;
            return result;
        }

        BackgroundTask? canceler = parent ?? (result == AdmitResult.AdmittedWhileClosing ? starter : null);
        TaskTransitions.Join(task, home.Scope, parent, starter, canceler, nearest.Closing?.Reason, beginsNow, now);
        home.Add(task);
        return result;
    }

    /// <summary>Under the gate: takes in a task that runs already, whatever the state of the scope: in a closed one it is a survivor from the start.</summary>
    public AdmitResult AdoptUnderGate(BackgroundTask task, BackgroundTask? starter, long now)
    {
        ScopeState state = StateUnderGate(out _);
        AdmitResult result = ClosePlan.Admit(state, state == ScopeState.Closing && EndingAncestor is not null, isFromInside: true);
        TaskTransitions.Join(task, scope, parent: null, starter, canceler: null, closeReason: null, beginsNow: true, now);
        Add(task);
        if (result == AdmitResult.Closed)
        {
            _ = LeaveBehind(task, now);
        }

        return result;
    }

    // Under the gate. This scope, or one around it, whose close looks at no newcomers any more.
    private ScopeNode? EndingAncestor
    {
        get
        {
            ScopeNode? node = this;
            while (node is not null and not { Closing.IsEnding: true })
            {
                node = node.Parent;
            }

            return node;
        }
    }

    /// <summary>Under the gate: a close is asked for.</summary>
    public CloseStart BeginCloseUnderGate(CancelReason reason, TimeSpan? within, BackgroundTask? caller, long now)
    {
        Tree.AssertHeld();
        bool concernsFollowers = _state == ScopeState.Open && !Tree.Followers.IsEmpty;
        ScopeClose closing = BeginClosingUnderGate(reason, now);
        if (concernsFollowers)
        {
            BeginShown();
        }

        closing.Limit(within, now);
        return new CloseStart(closing, closing.CompletionFor(caller), concernsFollowers);
    }

    /// <summary>Under the gate: the scope closes from now on, if it did not before.</summary>
    public ScopeClose BeginClosingUnderGate(CancelReason reason, long now)
    {
        Tree.AssertHeld();
        _state = _state == ScopeState.Open ? ScopeState.Closing : _state;
        return Closing ??= new ScopeClose(scope, reason, now);
    }

    /// <summary>Under the gate: the close is over, whoever still lives is left behind.</summary>
    public void BecomeClosed() => _state = ScopeState.Closed;
}
