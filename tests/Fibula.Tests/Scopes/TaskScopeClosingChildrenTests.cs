using Fibula.Testing;

namespace Fibula.Tests.Scopes;

/// <summary>Clean-up may start work of its own: what a live task starts in a closing scope.</summary>
public sealed class TaskScopeClosingChildrenTests
{
    private readonly TestLoop _loop = new();
    private readonly TaskScope _window;

    public TaskScopeClosingChildrenTests()
    {
        _window = new TaskScope(_loop, "app").CreateChild("window");
        _loop.RunUntilIdle();
    }

    [Theory, Trait("Behaviour", "B17")]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_ByATaskThatWasTold_StartsWithItsTokenSignaledAndIsWaitedFor(bool asChild)
    {
        var saved = new TaskCompletionSource();
        bool? signaled = null;
        BackgroundTask? child = null;
        _window.Run(async task =>
        {
            await CanceledAsync(task);
            child = Start(task, asChild, async inner =>
            {
                signaled = inner.CancellationToken.IsCancellationRequested;
                await saved.Task;
            });
        });

        Task<CloseReport> close = _window.CloseAsync("The user closed it.");
        _loop.RunUntil(() => child is not null);
        (BackgroundTaskState, string?) during = (child!.State, child.CancelReason?.Message);
        bool overEarly = close.IsCompleted;
        saved.SetResult();
        _loop.RunUntilEnded(close);

        Assert.Equal((true, false), (signaled!.Value, overEarly));
        Assert.Equal((BackgroundTaskState.Canceling, "The user closed it."), during);
        Assert.Equal((BackgroundTaskState.Succeeded, 0), (child.State, close.Result.LivingCount));
    }

    [Theory, Trait("Behaviour", "B17")]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_ByATaskThatMayFinish_StartsUntoldAndIsToldWithIt(bool asChild)
    {
        BackgroundTask? child = null;
        bool? signaled = null;
        BackgroundTask parent = RunThatMayFinish(async task =>
        {
            await task.Delay(TimeSpan.FromSeconds(1));
            child = Start(task, asChild, inner =>
            {
                signaled = inner.CancellationToken.IsCancellationRequested;
                return inner.Delay(TimeSpan.FromHours(1));
            });
            await child;
        });

        Task<CloseReport> close = _window.CloseAsync();
        _loop.RunUntilEnded(close);

        Assert.False(signaled);
        Assert.Equal((BackgroundTaskState.Canceled, BackgroundTaskState.Canceled), (parent.State, child!.State));
        Assert.Equal(TimeSpan.FromSeconds(2), child.Elapsed);
        Assert.Equal(TimeSpan.FromSeconds(3), close.Result.Duration);
    }

    [Theory, Trait("Behaviour", "B17")]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_LateInAClose_IsWaitedForWithinTheSameDeadline(bool asChild)
    {
        BackgroundTask? child = null;
        _window.Run(async task =>
        {
            await CanceledAsync(task);
            await Task.Delay(TimeSpan.FromSeconds(4), _loop.TimeProvider);
            child = Start(task, asChild, _ => new TaskCompletionSource().Task);
        });

        Task<CloseReport> close = _window.CloseAsync();
        _loop.RunUntilEnded(close);

        Assert.Equal(TimeSpan.FromSeconds(5), close.Result.Duration);
        Assert.Contains(close.Result.Survivors, entry => entry.Name == child!.Name);
    }

    [Theory, Trait("Behaviour", "B17")]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_ByATaskThatMayFinishAndEnds_LeavesTheChildItsTimeToCleanUp(bool asChild)
    {
        BackgroundTask? child = null;
        RunThatMayFinish(async task =>
        {
            await task.Delay(TimeSpan.FromSeconds(1));
            child = Start(task, asChild, CleanUpForTwoSecondsAsync);
        });

        Task<CloseReport> close = _window.CloseAsync();
        _loop.RunUntilEnded(close);

        Assert.Equal(BackgroundTaskState.Canceled, child!.State);
        Assert.Empty(close.Result.Survivors);
        Assert.Equal(TimeSpan.FromSeconds(5), close.Result.Duration);
    }

    [Fact, Trait("Behaviour", "B17")]
    public void RunOnThreadPool_ByATaskThatWasTold_StartsToo()
    {
        BackgroundTask<bool>? child = null;
        _window.Run(async task =>
        {
            await CanceledAsync(task);
            child = task.RunOnThreadPool(() => Thread.CurrentThread.IsThreadPoolThread);
        });

        Task<CloseReport> close = _window.CloseAsync();
        _loop.RunUntilEnded(close);

        Assert.Equal(BackgroundTaskState.Succeeded, child!.State);
        Assert.True(child.GetAwaiter().GetResult());
    }

    [Fact, Trait("Behaviour", "B17")]
    public void Run_ByATaskOfAnotherScope_IsFromOutside()
    {
        TaskScope other = new TaskScope(_loop, "other app").CreateChild("other");
        _window.Run(() => new TaskCompletionSource().Task);
        BackgroundTask? refused = null;

        _window.CloseAsync();
        other.Run(() =>
        {
            refused = _window.Run(() => Task.CompletedTask);
            return Task.CompletedTask;
        });

        Assert.Equal(BackgroundTaskState.Canceled, refused!.State);
    }

    // Ends, without an error, once the task was told.
    private static async Task CanceledAsync(TaskContext task)
    {
        var told = new TaskCompletionSource();
        await using CancellationTokenRegistration registration = task.CancellationToken.Register(told.SetResult);
        await told.Task;
    }

    private static async Task CleanUpForTwoSecondsAsync(TaskContext task)
    {
        try
        {
            await task.Delay(TimeSpan.FromHours(1));
        }
        finally
        {
            await Task.Delay(TimeSpan.FromSeconds(2), task.TimeProvider);
        }
    }

    private BackgroundTask RunThatMayFinish(Func<TaskContext, Task> work) =>
        _window.Run(work, new TaskOptions { OnClose = ClosePolicy.Finish(TimeSpan.FromSeconds(3)) });

    private BackgroundTask Start(TaskContext task, bool asChild, Func<TaskContext, Task> work)
    {
        var options = new TaskOptions { Name = "clean-up" };
        return asChild ? task.Run(work, options) : _window.Run(work, options);
    }
}
