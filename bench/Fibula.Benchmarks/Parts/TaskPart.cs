namespace Fibula.Benchmarks;

/// <summary>Something that is done when a task starts and when it has ended, around the same work.</summary>
internal sealed record TaskPart(string Name, Func<Task> Start, Action End)
{
    private static readonly AsyncLocal<object?> Ambient = new();
    private static readonly Lock Gate = new();
    private static readonly LinkedList<object> Running = new();
    private static readonly LinkedListNode<object> Entry = new(new object());
    private static int _count;
    private static long _time;

    /// <summary>What the parts have left behind, so that none of them is without effect.</summary>
    public static long Trace => _time + _count;

    public static TaskPart Raw { get; } = new("raw async", Work.SuspendOnceAsync, static () => { });

    public static IReadOnlyList<TaskPart> All { get; } =
    [
        new("the running task in an AsyncLocal", StartWithAmbient, static () => { }),
        new("a handle that ends with the work and is awaited", static () => new PartHandle().Watch(Work.SuspendOnceAsync()), static () => { }),
        new("a list of the running ones, and a count", StartListed, EndListed),
        new("the clock at the start and at the end", StartTimed, ReadClock),
        new("the lock at the start and at the end", StartLocked, CountLocked),
    ];

    private static Task StartWithAmbient()
    {
        var before = ExecutionContext.Capture()!;
        Ambient.Value = new object();
        var task = Work.SuspendOnceAsync();
        ExecutionContext.Restore(before);
        return task;
    }

    private static Task StartListed()
    {
        Running.AddLast(Entry);
        _count++;
        return Work.SuspendOnceAsync();
    }

    private static void EndListed()
    {
        Running.Remove(Entry);
        _count--;
    }

    private static Task StartTimed()
    {
        ReadClock();
        return Work.SuspendOnceAsync();
    }

    private static void ReadClock() => _time += TimeProvider.System.GetTimestamp();

    private static Task StartLocked()
    {
        CountLocked();
        return Work.SuspendOnceAsync();
    }

    private static void CountLocked()
    {
        lock (Gate)
        {
            _count++;
        }
    }
}
