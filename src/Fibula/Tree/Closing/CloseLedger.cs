namespace Fibula;

/// <summary>Counts the tasks that a close still waits for, and collects the report's entries for the others. Every method is called under the tree's gate.</summary>
internal sealed class CloseLedger
{
    private readonly ScopeNode _scope;
    private readonly CloseReportEntries _entries;

    // The tasks of the scope that wait for its close; null for none.
    private CloseInsiders? _insiders;

    // The scopes whose tasks have become survivors. They and their ancestors may be closing too, with no task left to wait for.
    private HashSet<ScopeNode>? _leftScopes;

    public CloseLedger(ScopeNode scope)
    {
        _scope = scope;
        Remaining = scope.LiveCount;
        _entries = new CloseReportEntries(Remaining);
    }

    /// <summary>How many tasks of the subtree live.</summary>
    public int Remaining { get; private set; }

    /// <summary>The entries of the report, which is written or not.</summary>
    public CloseReportEntries Entries => _entries;

    /// <summary>The report is written, and stays as it is.</summary>
    public bool IsWritten { get; private set; }

    /// <summary>The ledger of a close that ended immediately.</summary>
    public static CloseLedger OfNobody(ScopeNode scope) => new(scope) { IsWritten = true };

    /// <summary>Returns the report's entry for a task in its present state.</summary>
    public static CloseReportEntry EntryOf(ITaskNode task, BackgroundTaskState state, CancelReason? reason, long now)
    {
        ref TaskNode node = ref task.Node;
        return new CloseReportEntry(node.Name, node.HomeName)
        {
            State = state,
            Age = node.ElapsedAt(now),
            Reason = reason,
            IsAbandoned = node.Policy.IsAbandon,
            WaitsFor = node.IsCompleted ? null : DescribeWaitInDepth(node),
        };
    }

    /// <summary>The report for a task that closes a scope it belongs to; null for a caller that waits for all tasks.</summary>
    /// <param name="callers">The task, and those it was started from.</param>
    public Task<CloseReport>? Wait(IEnumerable<ITaskNode> callers) =>
        CloseInsiders.Among(callers, _scope) is { } excluded ? (_insiders ??= new CloseInsiders()).Add(excluded) : null;

    /// <summary>The tasks of the scope that have no other task left to wait for; null for none.</summary>
    public List<TaskCompletionSource<CloseReport>>? TakeReady() => _insiders?.TakeReady(Remaining);

    public void OnAdded() => Remaining++;

    /// <summary>A task of the subtree has ended.</summary>
    /// <returns>True if the close, or a task that awaits it, was waiting for this task alone.</returns>
    public bool OnEnded(ITaskNode task, CloseReportEntry entry)
    {
        _entries.Add(entry);
        return OnGone(task);
    }

    /// <summary>A task of the subtree is gone: it has ended, has become a survivor, or has moved to another scope.</summary>
    /// <returns>True if the close, or a task that awaits it, was waiting for this task alone.</returns>
    public bool OnGone(ITaskNode task)
    {
        Remaining--;
        return _insiders?.OnGone(task, Remaining) is true || Remaining == 0;
    }

    /// <summary>Whether the pass has turned tasks into survivors. Read by the thread of the pass, without the gate.</summary>
    public bool HasLeftScopes => _leftScopes is not null;

    public void NoteLeft(ScopeNode scope) => (_leftScopes ??= []).Add(scope);

    /// <summary>The scopes whose tasks have become survivors since the last call.</summary>
    public ScopeNode[] TakeLeftScopes()
    {
        ScopeNode[] scopes = _leftScopes is null ? [] : [.. _leftScopes];
        _leftScopes = null;
        return scopes;
    }

    /// <summary>A copy of the report's entries so far.</summary>
    public CloseReportEntries Draft() => _entries.Copy();

    /// <summary>The close is over: the scope has no live task. The entries belong to the report from now on.</summary>
    /// <param name="insiders">The tasks of the scope that wait for the report; null for none.</param>
    public CloseReportEntries Write(out List<TaskCompletionSource<CloseReport>>? insiders)
    {
        IsWritten = true;
        insiders = _insiders?.TakeAll();
        return _entries;
    }

    // Looks into the work if nothing else is known.
    private static string DescribeWaitInDepth(in TaskNode node) =>
        node.KnownWait is { } known ? known
        : InnermostMethod.Of(node.Body as Task, out _) is { } method ? $"'{method}'"
        : node.DescribeWait(known: null);
}
