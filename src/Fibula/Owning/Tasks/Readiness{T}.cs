using System.Runtime.ExceptionServices;

namespace Fibula;

/// <summary>Waits for a task that says itself when it is ready.</summary>
internal sealed class Readiness<T>
{
    // Starting ──ready──► Ready
    //     └────given up──► GivenUp          A task that ends while it is Starting stays so.
    //
    // The state is the task's and guarded by its tree's gate, so that exactly one of the two wins.
    private readonly TaskCompletionSource<T> _value = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ITaskNode _task = null!;
    private CancellationToken _token;

    /// <summary>The task whose work calls <see cref="SetReady"/>.</summary>
    public void Follow(ITaskNode task, CancellationToken cancellationToken)
    {
        (_task, _token) = (task, cancellationToken);
        TaskExtras extras = task.Node.NeedExtras();
        extras.Ready = ReadyState.Starting;

        // Where it is signaled already, the task is canceled before it begins.
        extras.CallersToken = cancellationToken.IsCancellationRequested ? cancellationToken : extras.CallersToken;
    }

    private ReadyState State => _task.Node.Extras!.Ready;

    /// <summary>Waits until the task is ready, and returns with what.</summary>
    public async Task<T> WaitAsync()
    {
        CancellationTokenRegistration registration = _token.UnsafeRegister(static readiness => ((Readiness<T>)readiness!).GiveUp(), this);
        await using (registration.ConfigureAwait(false))
        {
            await Task.WhenAny(_value.Task, _task.Node.EndSignal()).ConfigureAwait(false);
        }

        if (State == ReadyState.Ready)
        {
            return await _value.Task.ConfigureAwait(false);
        }

        if (_task.Node.ErrorForAwaiters is { } error)
        {
            ExceptionDispatchInfo.Throw(error);
        }

        throw new InvalidOperationException($"'{_task.Node.Name}' has ended without being ready. Its work must call ready(value) before it ends.");
    }

    /// <summary>The work is ready.</summary>
    public void SetReady(T value)
    {
        ReadyState before = _task.Tree.SetReady(_task, ReadyState.Ready);
        if (before == ReadyState.Starting)
        {
            // Where it has ended, it stays so and nobody waits any more.
            if (State == ReadyState.Ready)
            {
                _value.SetResult(value);
            }

            return;
        }

        if (before == ReadyState.Ready)
        {
            throw new InvalidOperationException($"'{_task.Node.Name}' has called ready twice. It is ready once.");
        }

        CancelReason reason = _task.CancelReason ?? _task.Tree.NewReason("the caller", $"The start of '{_task.Node.Name}' was given up.");
        throw new BackgroundTaskCanceledException(reason.Message, reason);
    }

    private void GiveUp()
    {
        if (_task.Tree.SetReady(_task, ReadyState.GivenUp) == ReadyState.Starting && State == ReadyState.GivenUp)
        {
            TaskEffectRunner.RequestCancel(_task, _task.Tree.NewReason("the caller's token", $"'{_task.Node.Name}' was canceled by the caller's token before it was ready.", token: _token));
        }
    }
}
