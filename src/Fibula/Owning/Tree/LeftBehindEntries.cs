namespace Fibula;

/// <summary>
/// Names the tasks that have outlived their scopes, for the report of the root: in batches, while tasks come and go in between,
/// since there may be very many. Every member is called under the tree's gate.
/// </summary>
internal sealed class LeftBehindEntries(Survivors survivors)
{
    private const int BatchSize = 256;

    // The named ones, side by side. A task that ends meanwhile is sorted out at the end.
    private readonly List<BackgroundTask> _tasks = new(survivors.Count);
    private readonly List<CloseReportEntry> _entries = new(survivors.Count);
    private bool _hasAnyEnded;

    // The last one named, or the one before it if that has left; null at the beginning.
    private BackgroundTask? _last;

    /// <summary>Names the next few.</summary>
    /// <returns>False if all have been named.</returns>
    public bool NameSome(long now)
    {
        for (int i = 0; i < BatchSize; i++)
        {
            if ((_last is null ? survivors.First : _last.Node.Next) is not { } next)
            {
                return false;
            }

            _last = next;
            _tasks.Add(next);
            _entries.Add(new CloseReportEntry(next, now));
        }

        return true;
    }

    /// <summary>A task is about to leave the list of the tree.</summary>
    public void OnLeaving(BackgroundTask task)
    {
        _hasAnyEnded = true;
        if (_last == task)
        {
            _last = task.Node.Previous;
        }
    }

    /// <summary>Adds those who still live to a report, and names the rest first.</summary>
    public void AddTo(CloseReportEntries report, long now)
    {
        while (NameSome(now))
        {
        }

        report.ExpectSurvivors(_tasks.Count);
        for (int i = 0; i < _tasks.Count; i++)
        {
            if (!_hasAnyEnded || !_tasks[i].IsCompleted)
            {
                report.Add(_entries[i]);
            }
        }
    }
}
