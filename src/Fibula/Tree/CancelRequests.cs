namespace Fibula;

/// <summary>The requests of a tree that are still walking over many tasks, the oldest first. Every method is called under the tree's gate.</summary>
internal sealed class CancelRequests
{
    private readonly List<ICancelRequest> _walking = [];
    private volatile bool _isAny;

    /// <summary>Whether any request is still walking. Any thread, without the gate.</summary>
    public bool IsAny => _isAny;

    /// <summary>Adds a request, which from now on counts for all tasks that it will reach.</summary>
    public void Begin(ICancelRequest request)
    {
        _walking.Add(request);
        _isAny = true;
    }

    /// <summary>Removes a request that has reached all its tasks.</summary>
    public void End(ICancelRequest request)
    {
        _walking.Remove(request);
        _isAny = _walking.Count != 0;
    }

    /// <summary>The next request that will reach a task; null for none.</summary>
    public ICancelRequest? For(ITaskNode task)
    {
        ref TaskNode node = ref task.Node;
        return node.IsCancelRequested || node.IsCompleted ? null : Find(task);
    }

    /// <summary>A task has moved to another scope: requests that began before do not concern it there.</summary>
    public void OnArrived(ITaskNode task) => _walking.ForEach(request => request.OnArrived(task));

    // Without a closure: most of the time there is none to ask.
    private ICancelRequest? Find(ITaskNode task)
    {
        foreach (ICancelRequest request in _walking)
        {
            if (request.Reaches(task))
            {
                return request;
            }
        }

        return null;
    }
}
