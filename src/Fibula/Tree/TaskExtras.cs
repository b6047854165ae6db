namespace Fibula;

/// <summary>What only few tasks have: a parent, children, a close policy, a token of the caller, a deadline, a foreign task; and what becomes of few: left behind, unresponsive. Guarded by the tree's gate.</summary>
internal sealed class TaskExtras
{
    // The live children, in the order of their start; made with the first.
    private IntrusiveList<ITaskNode>? _children;
    private IntrusiveList<ITaskNode>.Link _amongSiblings;

    /// <summary>Ends only after this task.</summary>
    public ITaskNode? Parent { get; private set; }

    /// <summary>How many ancestors the task has.</summary>
    public int Depth { get; private set; }

    /// <summary>The nearest shield around the task, which may be the task itself.</summary>
    public ITaskNode? Shield { get; private set; }

    public bool HasChildren => _children is { Count: > 0 };

    public ClosePolicy? OnClose { get; set; }

    public CancellationToken CallersToken { get; set; }

    public CancellationTokenRegistration CallersRegistration { get; set; }

    /// <summary>How long the task may take from its first step on; null for ever.</summary>
    public TimeSpan? Deadline { get; set; }

    /// <summary>The errors of a group's children; null for a task that is no group.</summary>
    public GroupErrors? Group { get; set; }

    /// <summary>A request to cancel its parent does not reach the task.</summary>
    public bool IsShield { get; set; }

    /// <summary>Housekeeping, which lists for users leave out.</summary>
    public bool IsSystem { get; set; }

    /// <summary>Part of its parent's work.</summary>
    public bool IsBlock => IsShield || Group is not null;

    /// <summary>How far the task is that says itself when it is ready.</summary>
    public ReadyState Ready { get; set; }

    /// <summary>The caller waits for the task to be ready, and gets its error if it never is.</summary>
    public bool IsStarting => Ready is ReadyState.Starting or ReadyState.GivenUp;

    /// <summary>Cancels the task at its deadline; made at its first step.</summary>
    public ITimer? DeadlineTimer { get; set; }

    /// <summary>The scope that has closed while the task lived on.</summary>
    public string? LeftScopeName { get; set; }

    /// <summary>The fault was decided about when the body failed, before the children have ended.</summary>
    public bool IsFaultDecided { get; set; }

    /// <summary>Repeated work that waits for its next run.</summary>
    public bool IsBetweenRuns { get; set; }

    /// <summary>The run of this repeated work that is on at the moment, where that is a task of its own.</summary>
    public ITaskNode? CurrentRun { get; set; }

    /// <summary>The survivor is no longer listed or held.</summary>
    public bool IsReleased { get; set; }

    /// <summary>The scope that the survivor was started in.</summary>
    public ScopeIdentity? LeftScope { get; set; }

    /// <summary>It was reported as not reacting.</summary>
    public bool IsUnresponsive { get; set; }

    /// <summary>Stands for a task that somebody else has started.</summary>
    public bool IsForeign { get; set; }

    /// <summary>How to cancel the foreign task.</summary>
    public Action? CancelCallback { get; set; }

    /// <summary>The root on another loop that the task stands for; null for none.</summary>
    public IJoinedRoot? Joined { get; set; }

    /// <summary>A copy of the list of live children.</summary>
    public ITaskNode[] ChildrenNow()
    {
        if (_children is not { Count: > 0 } live)
        {
            return [];
        }

        var children = new ITaskNode[live.Count];
        live.CopyTo(children, 0, children.Length);
        return children;
    }

    public void JoinParent(ITaskNode parent, ITaskNode task, TaskExtras parents)
    {
        Parent = parent;
        Depth = parents.Depth + 1;
        Shield = IsShield ? task : parents.Shield;
        parents._children ??= new IntrusiveList<ITaskNode>(static child => ref child.Node.Extras!._amongSiblings);
        parents._children.Add(task);
    }

    /// <summary>The task is none of its parent's live children any more. Does nothing where it was none.</summary>
    public void LeaveSiblings(ITaskNode task) => _amongSiblings.List?.Remove(task);

    /// <summary>Lets the parent end without this child.</summary>
    /// <returns>The parent; null where there is none.</returns>
    public ITaskNode? LeaveParent(ITaskNode task)
    {
        ITaskNode? parent = Parent;
        LeaveSiblings(task);
        Parent = null;
        return parent;
    }

    /// <summary>The task has ended: lets go of those that need not be kept by its handle.</summary>
    /// <returns>The parent, which is to be notified.</returns>
    public ITaskNode? Leave()
    {
        ITaskNode? parent = Parent;
        Parent = null;
        Shield = null;
        CancelCallback = null;
        Group = null;
        DeadlineTimer?.Dispose();
        DeadlineTimer = null;

        // Not Dispose, which would wait for a callback that runs: it may wait for this thread, or for a lock the caller holds.
        CallersRegistration.Unregister();
        CallersRegistration = default;
        CallersToken = default;
        return parent;
    }
}
