namespace Fibula;

/// <summary>
/// Walks over the tasks of some lists in batches, while tasks come and go between batches. Copying a very long list in one step would take longer
/// than a turn may. Members are called under the tree's gate unless they say otherwise.
/// </summary>
internal sealed class TaskWalk
{
    private const int BatchSize = 256;

    private readonly TaskList[] _lists;
    private readonly List<ITaskNode> _batch;
    private int _index;
    private int _taken;

    // The last task of the current list that was collected, or its predecessor if it was removed; null at the beginning of a list.
    private ITaskNode? _last;

    // Whether the current list notifies this walk of removed tasks: from the end of a batch on.
    private bool _isFollowing;

    public TaskWalk(TaskList[] lists)
    {
        _lists = lists;
        _batch = new List<ITaskNode>(Math.Min(BatchSize, lists[0].Count));
    }

    /// <summary>Whether more tasks may follow. Read by the walker, without the gate.</summary>
    public bool HasMore => _taken < _batch.Count || _index < _lists.Length;

    /// <summary>Collects the next batch.</summary>
    /// <returns>The batch, valid until the next call; empty at the end.</returns>
    public List<ITaskNode> TakeBatch()
    {
        _batch.Clear();
        _taken = 0;
        while (_batch.Count < BatchSize && _index < _lists.Length)
        {
            if ((_last is null ? _lists[_index].First : _last.Node.Next) is { } next)
            {
                _last = next;
                _batch.Add(next);
            }
            else
            {
                Unfollow();
                _last = null;
                _index++;
            }
        }

        if (_index < _lists.Length && !_isFollowing)
        {
            _lists[_index].BeginWalk(this);
            _isFollowing = true;
        }

        return _batch;
    }

    /// <summary>The next task of the last batch; null at its end. Called by the walker, without the gate.</summary>
    public ITaskNode? NextInBatch() => _taken < _batch.Count ? _batch[_taken++] : null;

    /// <summary>A task is about to leave the current list.</summary>
    public void OnLeaving(ITaskNode task)
    {
        if (_last == task)
        {
            _last = task.Node.Previous;
        }
    }

    /// <summary>Ends the walk early.</summary>
    public void Stop()
    {
        Unfollow();
        _index = _lists.Length;
    }

    private void Unfollow()
    {
        if (_isFollowing)
        {
            _lists[_index].EndWalk(this);
            _isFollowing = false;
        }
    }
}
