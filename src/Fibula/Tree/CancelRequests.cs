namespace Fibula;

/// <summary>The requests of a tree that are on their way to many tasks, the oldest first. Every method is called under the tree's gate.</summary>
internal sealed class CancelRequests
{
    private readonly List<ICancelRequest> _walking = [];
    private volatile bool _isAny;

    /// <summary>Whether any request is on its way. Any thread, without the gate.</summary>
    public bool IsAny => _isAny;

    /// <summary>The request is on its way from now on, to all tasks that it reaches.</summary>
    public void Begin(ICancelRequest request)
    {
        _walking.Add(request);
        _isAny = true;
    }

    /// <summary>It has come to everybody.</summary>
    public void End(ICancelRequest request)
    {
        _walking.Remove(request);
        _isAny = _walking.Count > 0;
    }

    /// <summary>The request that will come to a task next; null for none.</summary>
    public ICancelRequest? For(ITaskNode task)
    {
        if (!_isAny)
        {
            return null;
        }

        ref TaskNode node = ref task.Node;
        return node.IsCancelRequested || node.IsCompleted ? null : _walking.Find(request => request.Reaches(task));
    }

    /// <summary>A task comes over from another scope, and no older request concerns it here.</summary>
    public void OnArrived(ITaskNode task) => _walking.ForEach(request => request.OnArrived(task));
}
