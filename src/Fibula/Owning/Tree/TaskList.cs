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
        for (BackgroundTask? task = _first; task is not null; task = task.Next)
        {
            tasks.Add(task);
        }
    }

    public void Add(BackgroundTask task)
    {
        Count++;
        task.Previous = _last;
        if (_last is null)
        {
            _first = task;
        }
        else
        {
            _last.Next = task;
        }

        _last = task;
    }

    public void Remove(BackgroundTask task)
    {
        Count--;
        if (task.Previous is { } previous)
        {
            previous.Next = task.Next;
        }
        else
        {
            _first = task.Next;
        }

        if (task.Next is { } next)
        {
            next.Previous = task.Previous;
        }
        else
        {
            _last = task.Previous;
        }

        task.Next = task.Previous = null;
    }
}
