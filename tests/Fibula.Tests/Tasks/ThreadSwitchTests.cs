using Fibula.CompilerServices;
using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Tasks;

public sealed class ThreadSwitchTests
{
    private readonly TestLoop _loop = StartedLoop.CreateInRealTime();
    private readonly TaskScope _app;
    private readonly TaskScope _window;

    public ThreadSwitchTests()
    {
        _app = new TaskScope(_loop, "app");
        _window = _app.CreateChild("window");
    }

    [Fact]
    public void Switches_ToAndFro_RunWhereTheySay()
    {
        var onUi = new List<bool>();
        var contexts = new List<SynchronizationContext?>();
        void Note()
        {
            onUi.Add(_loop.CheckAccess());
            contexts.Add(SynchronizationContext.Current);
        }

        BackgroundTask task = _window.Run(async task =>
        {
            Note();
            await task.SwitchToThreadPoolAsync();
            Note();
            await task.SwitchToUiAsync();
            Note();
        });
        _loop.RunUntilEnded(task);

        Assert.Equal([true, false, true], onUi);
        Assert.Equal([_loop.Context, null, _loop.Context], contexts);
    }

    [Fact]
    public void Switches_WhereTheWorkIsAlready_CostNoHop()
    {
        bool[] completed = [];
        long turns = _loop.TurnsRequested;

        _window.Run(async task =>
        {
            completed = [task.SwitchToUiAsync().IsCompleted, task.SwitchToThreadPoolAsync().IsCompleted];
            await task.SwitchToUiAsync();
        });

        Assert.Equal([true, false], completed);
        Assert.Equal(turns, _loop.TurnsRequested);
    }

    [Fact]
    [Trait("Behaviour", "B87")]
    public void SwitchToUi_WhileCanceling_Works()
    {
        (BackgroundTaskState State, bool OnUi) seen = default;
        BackgroundTask? task = null;
        task = _window.RunOnThreadPool(async context =>
        {
            try
            {
                await context.Delay(TimeSpan.FromHours(1)).ConfigureAwait(false);
            }
            finally
            {
                await context.SwitchToUiAsync();
                seen = (task!.State, _loop.CheckAccess());
            }
        });
        _loop.RunUntil(() => task.State == BackgroundTaskState.Running);

        task.Cancel();
        _loop.RunUntilEnded(task);

        Assert.Equal((BackgroundTaskState.Canceling, true), seen);
        Assert.Equal(BackgroundTaskState.Canceled, task.State);
    }

    [Fact]
    [Trait("Behaviour", "B87")]
    public void SwitchToUi_WhileTheScopeCloses_Works()
    {
        bool onUi = false;
        BackgroundTask task = _window.Run(async context =>
        {
            try
            {
                await context.Delay(TimeSpan.FromHours(1)).ConfigureAwait(false);
            }
            finally
            {
                await context.SwitchToThreadPoolAsync();
                await context.SwitchToUiAsync();
                onUi = _loop.CheckAccess();
            }
        });

        _loop.RunUntilEnded(_window.CloseAsync());

        Assert.True(onUi);
        Assert.Equal(BackgroundTaskState.Canceled, task.State);
    }

    [Fact]
    [Trait("Behaviour", "B87")]
    public void SwitchToUi_AfterTheLoopHasEnded_Throws()
    {
        (BackgroundTask task, TaskCompletionSource goOn, Task<Exception?> switched) = StartOneThatSwitches();

        _loop.End();
        goOn.SetResult();

        var error = Assert.IsType<BackgroundTaskCanceledException>(switched.Result);
        Assert.Equal("Task 'Import' cannot switch to the UI thread: its scope is closed or the UI loop has ended. The UI loop of 'app' has ended.", error.Message);
        Assert.Same(task.CancelReason, error.Reason);
    }

    [Fact]
    [Trait("Behaviour", "B87")]
    public void SwitchToUi_AfterItsScopeIsClosed_Throws()
    {
        (BackgroundTask task, TaskCompletionSource goOn, Task<Exception?> switched) = StartOneThatSwitches();

        _window.CloseGrace = TimeSpan.Zero;
        _loop.RunUntilEnded(_window.CloseAsync("The user closed it."));
        goOn.SetResult();
        _loop.RunUntilEnded(task);

        var error = Assert.IsType<BackgroundTaskCanceledException>(switched.Result);
        Assert.EndsWith("The user closed it.", error.Message);
    }

    [Fact]
    [Trait("Behaviour", "B87")]
    public void SwitchToUi_TheLoopEndsOnTheWay_ThrowsAndRunsFinally()
    {
        bool finallyRan = false;
        using var onTheWay = new ManualResetEventSlim();
        BackgroundTask task = _window.RunOnThreadPool(async context =>
        {
            try
            {
                ThreadSwitch toUi = context.SwitchToUiAsync();
                Assert.False(toUi.IsCompleted);
                ThreadPool.QueueUserWorkItem(_ => onTheWay.Set());
                await toUi;
            }
            finally
            {
                finallyRan = true;
            }
        });
        Assert.True(onTheWay.Wait(TimeSpan.FromSeconds(30)));

        _loop.End();
        _loop.RunUntil(() => task.IsCompleted);

        Assert.True(finallyRan);
        Assert.Equal(BackgroundTaskState.Canceled, task.State);
    }

    private (BackgroundTask Task, TaskCompletionSource GoOn, Task<Exception?> Switched) StartOneThatSwitches()
    {
        var goOn = new TaskCompletionSource();
        var switched = new TaskCompletionSource<Exception?>();
        BackgroundTask task = _window.Run(
            async context =>
            {
                await goOn.Task.ConfigureAwait(false);
                switched.SetResult(await Record.ExceptionAsync(async () => await context.SwitchToUiAsync()).ConfigureAwait(false));
            },
            new TaskOptions { Name = "Import" });
        return (task, goOn, switched.Task);
    }
}
