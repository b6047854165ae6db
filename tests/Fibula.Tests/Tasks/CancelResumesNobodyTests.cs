using Fibula.Diagnostics;
using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Tasks;

public sealed class CancelResumesNobodyTests
{
    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _scope;
    private readonly Lock _callersLock = new();
    private readonly List<bool> _underTheLock = [];

    public CancelResumesNobodyTests()
    {
        _scope = new TaskScope(_loop, "app");
    }

    public static TheoryData<string> Calls => ["the handle", "the scope", "a close", "the caller's token", "the board"];

    [Theory, Trait("Behaviour", "B89")]
    [MemberData(nameof(Calls))]
    public void Call_ThatEndsAChildThatHasNotBegun_ResumesNobodyInside(string call)
    {
        TaskContext? context = null;
        using var caller = new CancellationTokenSource();
        var bodyMayEnd = new TaskCompletionSource();
        BackgroundTask parent = _scope.Run(task =>
        {
            context = task;
            return bodyMayEnd.Task;
        });
        BackgroundTask child = OnAnotherThread(() => context!.Run(Idle, new TaskOptions { CancellationToken = caller.Token }));
        bodyMayEnd.SetResult();
        Task observer = ObserveAsync(parent);
        Observe(parent);

        UnderTheLock(call, child, caller);
        _loop.RunUntilEnded(observer);
        _loop.RunUntil(() => _underTheLock.Count == 2);

        Assert.Equal(BackgroundTaskState.Canceled, child.State);
        Assert.Equal([false, false], _underTheLock);
    }

    [Theory, Trait("Behaviour", "B89")]
    [MemberData(nameof(Calls))]
    public void Call_WhoseTokenCallbackEndsTheWork_ResumesNobodyInside(string call)
    {
        using var caller = new CancellationTokenSource();
        BackgroundTask task = _scope.RunOnThreadPool(EndInTheCallbackAsync, new TaskOptions { CancellationToken = caller.Token });
        _loop.RunUntil(() => task.Explain().Contains("waits in", StringComparison.Ordinal));
        Task observer = ObserveAsync(task);
        Observe(task);

        UnderTheLock(call, task, caller);
        _loop.RunUntilEnded(observer);
        _loop.RunUntil(() => _underTheLock.Count == 2);

        Assert.Equal([false, false], _underTheLock);
    }

    private static Task Idle(TaskContext task) => task.Delay(Timeout.InfiniteTimeSpan);

    // A plain TaskCompletionSource resumes its awaiter inside the call that completes it.
    private static async Task EndInTheCallbackAsync(CancellationToken cancellationToken)
    {
        var stopped = new TaskCompletionSource();
        using CancellationTokenRegistration registration = cancellationToken.Register(() => stopped.TrySetCanceled(cancellationToken));
        await stopped.Task.ConfigureAwait(false);
    }

    private static T OnAnotherThread<T>(Func<T> call)
    {
        T result = default!;
        var thread = new Thread(() => result = call());
        thread.Start();
        thread.Join();
        return result;
    }

    private void UnderTheLock(string call, BackgroundTask task, CancellationTokenSource caller)
    {
        lock (_callersLock)
        {
            switch (call)
            {
                case "the handle":
                    task.Cancel();
                    break;
                case "the scope":
                    _scope.Cancel();
                    break;
                case "a close":
                    _ = _scope.CloseAsync();
                    break;
                case "the caller's token":
                    caller.Cancel();
                    break;
                default:
                    using (var board = new TaskBoard(_scope))
                    {
                        board.Cancel(_scope.Snapshot().Tasks.Single(row => row.Name == task.Name).Id);
                    }

                    break;
            }
        }
    }

    private async Task ObserveAsync(BackgroundTask task)
    {
        SynchronizationContext.SetSynchronizationContext(_loop.Context);
        try
        {
            await task;
        }
        catch (OperationCanceledException)
        {
        }

        _underTheLock.Add(_callersLock.IsHeldByCurrentThread);
    }

    private void Observe(BackgroundTask task) =>
        task.AsTask().ContinueWith(
            _ =>
            {
                bool isHeld = _callersLock.IsHeldByCurrentThread;
                _loop.Post(() => _underTheLock.Add(isHeld));
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
}
