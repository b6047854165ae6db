namespace Fibula;

/// <summary>The tasks of a tree that have outlived the scope they were started in. Every member is called under the tree's gate.</summary>
internal sealed class Survivors
{
    private TaskList _listed;

    // Those that are not listed or held any longer, and have not ended as far as we know.
    private int _releasedCount;

    public bool IsEmpty => _listed.IsEmpty;

    /// <summary>Those that are listed.</summary>
    public int Count => _listed.Count;

    /// <summary>Those that have not ended, whether listed or released.</summary>
    public int LivingCount => _listed.Count + _releasedCount;

    public BackgroundTask? First => _listed.First;

    /// <summary>The root's close that is about to end names them; null before and after that.</summary>
    public LeftBehindEntries? Naming { get; set; }

    public void Add(BackgroundTask task) => _listed.Add(task);

    /// <summary>One of them has ended.</summary>
    public void Remove(BackgroundTask task)
    {
        if (task.IsReleased)
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
        released.RemoveAll(task => !task.IsLeftBehindBy(scope));
        foreach (BackgroundTask task in released)
        {
            Unlist(task);
            task.BecomeReleased();
            _releasedCount++;
        }

        return released;
    }

    public void CollectInto(List<BackgroundTask> tasks) => _listed.CollectInto(tasks);

    private void Unlist(BackgroundTask task)
    {
        Naming?.OnLeaving(task);
        _listed.Remove(task);
    }
}
