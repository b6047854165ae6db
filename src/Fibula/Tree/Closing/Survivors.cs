namespace Fibula;

/// <summary>The tasks of a tree that have outlived the scope they were started in. Every member is called under the tree's gate.</summary>
internal sealed class Survivors : TaskList
{
    // Those that are not listed or held any longer, and have not ended as far as we know.
    private int _releasedCount;

    // The root's close that is about to end names them; null before and after that.
    private LeftBehindEntries? _naming;

    /// <summary>Those that have not ended, whether listed or released.</summary>
    public int LivingCount => Count + _releasedCount;

    public void Add(ITaskNode task) => Append(task);

    /// <summary>One of them has ended.</summary>
    public void Remove(ITaskNode task)
    {
        if (task.Node.Extras is { IsReleased: true })
        {
            _releasedCount--;
        }
        else
        {
            Unlink(task);
        }
    }

    /// <summary>Lets go of those that were started in a scope or its descendants.</summary>
    public List<ITaskNode> Release(ScopeNode scope)
    {
        var released = new List<ITaskNode>();
        CollectInto(released);
        released.RemoveAll(task => task.Node.Extras?.LeftScope?.IsWithin(scope.Identity) is not true);
        foreach (ITaskNode task in released)
        {
            Unlink(task);
            task.Node.Extras!.IsReleased = true;
            _releasedCount++;
        }

        return released;
    }

    /// <summary>Names some more of those that are listed, for the report of the root.</summary>
    /// <returns>False if all have been named.</returns>
    public bool NameSome(Func<ITaskNode, CloseReportEntry> entryOf) => (_naming ??= new LeftBehindEntries(this)).NameSome(entryOf);

    /// <summary>Adds all that are listed to a report.</summary>
    public void AddTo(CloseReportEntries entries, Func<ITaskNode, CloseReportEntry> entryOf) => (_naming ?? new LeftBehindEntries(this)).AddTo(entries, entryOf);

    /// <summary>The report is written.</summary>
    public void EndNaming() => _naming = null;
}
