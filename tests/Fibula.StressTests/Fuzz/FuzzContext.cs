using System.Collections.Concurrent;

namespace Fibula.StressTests.Fuzz;

/// <summary>The context of a toolkit without an adapter: one queue, worked off on the pool. What is thrown there the toolkit swallows.</summary>
internal sealed class FuzzContext : SynchronizationContext
{
    private readonly ConcurrentQueue<(SendOrPostCallback Callback, object? State)> _queue = new();
    private int _count;

    public override SynchronizationContext CreateCopy() => this;

    public override void Post(SendOrPostCallback d, object? state)
    {
        _queue.Enqueue((d, state));
        if (Interlocked.Increment(ref _count) == 1)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static context => context.WorkOff(), this, preferLocal: false);
        }
    }

    private void WorkOff()
    {
        SynchronizationContext? before = Current;
        SetSynchronizationContext(this);
        try
        {
            do
            {
                _queue.TryDequeue(out (SendOrPostCallback Callback, object? State) item);
                RunGuarded(item.Callback, item.State);
            }
            while (Interlocked.Decrement(ref _count) > 0);
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    private static void RunGuarded(SendOrPostCallback callback, object? state)
    {
        try
        {
            callback(state);
        }
        catch (Exception error)
        {
            Findings.Judge("a post of the context", error);
        }
    }
}
