namespace Fibula.Benchmarks;

/// <summary>A loop as written by hand: it runs an asynchronous method on the calling thread, and nothing more.</summary>
internal sealed class RawPump : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _queue = new();

    public static void Run(Func<Task> main)
    {
        var pump = new RawPump();
        var before = Current;
        SetSynchronizationContext(pump);
        try
        {
            var task = main();
            task.ContinueWith(static (_, pump) => ((RawPump)pump!).Post(static _ => { }, null), pump, TaskScheduler.Default);
            while (!task.IsCompleted)
            {
                pump.RunNext();
            }

            task.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_queue)
        {
            _queue.Enqueue((d, state));
            Monitor.Pulse(_queue);
        }
    }

    private void RunNext()
    {
        (SendOrPostCallback Callback, object? State) next;
        lock (_queue)
        {
            while (_queue.Count == 0)
            {
                Monitor.Wait(_queue);
            }

            next = _queue.Dequeue();
        }

        next.Callback(next.State);
    }
}
