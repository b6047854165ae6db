using Fibula.Testing;

namespace Fibula.Tests.Apps;

/// <summary>The host ends its loop by itself, and the core hears of it only then.</summary>
public sealed class UiAppLoopEndedTests
{
    private readonly ScriptedApp _app = new("Import");

    [Fact, Trait("Behaviour", "B82")]
    public void End_WithRunningTasks_TellsAndNamesThemAll()
    {
        var loop = new TestLoop();
        _app.Attach(loop);
        TaskScope window = _app.Tasks.CreateChild("window");
        BackgroundTask[] tasks = [_app.Tasks.Run(WaitAsync), window.Run(WaitAsync), window.RunOnThreadPool(() => { }, new TaskOptions { Name = "Pool" })];
        loop.RunUntilIdle();
        loop.RunUntilEnded(tasks[2]);

        loop.End();

        Assert.All(tasks[..2], task => Assert.Equal("The UI loop of 'Import' has ended.", task.CancelReason!.Message));
        Assert.All(tasks[..2], task => Assert.Equal("the UI loop", task.CancelReason!.RequestedBy));
        Assert.Equal(["WaitAsync", "WaitAsync"], Named(_app.CloseReport!));
        Assert.Equal((4, 0), (_app.CloseReport!.StartedCount, _app.CloseReport.LostCount));
    }

    [Fact(Timeout = 30_000), Trait("Behaviour", "B82")]
    public async Task End_WithATaskThatCleansUp_RunsItsFinallyOnThePoolWithTheTokenSignaled()
    {
        var cleaned = new TaskCompletionSource<(bool IsPool, bool IsTold)>();
        BackgroundTask task = await OnAThread(() =>
        {
            var loop = new TestLoop();
            _app.Attach(loop);
            BackgroundTask task = _app.Tasks.Run(task => CleanUpAsync(task, cleaned));
            loop.RunUntilIdle();
            loop.End();
            return task;
        });

        Assert.Equal((true, true), await cleaned.Task);
        await Assert.ThrowsAsync<BackgroundTaskCanceledException>(() => task.AsTask());
    }

    [Fact, Trait("Behaviour", "B82")]
    public void End_WithoutTasks_StillLeavesAReport()
    {
        var loop = new TestLoop();
        _app.Attach(loop);
        loop.RunUntilIdle();

        loop.End();

        Assert.Equal("1 task: 1 finished, 0 canceled, 0 survivors, 0 lost, 0 failed", _app.CloseReport!.ToString());
        Assert.Equal(BackgroundTaskState.Canceled, _app.Tasks.Run(() => Task.CompletedTask).State);
    }

    [Fact, Trait("Behaviour", "B82")]
    public void End_WhileARequestIsPending_AnswersItWithLeaving()
    {
        var loop = new TestLoop();
        _app.OnExit = _ => new TaskCompletionSource<bool>().Task;
        _app.Attach(loop);
        Task<ExitDecision> request = _app.RequestExitAsync();
        loop.RunUntilIdle();

        loop.End();

        Assert.Equal(ExitDecision.Leaving, request.Result);
        Assert.Equal(ExitDecision.Leaving, _app.RequestExitAsync().Result);
    }

    [Fact, Trait("Behaviour", "B82")]
    public void End_WhileTheHookAwaitsATask_NamesItAsAskedByTheLoopAndReportsNoFault()
    {
        var loop = new TestLoop();
        BackgroundTask saving = _app.Tasks.Run(EndWhenToldAsync, new TaskOptions { Name = "Save" });
        _app.OnExit = async _ =>
        {
            await saving.ConfigureAwait(false);
            return true;
        };
        _app.Attach(loop);
        Task<ExitDecision> request = _app.RequestExitAsync();
        loop.RunUntilIdle();

        loop.End();

        Assert.Equal(ExitDecision.Leaving, request.Result);
        Assert.Empty(loop.UnhandledFaults);
        CloseReportEntry hook = Assert.Single(_app.CloseReport!.Survivors, entry => entry.Name == "OnExitAsync");
        Assert.Equal("The UI loop of 'Import' has ended.", hook.Reason!.Message);
    }

    [Fact, Trait("Behaviour", "B82")]
    public void End_BeforeQueuedWorkBegan_CancelsItUnstarted()
    {
        var loop = new TestLoop();
        bool ran = false;
        _app.Attach(loop);
        BackgroundTask queued = _app.Tasks.Run(() =>
        {
            ran = true;
            return Task.CompletedTask;
        });

        loop.End();

        Assert.Equal(BackgroundTaskState.Canceled, queued.State);
        Assert.False(ran);
    }

    [Fact, Trait("Behaviour", "B82")]
    public void End_OfARootScopeWithoutAnApp_TellsItsTasksToo()
    {
        var loop = new TestLoop();
        var root = new TaskScope(loop, "view model");
        loop.RunUntilIdle();
        BackgroundTask task = root.Run(WaitAsync);

        loop.End();

        Assert.Equal("The UI loop of 'view model' has ended.", task.CancelReason!.Message);
        Assert.Equal(BackgroundTaskState.Canceled, root.Run(WaitAsync).State);
    }

    [Fact, Trait("Behaviour", "B82")]
    public void Exit_OnAFrameLoop_IsDrainedWhilePumpingAndThenAsksTheHostToLeave()
    {
        var loop = new ManualLoop();
        var cleaned = new TaskCompletionSource();
        _app.Attach(loop);
        BackgroundTask task = _app.Tasks.Run(task => CleanUpAfterAsync(task, cleaned.Task));
        loop.Pump();
        _app.Exit();
        PumpUntil(loop, () => task.State == BackgroundTaskState.Canceling);
        bool quitEarly = !loop.Pump();

        cleaned.SetResult();
        while (loop.Pump())
        {
            Thread.Yield();
        }

        loop.End();

        Assert.False(quitEarly);
        Assert.Equal(BackgroundTaskState.Canceled, task.State);
        Assert.Empty(_app.CloseReport!.Survivors);
    }

    private static IEnumerable<string> Named(CloseReport report) =>
        report.Canceled.Concat(report.Survivors).Select(entry => entry.Name);

    private static void PumpUntil(ManualLoop loop, Func<bool> condition) =>
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                loop.Pump();
                return condition();
            },
            TimeSpan.FromSeconds(20)));

    private static Task<T> OnAThread<T>(Func<T> body) => Task.Factory.StartNew(body, TaskCreationOptions.LongRunning);

    private static Task WaitAsync(TaskContext task) => task.Delay(TimeSpan.FromHours(1));

    // Ends inside the call that tells it.
    private static Task EndWhenToldAsync(TaskContext task)
    {
        var pending = new TaskCompletionSource();
        task.CancellationToken.Register(() => pending.SetCanceled(task.CancellationToken));
        return pending.Task;
    }

    private static async Task CleanUpAsync(TaskContext task, TaskCompletionSource<(bool IsPool, bool IsTold)> cleaned)
    {
        try
        {
            await task.Delay(TimeSpan.FromHours(1));
        }
        finally
        {
            cleaned.SetResult((Thread.CurrentThread.IsThreadPoolThread, task.CancellationToken.IsCancellationRequested));
        }
    }

    private static async Task CleanUpAfterAsync(TaskContext task, Task cleaned)
    {
        try
        {
            await task.Delay(TimeSpan.FromHours(1));
        }
        finally
        {
            await cleaned;
        }
    }
}
