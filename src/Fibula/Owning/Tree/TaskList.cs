namespace Fibula;

/// <summary>A list of live tasks that costs no allocation: the links are in the tasks. Guarded by the tree's gate.</summary>
internal struct TaskList
{
    private BackgroundTask? _first;
    private BackgroundTask? _last;

    public int Count { get; private set; }

    public readonly bool IsEmpty => _first is null;

    public readonly BackgroundTask? First => _first;

    public readonly void CollectInto(List<BackgroundTask> tasks)
    {
        for (BackgroundTask? task = _first; task is not null; task = task.Node.Next)
        {
            tasks.Add(task);
        }
    }

    public void Add(BackgroundTask task)
    {
        Count++;
        task.Node.Previous = _last;
        if (_last is null)
        {
            _first = task;
        }
        else
        {
            _last.Node.Next = task;
        }

        _last = task;
    }

    public void Remove(BackgroundTask task)
    {
        Count--;
        if (task.Node.Previous is { } previous)
        {
            previous.Node.Next = task.Node.Next;
        }
        else
        {
            _first = task.Node.Next;
        }

        if (task.Node.Next is { } next)
        {
            next.Node.Previous = task.Node.Previous;
        }
        else
        {
            _last = task.Node.Previous;
        }

        task.Node.Next = task.Node.Previous = null;
    }
}
