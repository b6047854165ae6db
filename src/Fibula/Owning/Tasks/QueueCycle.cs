namespace Fibula;

/// <summary>Finds a wait that can never end: for a run that cannot begin before the waiting task has ended.</summary>
/// <param name="waiter">The task that is about to wait.</param>
internal sealed class QueueCycle(BackgroundTask waiter)
{
    // Longer chains of waits are not looked at: each await looks, and most are of none of this.
    private const int MostSteps = 16;

    // A run that is met again is part of a cycle: it is stuck if the others are.
    private readonly List<ITaskObserver> _seen = [];
    private int _steps;

    /// <summary>The first run in the chain that is queued, or will be after its delay.</summary>
    public BackgroundTask? Queued { get; private set; }

    /// <summary>A task that must end before <see cref="Queued"/> begins.</summary>
    public BackgroundTask? Holder { get; private set; }

    /// <summary>Whether waiting for a task would never end, because it waits for a queued run, or is one.</summary>
    public bool Has(BackgroundTask target)
    {
        for (BackgroundTask? task = target; task is not null && _steps < MostSteps; task = task.Awaited)
        {
            _steps++;
            if (task.QueuedObserver is { } observer)
            {
                return IsStuck(task, observer);
            }
        }

        return false;
    }

    private bool IsStuck(BackgroundTask queued, ITaskObserver observer)
    {
        if (_seen.Contains(observer))
        {
            return true;
        }

        _seen.Add(observer);
        BackgroundTask[] inTheWay = observer.TasksInTheWay;
        if (inTheWay.Length == 0)
        {
            return false;
        }

        // Before the holders are looked at: they may lead to more queued runs.
        Queued ??= queued;
        Holder ??= inTheWay[0];
        return Array.TrueForAll(inTheWay, EndsAfterTheWaiter);
    }

    private bool EndsAfterTheWaiter(BackgroundTask held)
    {
        for (BackgroundTask? task = held; task is not null && _steps < MostSteps; task = task.Awaited)
        {
            _steps++;
            if (waiter.IsWithin(task))
            {
                return true;
            }

            if (task.QueuedObserver is { } observer)
            {
                return IsStuck(task, observer);
            }
        }

        return false;
    }
}
