namespace Fibula;

/// <summary>
/// The <see cref="SynchronizationContext"/> that work runs under: awaits resume through the loop's own queue.
/// Calls that only the toolkit can answer (<see cref="Wait"/>, and <see cref="Send"/> where it has one) is forwarded to its context.
/// </summary>
internal sealed class LoopContext : SynchronizationContext
{
    private readonly SynchronizationContext? _toolkit;

    public LoopContext(UiLoop loop, SynchronizationContext? toolkit)
    {
        Loop = loop;
        _toolkit = toolkit;
        if (toolkit?.IsWaitNotificationRequired() == true)
        {
            SetWaitNotificationRequired();
        }
    }

    public UiLoop Loop { get; }

    public override void Post(SendOrPostCallback d, object? state) => Loop.Resume(d, state);

    public override void Send(SendOrPostCallback d, object? state)
    {
        if (Loop.CheckAccess())
        {
            d(state);
        }
        else if (_toolkit is not null)
        {
            _toolkit.Send(d, state);
        }
        else
        {
            SendThroughTheQueue(d, state);
        }
    }

    // The loop is found by the identity of its context, so a copy is the context itself.
    public override SynchronizationContext CreateCopy() => this;

    public override int Wait(IntPtr[] waitHandles, bool waitAll, int millisecondsTimeout) =>
        _toolkit is null
            ? base.Wait(waitHandles, waitAll, millisecondsTimeout)
            : _toolkit.Wait(waitHandles, waitAll, millisecondsTimeout);

    private void SendThroughTheQueue(SendOrPostCallback callback, object? state)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bool queued = Loop.Enqueue(new WorkItem(WorkItemKind.Internal, _ => RunAndTell(callback, state, done), null));
        if (!queued)
        {
            throw new InvalidOperationException("The UI loop has ended, so nothing can be sent to it. Use Post, which then does nothing.");
        }

        done.Task.GetAwaiter().GetResult();
    }

    private static void RunAndTell(SendOrPostCallback callback, object? state, TaskCompletionSource done)
    {
        try
        {
            callback(state);
            done.SetResult();
        }
        catch (Exception error)
        {
            done.SetException(error);
        }
    }
}
