namespace Fibula;

/// <summary>
/// A walk over the tasks of some lists, in batches, while tasks come and go in between: a list of very many at once would take longer
/// than a turn may. Every member is called under the tree's gate.
/// </summary>
internal sealed class TaskWalk
{
    private const int BatchSize = 256;

    private readonly List<TaskList> _lists;
    private int _index;

    // The last task handed out of the current list, or the one before it if that has left; null at the beginning of a list.
    private ITaskNode? _last;

    public TaskWalk(params IEnumerable<TaskList> lists)
    {
        _lists = new List<TaskList>(lists);
        _lists[0].BeginWalk(this);
    }

    /// <summary>Fills a list with the next tasks; with none at the end.</summary>
    public void TakeBatch(List<ITaskNode> batch)
    {
        batch.Clear();
        while (batch.Count < BatchSize && _index < _lists.Count)
        {
            if ((_last is null ? _lists[_index].First : _last.Node.Next) is { } next)
            {
                _last = next;
                batch.Add(next);
            }
            else
            {
                GoToNextList();
            }
        }
    }

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
