namespace Fibula;

/// <summary>A list of live tasks, over which walks go while tasks come and go. The links are in the tasks. Guarded by the tree's gate.</summary>
internal abstract class TaskList
{
    private ITaskNode? _last;
    private List<TaskWalk>? _walks;

    public ITaskNode? First { get; private set; }

    /// <summary>How many tasks are listed.</summary>
    public int Count { get; private set; }

    public void CollectInto(List<ITaskNode> tasks)
    {
        for (ITaskNode? task = First; task is not null; task = task.Node.Next)
        {
            tasks.Add(task);
        }
    }

    /// <summary>A walk goes over this list, and is notified of tasks that leave it.</summary>
    public void BeginWalk(TaskWalk walk) => (_walks ??= []).Add(walk);

    public void EndWalk(TaskWalk walk) => _walks?.Remove(walk);

    private protected void Append(ITaskNode task)
    {
        Count++;
        if (_last is null)
        {
            First = task;
        }
        else
        {
            task.Node.Previous = _last;
            _last.Node.Next = task;
        }

        _last = task;
    }

    private protected void Unlink(ITaskNode task)
    {
        if (_walks is not null)
        {
            foreach (TaskWalk walk in _walks)
            {
                walk.OnLeaving(task);
            }
        }

        Count--;
        ref TaskNode node = ref task.Node;
        if (node.Previous is { } previous)
        {
            previous.Node.Next = node.Next;
        }
        else
        {
            First = node.Next;
        }

        if (node.Next is { } next)
        {
            next.Node.Previous = node.Previous;
        }
        else
        {
            _last = node.Previous;
        }

        node.Next = node.Previous = null;
    }
}
