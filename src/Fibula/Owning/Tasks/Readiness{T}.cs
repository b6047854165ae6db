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
    private BackgroundTask _task = null!;
    private CancellationToken _token;

    /// <summary>The task was made of <see cref="Wrap"/>.</summary>
    public void Follow(BackgroundTask task, CancellationToken cancellationToken)
    {
        (_task, _token) = (task, cancellationToken);
        task.BecomeStarting(cancellationToken);
    }

    public Func<TaskContext, Task> Wrap(Func<TaskContext, Action<T>, Task> work) => context => work(context, SetReady);

    public async Task<(BackgroundTask Task, T Value)> WaitAsync()
    {
        CancellationTokenRegistration registration = _token.UnsafeRegister(static readiness => ((Readiness<T>)readiness!).GiveUp(), this);
        await using (registration.ConfigureAwait(false))
        {
            Task ended = _task.EndSignal() ?? Task.CompletedTask;
            await Task.WhenAny(_value.Task, ended).ConfigureAwait(false);
        }

        if (_task.ReadyState == ReadyState.Ready)
        {
            return (_task, await _value.Task.ConfigureAwait(false));
        }

        if (_task.Error is { } error)
        {
            ExceptionDispatchInfo.Throw(error);
        }

        throw new InvalidOperationException($"'{_task.Name}' has ended without being ready. Its work must call ready(value) before it ends.");
    }

    private void SetReady(T value)
    {
        if (_task.TryBecomeReady())
        {
            _value.SetResult(value);
        }
    }

    private void GiveUp()
    {
        if (_task.TryGiveUp())
        {
            _task.Tell(_task.Tree.NewReason("the caller's token", $"'{_task.Name}' was canceled by the caller's token before it was ready.", token: _token));
        }
    }
}
