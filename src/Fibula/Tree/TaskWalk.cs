namespace Fibula;

/// <summary>
/// A walk over the tasks of some lists, in batches, while tasks come and go in between: a list of very many at once would take longer
/// than a turn may. Members are called under the tree's gate unless they say otherwise.
/// </summary>
internal sealed class TaskWalk
{
    private const int BatchSize = 256;

    private readonly List<TaskList> _lists;
    private readonly List<ITaskNode> _batch = [];
    private int _index;
    private int _taken;

    // The last task handed out of the current list, or the one before it if that has left; null at the beginning of a list.
    private ITaskNode? _last;

    public TaskWalk(params IEnumerable<TaskList> lists)
    {
        _lists = new List<TaskList>(lists);
        _lists[0].BeginWalk(this);
    }

    /// <summary>Collects the next tasks.</summary>
    /// <returns>Those, until the next call; none at the end.</returns>
    public List<ITaskNode> TakeBatch()
    {
        _batch.Clear();
        _taken = 0;
        while (_batch.Count < BatchSize && _index < _lists.Count)
        {
            if ((_last is null ? _lists[_index].First : _last.Node.Next) is { } next)
            {
                _last = next;
                _batch.Add(next);
            }
            else
            {
                GoToNextList();
            }
        }

        return _batch;
    }

    /// <summary>The next task of the last batch; null after the last of them. Without the gate, by whoever walks.</summary>
    public ITaskNode? NextInBatch() => _taken < _batch.Count ? _batch[_taken++] : null;

    /// <summary>A task is about to leave the current list.</summary>
    public void OnLeaving(ITaskNode task)
    {
        if (_last == task)
        {
            _last = task.Node.Previous;
        }
    }

    /// <summary>Nothing more is to be handed out.</summary>
    public void Stop()
    {
        if (_index < _lists.Count)
        {
            _lists[_index].EndWalk(this);
            _index = _lists.Count;
        }
    }

    private void GoToNextList()
    {
        _lists[_index].EndWalk(this);
        _last = null;
        _index++;
        if (_index < _lists.Count)
        {
            _lists[_index].BeginWalk(this);
        }
    }
}
