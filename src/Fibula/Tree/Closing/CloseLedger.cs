namespace Fibula;

/// <summary>Whom a close still waits for, and what its report will say of the others. Every method is called under the tree's gate.</summary>
internal sealed class CloseLedger
{
    private readonly ScopeNode _scope;
    private readonly CloseReportEntries _entries;
    private readonly CloseInsiders _insiders = new();

    // Whose tasks were left behind: these scopes, and those above, may be closing too, and have nobody left to wait for then.
    private HashSet<ScopeNode>? _leftScopes;

    public CloseLedger(ScopeNode scope)
    {
        _scope = scope;
        Remaining = scope.LiveCount;
        _entries = new CloseReportEntries(Remaining);
    }

    /// <summary>How many tasks of the subtree live.</summary>
    public int Remaining { get; private set; }

    /// <summary>The report is written, and stays as it is.</summary>
    public bool IsWritten { get; private set; }

    /// <summary>The ledger of a close that was over at once.</summary>
    public static CloseLedger OfNobody(ScopeNode scope) => new(scope) { IsWritten = true };

    /// <summary>What a report says of a task as it stands.</summary>
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

    /// <summary>What a task waits for that closes a scope it belongs to; null for a caller that waits for all.</summary>
    /// <param name="callers">The task, and those it was started from.</param>
    public Task<CloseReport>? Wait(IEnumerable<ITaskNode> callers) => IsWritten ? null : _insiders.Add(callers, _scope);

    /// <summary>The tasks of the scope that have nobody left to wait for.</summary>
    public List<TaskCompletionSource<CloseReport>> TakeReady() => _insiders.TakeReady(Remaining);

    public void OnAdded() => Remaining++;

    /// <summary>A task of the subtree has ended.</summary>
    /// <returns>True if somebody was waiting for it alone.</returns>
    public bool OnEnded(ITaskNode task, CloseReportEntry entry)
    {
        _entries.Add(entry);
        return OnGone(task);
    }

    /// <summary>A task of the subtree is not waited for any longer.</summary>
    public void OnLeft(ITaskNode task, CloseReportEntry entry)
    {
        // The root names everybody who is left when it ends, from whichever close. A report that is written stays as it is.
        if (_scope.Parent is not null && !IsWritten)
        {
            _entries.Add(entry);
        }

        OnGone(task);
    }

    /// <summary>A task of the subtree is gone: it has ended, was left behind, or has moved elsewhere.</summary>
    /// <returns>True if somebody was waiting for it alone.</returns>
    public bool OnGone(ITaskNode task)
    {
        Remaining--;
        return _insiders.OnGone(task, Remaining) || Remaining == 0;
    }

    /// <summary>The last pass begins, which leaves everybody behind. The root's report names them by itself.</summary>
    public void ExpectSurvivors() => _entries.ExpectSurvivors(_scope.Parent is null ? 0 : Remaining);

    /// <summary>Whether the thread of the pass has left anybody behind. By that thread, without the gate.</summary>
    public bool HasLeftScopes => _leftScopes is not null;

    public void NoteLeft(ScopeNode scope) => (_leftScopes ??= []).Add(scope);

    /// <summary>The scopes whose tasks were left behind since this was last asked.</summary>
    public ScopeNode[] TakeLeftScopes()
    {
        ScopeNode[] scopes = _leftScopes is null ? [] : [.. _leftScopes];
        _leftScopes = null;
        return scopes;
    }

    /// <summary>A copy of what the report says up to now.</summary>
    public CloseReportEntries Draft() => _entries.Copy();

    /// <summary>The close is over: nobody of the scope lives any more. The entries are the report's from here on.</summary>
    /// <param name="insiders">The tasks of the scope that wait for the report.</param>
    public CloseReportEntries Write(out List<TaskCompletionSource<CloseReport>> insiders)
    {
        IsWritten = true;
        insiders = _insiders.TakeAll();
        return _entries;
    }

    // With a look into the work where nothing else is known.
    private static string DescribeWaitInDepth(in TaskNode node) =>
        node.KnownWait is { } known ? known
        : InnermostMethod.Of(node.Body as Task, out _) is { } method ? $"'{method}'"
        : node.DescribeWait(known: null);
}
