namespace Fibula;

/// <summary>The tasks of a tree that have outlived the scope they were started in. Every member is called under the tree's gate.</summary>
internal sealed class Survivors : TaskList
{
    // The closes that are about to end name their survivors, in batches. Most trees never have any.
    private Dictionary<ScopeNode, LeftBehindEntries>? _naming;

    public void Add(ITaskNode task) => Append(task);

    /// <summary>Removes a survivor that has ended.</summary>
    public void Remove(ITaskNode task)
    {
        if (task.Node.Extras is not { IsReleased: true })
        {
            Unlink(task);
        }
    }

    /// <summary>Removes the survivors that were started in a scope or its descendants.</summary>
    public List<ITaskNode> Release(ScopeNode scope)
    {
        var released = new List<ITaskNode>();
        CollectInto(released);
        released.RemoveAll(task => task.Node.Extras?.LeftScope?.IsWithin(scope.Identity) is not true);
        foreach (ITaskNode task in released)
        {
            Unlink(task);
            task.Node.Extras!.IsReleased = true;
        }

        return released;
    }

    /// <summary>Names the next batch of a closing scope's survivors, for its report.</summary>
    /// <returns>False after the last batch.</returns>
    public bool NameSome(ScopeNode scope, Func<ITaskNode, CloseReportEntry> entryOf)
    {
        _naming ??= [];
        if (!_naming.TryGetValue(scope, out LeftBehindEntries? naming))
        {
            _naming[scope] = naming = new LeftBehindEntries(this, scope.Identity);
        }

        return naming.NameSome(entryOf);
    }

    /// <summary>Adds all survivors of a scope to a report.</summary>
    public void AddTo(CloseReportEntries entries, ScopeNode scope, Func<ITaskNode, CloseReportEntry> entryOf) =>
        (_naming?.GetValueOrDefault(scope) ?? new LeftBehindEntries(this, scope.Identity)).AddTo(entries, entryOf);

    /// <summary>The report is written.</summary>
    public void EndNaming(ScopeNode scope) => _naming?.Remove(scope);
}
