namespace Fibula;

/// <summary>
/// Tells which scope a survivor came from, and counts the survivors of that scope and its descendants. Kept instead of the scope itself, whose subscribers would
/// keep its window alive. Guarded by the tree's gate.
/// </summary>
internal sealed class ScopeIdentity(ScopeIdentity? parent)
{
    private TaskCounts _counts;

    /// <summary>How the survivors have ended, and how many still run.</summary>
    public TaskCounts Counts => _counts;

    /// <summary>The entries of the close in progress; null for none.</summary>
    public CloseReportEntries? Report { get; set; }

    public bool IsWithin(ScopeIdentity ancestor)
    {
        ScopeIdentity? scope = this;
        while (scope is not null && scope != ancestor)
        {
            scope = scope.Parent;
        }

        return scope is not null;
    }

    /// <summary>A task of the scope has become a survivor.</summary>
    public void OnLeft()
    {
        for (ScopeIdentity? scope = this; scope is not null; scope = scope.Parent)
        {
            scope._counts.Left++;
        }
    }

    /// <summary>A survivor of the scope has ended. The reports of closes in progress name it.</summary>
    public void OnEnded(CloseReportEntry entry)
    {
        for (ScopeIdentity? scope = this; scope is not null; scope = scope.Parent)
        {
            scope._counts.Left--;
            scope._counts.Ended(entry.State);
            scope.Report?.Add(entry);
        }
    }

    private ScopeIdentity? Parent => parent;
}
