namespace Fibula;

/// <summary>The tasks that wait for the close of their own scope. Every member is called under the tree's gate.</summary>
internal sealed class CloseInsiders
{
    private readonly List<Insider> _waiting = [];

    /// <summary>Finds the tasks of a scope that a caller does not wait for: itself, and the tasks that started it.</summary>
    /// <returns>Null if the caller is no task of the scope, and so waits for all.</returns>
    public static HashSet<ITaskNode>? Among(IEnumerable<ITaskNode> callers, ScopeNode scope)
    {
        HashSet<ITaskNode>? excluded = null;
        foreach (ITaskNode task in callers)
        {
            ref TaskNode node = ref task.Node;
            if (!node.IsLeftBehind && !node.IsCompleted && node.Scope.IsWithin(scope))
            {
                (excluded ??= []).Add(task);
            }
        }

        return excluded;
    }

    /// <summary>The report for a task that closes a scope it belongs to.</summary>
    public Task<CloseReport> Add(HashSet<ITaskNode> excluded)
    {
        var insider = new Insider(excluded);
        _waiting.Add(insider);
        return insider.Completion.Task;
    }

    /// <summary>A task is gone, and others remain.</summary>
    /// <returns>True if somebody was waiting for it alone.</returns>
    public bool OnGone(ITaskNode task, int remaining)
    {
        _waiting.ForEach(insider => insider.Excluded.Remove(task));
        return _waiting.Exists(insider => insider.Excluded.Count == remaining);
    }

    /// <summary>Takes those out who have nobody left to wait for.</summary>
    public List<TaskCompletionSource<CloseReport>> TakeReady(int remaining) => Take(insider => insider.Excluded.Count == remaining);

    public List<TaskCompletionSource<CloseReport>> TakeAll() => Take(static _ => true);

    private List<TaskCompletionSource<CloseReport>> Take(Predicate<Insider> isReady)
    {
        List<Insider> ready = _waiting.FindAll(isReady);
        _waiting.RemoveAll(ready.Contains);
        return ready.ConvertAll(static insider => insider.Completion);
    }

    /// <summary>A task that closes its own scope: it waits for all others, but not for itself and those it was started from.</summary>
    private sealed class Insider(HashSet<ITaskNode> excluded)
    {
        /// <summary>The live tasks it does not wait for. Guarded by the tree's gate.</summary>
        public HashSet<ITaskNode> Excluded => excluded;

        public TaskCompletionSource<CloseReport> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
