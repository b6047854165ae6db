using Fibula.Testing;

namespace Fibula.Tests.Scopes;

public sealed class TaskScopeCloseTests
{
    private readonly TestLoop _loop = new();
    private readonly TaskScope _root;
    private readonly TaskScope _window;

    public TaskScopeCloseTests()
    {
        _root = new TaskScope(_loop, "app");
        _window = _root.CreateChild("Import");
        _loop.RunUntilIdle();
    }

    [Fact, Trait("Behaviour", "B39")]
    public void CloseAsync_WithRunningTasks_TellsThemWithTheWindowsNameAndLeavesOthersAlone()
    {
        BackgroundTask[] tasks = [_window.Run(WaitAsync), _window.Run(WaitAsync), _window.CreateChild("list").Run(WaitAsync)];
        BackgroundTask other = _root.CreateChild("Export").Run(WaitAsync);
        BackgroundTask apps = _root.Run(WaitAsync);

        Task<CloseReport> close = _window.CloseAsync();
        _loop.RunUntilEnded(close);

        Assert.All(tasks, task => Assert.Equal("Scope 'Import' was closed.", task.CancelReason!.Message));
        Assert.All(tasks, task => Assert.Equal(BackgroundTaskState.Canceled, task.State));
        Assert.All([other, apps], task => Assert.Equal((BackgroundTaskState.Running, null), (task.State, task.CancelReason)));
    }

    [Theory, Trait("Behaviour", "B39")]
    [InlineData(1, 0)]
    [InlineData(256, 255)]
    [InlineData(300, 0)]
    [InlineData(300, 255)]
    [InlineData(300, 256)]
    [InlineData(1000, 511)]
    public void CloseAsync_OfManyTasksAndADeafOne_CancelsAllOthersImmediately(int count, int deaf)
    {
        var never = new TaskCompletionSource();
        List<BackgroundTask> tasks = [.. Enumerable.Range(0, count).Select(i => i == deaf ? _window.Run(() => never.Task) : _window.Run(WaitAsync))];

        Task<CloseReport> close = _window.CloseAsync();
        _loop.RunUntilEnded(close);

        List<BackgroundTask> ended = tasks.FindAll(task => task.IsCompleted);
        Assert.All(ended, task => Assert.Equal((BackgroundTaskState.Canceled, TimeSpan.Zero), (task.State, task.Elapsed)));
        Assert.Equal((count - 1, 1), (ended.Count, close.Result.Survivors.Count));
    }

    [Fact, Trait("Behaviour", "B39")]
    public void CloseAsync_WhileTasksEnd_LetsTheLoopPump()
    {
        List<string> log = [];
        _window.Run(async task =>
        {
            try
            {
                await WaitAsync(task);
            }
            finally
            {
                await Task.Delay(TimeSpan.FromSeconds(2), task.TimeProvider);
                log.Add("cleaned up");
            }
        });
        _root.Run(async task =>
        {
            await task.Delay(TimeSpan.FromSeconds(1));
            log.Add("other work");
        });

        Task<CloseReport> close = _window.CloseAsync();
        _loop.Post(() => log.Add("posted"));
        _loop.RunUntilEnded(close);

        Assert.Equal(["posted", "other work", "cleaned up"], log);
        Assert.Equal(TimeSpan.FromSeconds(2), close.Result.Duration);
    }

    [Fact, Trait("Behaviour", "B39")]
    public void CloseAsync_WithAReason_IsWhatTasksAndTheReportSay()
    {
        BackgroundTask task = _window.Run(WaitAsync);

        Task<CloseReport> close = _window.CloseAsync("The user closed 'Import'.");
        _loop.RunUntilEnded(close);

        Assert.Same(close.Result.Reason, task.CancelReason);
        Assert.Equal("The user closed 'Import'.", task.CancelReason!.Message);
        Assert.Equal(
            "TaskScopeCloseTests.CloseAsync_WithAReason_IsWhatTasksAndTheReportSay",
            task.CancelReason.RequestedBy);
    }

    [Fact, Trait("Behaviour", "B39")]
    public void CloseAsync_OfAnIdleScope_EndsAtOnceAndTakesNoNewTasks()
    {
        Task<CloseReport> close = _window.CloseAsync();
        _loop.RunUntilEnded(close);

        Assert.Equal("0 tasks: 0 finished, 0 canceled, 0 survivors, 0 lost, 0 failed", close.Result.ToString());
        Assert.Equal(TimeSpan.Zero, close.Result.Duration);
        Assert.Equal(BackgroundTaskState.Canceled, _window.Run(WaitAsync).State);
    }

    [Fact, Trait("Behaviour", "B39")]
    public void CloseAsync_FromAnotherThread_TellsTheTasksOnTheUiThread()
    {
        int toldOn = 0;
        _window.Run(async task =>
        {
            using CancellationTokenRegistration registration = task.CancellationToken.Register(() => toldOn = Environment.CurrentManagedThreadId);
            await WaitAsync(task);
        });

        Task<CloseReport> close = Task.Run(() => _window.CloseAsync());
        _loop.RunUntilEnded(close);

        Assert.Equal(Environment.CurrentManagedThreadId, toldOn);
        Assert.Equal("1 task: 0 finished, 1 canceled by TaskScopeCloseTests.CloseAsync_FromAnotherThread_TellsTheTasksOnTheUiThread, 0 survivors, 0 lost, 0 failed", close.Result.ToString());
    }

    [Fact, Trait("Behaviour", "B39")]
    public void CloseAsync_BeforeTheLoopRuns_CancelsWhatIsQueuedUnstarted()
    {
        var app = new UiApp("app");
        bool ran = false;
        BackgroundTask queued = app.Tasks.Run(() => Task.FromResult(ran = true));

        Task<CloseReport> close = app.Tasks.CloseAsync();

        Assert.True(close.Wait(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        Assert.Equal(BackgroundTaskState.Canceled, queued.State);
        Assert.False(ran);
    }

    [Fact, Trait("Behaviour", "B39")]
    public void CloseAsync_TaskThatIgnoresIt_EndsAfterTheGrace()
    {
        _window.CloseGrace = TimeSpan.FromSeconds(2);
        _window.Run(() => new TaskCompletionSource().Task);

        Task<CloseReport> close = _window.CloseAsync();
        _loop.RunUntilEnded(close);

        Assert.Equal(TimeSpan.FromSeconds(2), close.Result.Duration);
        Assert.Single(close.Result.Survivors);
    }

    [Fact, Trait("Behaviour", "B39")]
    public void CloseGrace_ByDefault_Is5SecondsAndIsHandedDown()
    {
        TaskScope root = new(_loop, "other");
        TimeSpan ofRoot = root.CloseGrace;
        root.CloseGrace = TimeSpan.FromSeconds(1);

        Assert.Equal(TimeSpan.FromSeconds(5), ofRoot);
        Assert.Equal(TimeSpan.FromSeconds(1), root.CreateChild("child").CloseGrace);
    }

    [Fact, Trait("Behaviour", "B39")]
    public void CloseGrace_Infinite_WaitsForEver()
    {
        var release = new TaskCompletionSource();
        _window.CloseGrace = Timeout.InfiniteTimeSpan;
        _window.Run(() => release.Task);

        Task<CloseReport> close = _window.CloseAsync();
        _loop.Advance(TimeSpan.FromDays(100));
        bool isOver = close.IsCompleted;
        release.SetResult();
        _loop.RunUntilEnded(close);

        Assert.False(isOver);
        Assert.Equal(TimeSpan.FromDays(100), close.Result.Duration);
    }

    [Fact, Trait("Behaviour", "B39")]
    public void CloseAsync_WithALimit_CutsFinishAtItsHalfAndGraceAtItsEnd()
    {
        BackgroundTask finishing = _window.Run(WaitAsync, new TaskOptions { OnClose = ClosePolicy.Finish(TimeSpan.FromMinutes(1)) });
        _window.Run(() => new TaskCompletionSource().Task);

        Task<CloseReport> close = _window.CloseAsync(within: TimeSpan.FromSeconds(2));
        _loop.RunUntilEnded(close);

        Assert.Equal(TimeSpan.FromSeconds(1), finishing.Elapsed);
        Assert.Equal(TimeSpan.FromSeconds(2), close.Result.Duration);
    }

    private static Task WaitAsync(TaskContext task) => task.Delay(TimeSpan.FromHours(1));
}
