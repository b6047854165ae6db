namespace Fibula.Benchmarks;

/// <summary>The parts of an owned task on the thread pool, added to the same work one by one. 1,000 tasks start together, so that threads contend for the lock.</summary>
internal static class PoolPart
{
    private static readonly AsyncLocal<object?> Ambient = new();
    private static readonly Lock Gate = new();
    private static readonly LinkedList<object> Running = new();
    private static int _count;

    /// <summary>What the parts have left behind, so that none of them is without effect.</summary>
    public static int Trace => _count;

    public static Contestant Raw { get; } = new("Task.Run", StartingOnTheThreadPool.Raw);

    public static IReadOnlyList<Contestant> All { get; } =
    [
        Starting("a handle that ends with the work and is awaited", static () => new PartHandle().Watch(Task.Run(Done.AddOnAnyThread))),
        Starting("the running task in an AsyncLocal", static () => Task.Run(static () =>
        {
            Ambient.Value = new object();
            Done.AddOnAnyThread();
        })),
        Starting("the lock at the start, the first step and the end", static () =>
        {
            CountLocked();
            return Task.Run(static () =>
            {
                CountLocked();
                Done.AddOnAnyThread();
                CountLocked();
            });
        }),
        Starting("all of them, and a list under the lock", static () =>
        {
            var entry = new LinkedListNode<object>(new object());
            List(entry);
            return new PartHandle().Watch(Task.Run(() =>
            {
                CountLocked();
                Ambient.Value = entry;
                Done.AddOnAnyThread();
                Unlist(entry);
            }));
        }),
    ];

    public static Contestant Owned { get; } = new("scope.RunOnThreadPool, which does all of this", StartingOnTheThreadPool.Owned);

    private static Contestant Starting(string name, Func<Task> start) => new(name, () => StartingOnTheThreadPool.Each(start));

    private static void CountLocked()
    {
        lock (Gate)
        {
            _count++;
        }
    }

    private static void List(LinkedListNode<object> entry)
    {
        lock (Gate)
        {
            Running.AddLast(entry);
            _count++;
        }
    }

    private static void Unlist(LinkedListNode<object> entry)
    {
        lock (Gate)
        {
            Running.Remove(entry);
            _count--;
        }
    }
}
