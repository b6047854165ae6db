namespace Fibula;

/// <summary>
/// Names the survivors of a scope and its descendants for its report: in batches, while tasks come and go in between,
/// since there may be very many. Every member is called under the tree's gate.
/// </summary>
/// <param name="survivors">The survivors of the tree.</param>
/// <param name="scope">The scope; for the root these are all survivors.</param>
internal sealed class LeftBehindEntries(Survivors survivors, ScopeIdentity scope)
{
    private readonly TaskWalk _walk = new([survivors]);

    // The named tasks and their entries, by index. Tasks that end before the report are left out at its end.
    private readonly List<ITaskNode> _tasks = new(scope.Counts.Left);
    private readonly List<CloseReportEntry> _entries = new(scope.Counts.Left);

    /// <summary>Names the next batch.</summary>
    /// <param name="entryOf">Makes the entry of a task.</param>
    /// <returns>False after the last batch.</returns>
    public bool NameSome(Func<ITaskNode, CloseReportEntry> entryOf)
    {
        List<ITaskNode> batch = _walk.TakeBatch();
        foreach (ITaskNode task in batch)
        {
            if (task.Node.Extras!.LeftScope!.IsWithin(scope))
            {
                _tasks.Add(task);
                _entries.Add(entryOf(task));
            }
        }

        return batch.Count > 0;
    }

    /// <summary>Names the rest, and adds the survivors that still run to a report.</summary>
    public void AddTo(CloseReportEntries report, Func<ITaskNode, CloseReportEntry> entryOf)
    {
        while (NameSome(entryOf))
        {
        }

        // Stryker disable once all : how much room a list has changes its speed alone
        report.ExpectSurvivors(_tasks.Count);
        for (int i = 0; i < _tasks.Count; i++)
        {
            if (!_tasks[i].Node.IsCompleted)
            {
                report.Add(_entries[i]);
            }
        }
    }
}
