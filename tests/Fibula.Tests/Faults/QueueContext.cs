namespace Fibula.Tests.Faults;

/// <summary>A toolkit's context: keeps what is posted until the test runs it.</summary>
internal sealed class QueueContext : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _posted = new();

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_posted)
        {
            _posted.Enqueue((d, state));
        }
    }

    public void RunAll()
    {
        while (TryTake(out (SendOrPostCallback Callback, object? State) next))
        {
            next.Callback(next.State);
        }
    }

    private bool TryTake(out (SendOrPostCallback Callback, object? State) next)
    {
        lock (_posted)
        {
            return _posted.TryDequeue(out next);
        }
    }
}
