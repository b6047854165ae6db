namespace Fibula;

/// <summary>The state of one scope: who belongs to it, how they ended, and how far its close has come. Guarded by the tree's gate.</summary>
/// <param name="handle">The public scope.</param>
/// <param name="parent">The scope around it; null for a root.</param>
/// <param name="context">The tree it belongs to.</param>
internal sealed class ScopeNode(IScope handle, ScopeNode? parent, TreeContext context) : TaskList
{
    // Open ──► Closing ──► Closed. A scope is at least as far as each of its ancestors.
    //
    // The tree's gate guards the fields below, except those that say otherwise. A parent refers to a child only while that has live tasks or live children
    // (_liveChildren): so a forgotten scope is collected, and "the subtree is empty" is one look at two lists.
    private volatile ScopeState _state;
    private IntrusiveList<ScopeNode>? _liveChildren;
    private IntrusiveList<ScopeNode>.Link _amongSiblings;
    private TaskCounts _counts;
    private ScopeIdentity? _identity;

    private TaskCompletionSource<bool>? _openQuestion;

    // Counts ended tasks of the subtree whose callbacks for a view are still queued.
    private int _beingShown;

    public IScope Handle => handle;

    public string Name => handle.Name;

    public ScopeNode? Parent => parent;

    public TreeContext Context => context;

    /// <summary>Finds the scope without keeping it, or its window, alive. Shared by all who need that.</summary>
    public WeakReference<ScopeNode> WeakSelf => field ?? Interlocked.CompareExchange(ref field, new WeakReference<ScopeNode>(this), null) ?? field;

    /// <summary>Identifies the scope after it is gone.</summary>
    public ScopeIdentity Identity => _identity ??= new ScopeIdentity(parent?.Identity) { Report = Closing is { IsEnded: false } closing ? closing.Ledger.Entries : null };

    /// <summary>The question whether it may close; null where none is open. Without the gate.</summary>
    public ref TaskCompletionSource<bool>? OpenQuestion => ref _openQuestion;

    /// <summary>The next scope of its view, after that came back; null where it has not. Without the gate.</summary>
    public ScopeNode? Successor
    {
        get => Volatile.Read(ref field);
        set => Volatile.Write(ref field, value);
    }

    /// <summary>Exists from the first request to close on, and keeps the report.</summary>
    public CloseState? Closing { get; private set; }

    /// <summary>The counts of the scope and its descendants, including their survivors.</summary>
    public TaskCounts Counts => _identity is null ? _counts : _counts.Plus(_identity.Counts);

    /// <summary>Whether survivors of the scope may still run. Also without the gate, by the thread that closes it.</summary>
    public bool HasSurvivors => _identity is { Counts.Left: > 0 };

    /// <summary>How many live in the subtree.</summary>
    public int LiveCount
    {
        get
        {
            if (_liveChildren is null)
            {
                return Count;
            }

            int count = 0;
            foreach (ScopeNode node in LiveSubtree())
            {
                count += node.Count;
            }

            return count;
        }
    }

    /// <summary>Callbacks that ended tasks have queued for a view are still waiting, and the loop that will run them is running.</summary>
    public bool IsBeingShown => _beingShown > 0 && context.Loop is { IsRunning: true };

    public bool IsOpen => State == ScopeState.Open;

    public bool IsIdle => Count == 0 && _liveChildren is not { Count: > 0 };

    /// <summary>Why the scope, or one around it, closes; null while it is open.</summary>
    public CancelReason? CloseReason => StateBy(out ScopeNode nearest) == ScopeState.Open ? null : nearest.Closing?.Reason;

    /// <summary>This scope, or one around it, whose close looks at no newcomers any more.</summary>
    public ScopeNode? EndingAncestor
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

    /// <summary>Whether this is a scope, or in it. Any thread, without the gate.</summary>
    public bool IsWithin(ScopeNode ancestor)
    {
        ScopeNode? node = this;
        while (node is not null && node != ancestor)
        {
            node = node.Parent;
        }

        return node is not null;
    }

    /// <summary>The state of this scope or of its most closed ancestor, whichever is further. Readable on any thread without the gate: a state never goes back.</summary>
    public ScopeState State => StateBy(out _);

    /// <summary>Also returns the scope that decides.</summary>
    public ScopeState StateBy(out ScopeNode decisive)
    {
        decisive = this;
        if (context.Loop is { HasEnded: true })
        {
            return ScopeState.Closed;
        }

        ScopeState state = _state;
        for (ScopeNode? node = Parent; node is not null; node = node.Parent)
        {
            if (node._state is var around && around > state)
            {
                (decisive, state) = (node, around);
            }
        }

        return state;
    }

    /// <summary>All live tasks of the subtree.</summary>
    public List<ITaskNode> LiveTasks()
    {
        context.AssertHeld();
        var tasks = new List<ITaskNode>();
        foreach (ScopeNode node in LiveSubtree())
        {
            node.CollectInto(tasks);
        }

        return tasks;
    }

    /// <summary>This scope and its descendants that have live work, each after the one around it.</summary>
    public ScopeNode[] LiveScopes() => _liveChildren is { Count: > 0 } ? [.. LiveSubtree()] : [this];

    /// <summary>The same one after the other. Not recursive: scopes may be nested deeply.</summary>
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
            for (ScopeNode? child = node._liveChildren?.Last; child is not null; child = node._liveChildren!.Before(child))
            {
                waiting.Push(child);
            }
        }
    }

    /// <summary>Lists a new task, and counts it for this scope and its ancestors.</summary>
    public void Add(ITaskNode task)
    {
        List(task);
        for (ScopeNode? node = this; node is not null; node = node.Parent)
        {
            node._counts.Started++;
            node.Closing?.Ledger.OnAdded();
        }
    }

    /// <summary>Takes a task from another scope of the tree. This scope is open.</summary>
    /// <param name="from">Its scope up to now.</param>
    /// <param name="task">The task.</param>
    /// <param name="advance">Gets the closes that were waiting for it alone.</param>
    public void TakeFrom(ScopeNode from, ITaskNode task, List<CloseState> advance)
    {
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

    /// <summary>A listed task has ended.</summary>
    /// <param name="task">The task.</param>
    /// <param name="state">How it has ended.</param>
    /// <param name="isShown">It queues something for a view; <see cref="EndShown"/> follows.</param>
    /// <returns>The closes that were waiting for it alone; null for none.</returns>
    public List<CloseState>? Remove(ITaskNode task, BackgroundTaskState state, bool isShown)
    {
        Unlist(task);
        DetachIdleScopes();
        CloseReportEntry? entry = null;
        List<CloseState>? drained = null;
        for (ScopeNode? node = this; node is not null; node = node.Parent)
        {
            node._counts.Ended(state);
            node._beingShown += isShown ? 1 : 0;
            if (node.Closing is { } closing && closing.Ledger.OnEnded(task, entry ??= CloseLedger.EntryOf(task, state, task.Node.Reason, now: 0)))
            {
                (drained ??= new List<CloseState>(1)).Add(closing);
            }
        }

        return drained;
    }

    /// <summary>Gives a listed task up: it becomes a survivor, which belongs to the root.</summary>
    public void LeaveBehind(ITaskNode task)
    {
        Identity.OnLeft();
        for (ScopeNode? node = this; node is not null; node = node.Parent)
        {
            node.Closing?.Ledger.OnGone(task);
        }

        Unlist(task);
    }

    /// <summary>Something is to be shown in a view before a close is over; <see cref="EndShown"/> follows.</summary>
    public void BeginShown()
    {
        context.AssertHeld();
        for (ScopeNode? node = this; node is not null; node = node.Parent)
        {
            node._beingShown++;
        }
    }

    /// <summary>Something has been shown.</summary>
    /// <returns>The closes that may have waited for that; null for none.</returns>
    public List<CloseState>? EndShown()
    {
        context.AssertHeld();
        List<CloseState>? over = null;
        for (ScopeNode? node = this; node is not null; node = node.Parent)
        {
            node._beingShown--;
            if (node._beingShown == 0 && node.Closing is { } closing)
            {
                (over ??= new List<CloseState>(1)).Add(closing);
            }
        }

        return over;
    }

    /// <summary>The scope closes from now on, if it did not before.</summary>
    /// <param name="closing">The close that begins if the scope was open.</param>
    /// <param name="now">The <see cref="Clocks.ExactTicks"/> of the tree's clock.</param>
    /// <returns>True if it was open.</returns>
    public bool BeginClosing(CloseState closing, long now)
    {
        context.AssertHeld();
        bool wasOpen = _state == ScopeState.Open;
        _state = wasOpen ? ScopeState.Closing : _state;
        if (Closing is null)
        {
            closing.Begin(now);
            Closing = closing;
            _identity?.Report = closing.Ledger.Entries;
        }

        return wasOpen;
    }

    /// <summary>Closes the scope if it has nothing to wait for.</summary>
    /// <returns>The close, which is over; null where there is something to wait for, or a close has begun.</returns>
    public CloseState? CloseIfIdle(CancelReason reason)
    {
        context.AssertHeld();
        if (Parent is null || Closing is not null || !IsIdle || _beingShown > 0 || HasSurvivors)
        {
            return null;
        }

        _state = ScopeState.Closed;
        var report = new CloseReport(Name, reason, CloseReportEntries.None, Counts, livingCount: 0, TimeSpan.Zero);
        return Closing = new CloseState(this, reason, report);
    }

    /// <summary>The close is over. Tasks that still run are survivors.</summary>
    public void BecomeClosed()
    {
        _state = ScopeState.Closed;
        _identity?.Report = null;
    }

    /// <summary>Scopes without work are not referred to by those around them.</summary>
    public void DetachIdleScopes()
    {
        ScopeNode node = this;
        for (; node.IsIdle && node.Parent is { } around; node = around)
        {
            node._amongSiblings.List?.Remove(node);
        }

        context.UnregisterIfIdle();
    }

    private void Unlist(ITaskNode task)
    {
        context.AssertHeld();
        Unlink(task);
    }

    private void List(ITaskNode task)
    {
        context.AssertHeld();
        Append(task);
        ScopeNode node = this;
        for (; node.Parent is { } around && node._amongSiblings.List is null; node = around)
        {
            around._liveChildren ??= new IntrusiveList<ScopeNode>(static child => ref child._amongSiblings);
            around._liveChildren.Add(node);
        }

        if (node.Parent is null)
        {
            context.Register();
        }
    }
}
