using System.Collections.Concurrent;

namespace Fibula.Tests.Conformance;

/// <summary>A context with a thread that pumps it, as users write them: posts carry their poster's execution context, and are dropped once it is stopped.</summary>
internal sealed class PumpingContext(Action<Exception> onError) : SynchronizationContext
{
    private readonly BlockingCollection<(SendOrPostCallback Callback, object? State, ExecutionContext? Flow)> _queue = [];
    private readonly Thread _thread = Thread.CurrentThread;
    private volatile bool _isStopped;

    public override void Post(SendOrPostCallback d, object? state) => _queue.Add((d, state, ExecutionContext.Capture()));

    public override void Send(SendOrPostCallback d, object? state)
    {
        if (Thread.CurrentThread == _thread)
        {
            d(state);
            return;
        }

        using var done = new ManualResetEventSlim();
        Post(
            _ =>
            {
                d(state);
                done.Set();
            },
            null);
        done.Wait();
    }

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Pumps until <see cref="Stop"/>.</summary>
    public void Run() => PumpWhile(() => !_isStopped);

    /// <summary>Pumps inside a callback, until a task has ended.</summary>
    public void RunUntil(Task task)
    {
        task.ContinueWith(_ => Wake(), TaskScheduler.Default);
        PumpWhile(() => !task.IsCompleted && !_isStopped);
    }

    public void Stop()
    {
        _isStopped = true;
        Wake();
    }

    private void Wake() => _queue.Add((static _ => { }, null, null));

    private void PumpWhile(Func<bool> isOpen)
    {
        while (isOpen())
        {
            (SendOrPostCallback callback, object? state, ExecutionContext? flow) = _queue.Take();
            Invoke(callback, state, flow);
        }
    }

    private void Invoke(SendOrPostCallback callback, object? state, ExecutionContext? flow)
    {
        try
        {
            if (flow is null)
            {
                callback(state);
            }
            else
            {
                ExecutionContext.Run(flow, callback.Invoke, state);
            }
        }
        catch (Exception error)
        {
            onError(error);
        }
    }
}
