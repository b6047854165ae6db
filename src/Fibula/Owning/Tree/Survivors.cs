namespace Fibula;

/// <summary>The tasks of a tree that have outlived the scope they were started in. Every member is called under the tree's gate.</summary>
internal sealed class Survivors
{
    private TaskList _listed;

    // Those that are not listed or held any longer, and have not ended as far as we know.
    private int _releasedCount;

    // The root's close that is about to end names them; null before and after that.
    private LeftBehindEntries? _naming;

    public bool IsEmpty => _listed.IsEmpty;

    /// <summary>Those that are listed.</summary>
    public int Count => _listed.Count;

    /// <summary>Those that have not ended, whether listed or released.</summary>
    public int LivingCount => _listed.Count + _releasedCount;

    public BackgroundTask? First => _listed.First;

    public void Add(BackgroundTask task) => _listed.Add(task);

    /// <summary>One of them has ended.</summary>
    public void Remove(BackgroundTask task)
    {
        if (task.Node.Extras is { IsReleased: true })
        {
            _releasedCount--;
        }
        else
        {
            Unlist(task);
        }
    }

    /// <summary>Lets go of those that were started in a scope or its descendants.</summary>
    public List<BackgroundTask> Release(TaskScope scope)
    {
        var released = new List<BackgroundTask>();
        CollectInto(released);
        released.RemoveAll(task => task.Node.Extras?.LeftScope?.IsWithin(scope.Identity) is not true);
        foreach (BackgroundTask task in released)
        {
            Unlist(task);
            task.Node.Extras!.IsReleased = true;
            _releasedCount++;
        }

        return released;
    }

    public void CollectInto(List<BackgroundTask> tasks) => _listed.CollectInto(tasks);

    /// <summary>Names some more of those that are listed, for the report of the root.</summary>
    /// <returns>False if all have been named.</returns>
    public bool NameSome(long now) => (_naming ??= new LeftBehindEntries(this)).NameSome(now);

    /// <summary>Adds all that are listed to a report.</summary>
    public void AddTo(CloseReportEntries entries, long now) => (_naming ?? new LeftBehindEntries(this)).AddTo(entries, now);

    /// <summary>The report is written.</summary>
    public void EndNaming() => _naming = null;

    private void Unlist(BackgroundTask task)
    {
        _naming?.OnLeaving(task);
        _listed.Remove(task);
    }
}
