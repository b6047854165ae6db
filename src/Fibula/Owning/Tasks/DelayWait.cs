namespace Fibula;

/// <summary>
/// One wait on a loop's clock. Unlike <see cref="Task.Delay(TimeSpan, TimeProvider, CancellationToken)"/> a cancellation does not go through
/// the thread pool: work that waits on the UI thread is queued there by the time <c>Cancel</c> returns, so that virtual time is exact.
/// </summary>
internal sealed class DelayWait : TaskCompletionSource
{
    private readonly ITaskNode _task;
    private readonly TimeSpan _delay;
    private ITimer? _timer;
    private CancellationTokenRegistration _registration;

    // Asynchronous continuations, so that nobody's code runs in the middle of somebody's Cancel.
    private DelayWait(ITaskNode task, TimeSpan delay)
        : base(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        _task = task;
        _delay = delay;
    }

    public static Task Begin(ITaskNode task, TimeSpan delay)
    {
        Durations.Limit(delay);
        CancellationToken token = TaskRun.TokenOf(task);
        if (token.IsCancellationRequested)
        {
            return System.Threading.Tasks.Task.FromCanceled(token);
        }

        return delay == TimeSpan.Zero ? System.Threading.Tasks.Task.CompletedTask : new DelayWait(task, delay).Wait(token);
    }

    public override string ToString() => _delay == Timeout.InfiniteTimeSpan ? "its cancellation" : $"a delay of {Durations.Text(_delay)}";

    private Task Wait(CancellationToken token)
    {
        _task.Node.WaitsFor = new WaitReason(this);
        _timer = LongTimer.Create(_task.Tree.TimeProvider, static wait => ((DelayWait)wait!).Elapsed(), this, _delay);
        _registration = token.UnsafeRegister(static (wait, token) => ((DelayWait)wait!).Canceled(token), this);

        // Either may have happened before the other was there to be let go of.
        if (Task.IsCompleted)
        {
            LetGo();
        }

        return Task;
    }

    private void Elapsed()
    {
        LetGo();
        TrySetResult();
    }

    private void Canceled(CancellationToken token)
    {
        LetGo();
        TrySetCanceled(token);
    }

    private void LetGo()
    {
        _timer?.Dispose();
        _registration.Unregister();
        if (_task.Node.WaitsFor.Is(this))
        {
            _task.Node.WaitsFor = default;
        }
    }
}
