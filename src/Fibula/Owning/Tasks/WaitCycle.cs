using System.Text;

namespace Fibula;

/// <summary>Finds waits that can never end: of a task for itself or a task around it, and for a queued run that cannot begin before the waiting task has ended.</summary>
/// <param name="waiter">The task that is about to wait.</param>
internal sealed class WaitCycle(ITaskNode waiter)
{
    // Longer chains of waits are not looked at: each await looks, and most are of none of this.
    private const int MostSteps = 16;

    // A run that is met again is part of a cycle: it is stuck if the others are.
    private readonly List<IQueuedRun> _seen = [];
    private int _steps;

    /// <summary>Notes that the calling task is about to wait for another, and refuses a wait that can never end.</summary>
    /// <exception cref="InvalidOperationException">The wait would never end.</exception>
    public static void NoteWait(ITaskNode target)
    {
        ITaskNode? waiter = AmbientTask.CurrentTask;
        if (waiter is null)
        {
            return;
        }

        if (IsWithin(waiter, target))
        {
            throw new InvalidOperationException(CycleMessage(waiter, target, $"awaits '{target.Node.Name}', which cannot end before it"));
        }

        if (QueuedRunOf(target) is not null || AwaitedBy(target) is not null)
        {
            var cycle = new WaitCycle(waiter);
            if (cycle.Has(target))
            {
                throw new InvalidOperationException(QueueMessage(waiter, target, cycle));
            }
        }

        // A view of the waiter names what it waits for, which must not be another user's task.
        if (waiter.Tree == target.Tree || target.Tree.Loop is not { ServesAUser: true })
        {
            waiter.Node.WaitsFor = new WaitReason(target.Node.Ambient);
        }
    }

    /// <summary>The first run in the chain that is queued, or will be after its delay.</summary>
    public ITaskNode? Queued { get; private set; }

    /// <summary>A task that must end before <see cref="Queued"/> begins.</summary>
    public ITaskNode? Holder { get; private set; }

    /// <summary>Whether waiting for a task would never end, because it waits for a queued run, or is one.</summary>
    public bool Has(ITaskNode target)
    {
        for (ITaskNode? task = target; task is not null && _steps < MostSteps; task = AwaitedBy(task))
        {
            _steps++;
            if (QueuedRunOf(task) is { } run)
            {
                return IsStuck(task, run);
            }
        }

        return false;
    }

    private bool IsStuck(ITaskNode queued, IQueuedRun run)
    {
        if (_seen.Contains(run))
        {
            return true;
        }

        _seen.Add(run);
        ITaskNode[] inTheWay = run.TasksInTheWay;
        if (inTheWay.Length == 0)
        {
            return false;
        }

        // Before the holders are looked at: they may lead to more queued runs.
        Queued ??= queued;
        Holder ??= inTheWay[0];
        return Array.TrueForAll(inTheWay, EndsAfterTheWaiter);
    }

    private bool EndsAfterTheWaiter(ITaskNode held)
    {
        for (ITaskNode? task = held; task is not null && _steps < MostSteps; task = AwaitedBy(task))
        {
            _steps++;
            if (IsWithin(waiter, task))
            {
                return true;
            }

            if (QueuedRunOf(task) is { } run)
            {
                return IsStuck(task, run);
            }
        }

        return false;
    }

    private static string QueueMessage(ITaskNode waiter, ITaskNode target, WaitCycle cycle)
    {
        string through = cycle.Queued == target ? "which" : $"which waits for '{cycle.Queued!.Node.Name}', which";
        string behind = cycle.Holder == waiter ? "it" : $"'{cycle.Holder!.Node.Name}'";
        string wait = $"awaits '{target.Node.Name}', {through} is queued behind {behind}";
        return IsWithin(waiter, cycle.Holder!)
            ? CycleMessage(waiter, cycle.Holder!, wait)
            : $"Task '{waiter.Node.Name}' {wait}, which waits for it: a cycle. Await it from outside, or return instead of awaiting.";
    }

    // The path leads from the waiter to an ancestor, as far as none of them has ended meanwhile.
    private static string CycleMessage(ITaskNode waiter, ITaskNode end, string wait)
    {
        const int MostNames = 8;
        var path = new StringBuilder($"'{waiter.Node.Name}'");
        int names = 0;
        for (ITaskNode ancestor = waiter; ancestor != end && ancestor.Node.Parent is { } parent; ancestor = parent)
        {
            names++;
            if (names <= MostNames || parent == end)
            {
                path.Append(names > MostNames ? ", …" : string.Empty).Append($", a child of '{parent.Node.Name}'");
            }
        }

        string comma = waiter == end ? string.Empty : ",";
        return $"Task {path}{comma} {wait}: a cycle. Await it from outside, or return instead of awaiting.";
    }

    // Whether a task is the other or a descendant of it, and so ends before it.
    private static bool IsWithin(ITaskNode task, ITaskNode ancestor)
    {
        // Ancestors have fewer ancestors: the usual question, about a child, looks no further than that.
        int depth = DepthOf(ancestor);
        ITaskNode? current = task;
        while (current is not null && DepthOf(current) > depth)
        {
            current = current.Node.Parent;
        }

        return current == ancestor;
    }

    private static int DepthOf(ITaskNode task) => task.Node.Extras?.Depth ?? 0;

    // Who keeps count of a task, while it waits to begin.
    private static IQueuedRun? QueuedRunOf(ITaskNode task) => task.Node.State == BackgroundTaskState.Queued ? task as IQueuedRun : null;

    private static ITaskNode? AwaitedBy(ITaskNode task) => task.Node.WaitsFor.Task;
}
