namespace Fibula;

/// <summary>
/// Names the tasks that have outlived their scopes, for the report of the root: in batches, while tasks come and go in between,
/// since there may be very many. Every member is called under the tree's gate.
/// </summary>
/// <param name="survivors">Those that are listed.</param>
internal sealed class LeftBehindEntries(Survivors survivors)
{
    private readonly TaskWalk _walk = new([survivors]);

    // The named ones, side by side. A task that has ended meanwhile is sorted out at the end.
    private readonly List<ITaskNode> _tasks = new(survivors.Count);
    private readonly List<CloseReportEntry> _entries = new(survivors.Count);

    /// <summary>Names the next few.</summary>
    /// <param name="entryOf">Makes the entry of a task.</param>
    /// <returns>False if all have been named.</returns>
    public bool NameSome(Func<ITaskNode, CloseReportEntry> entryOf)
    {
        List<ITaskNode> batch = _walk.TakeBatch();
        foreach (ITaskNode task in batch)
        {
            _tasks.Add(task);
            _entries.Add(entryOf(task));
        }

        return batch.Count > 0;
    }

    /// <summary>Adds those who still live to a report, and names the rest first.</summary>
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
