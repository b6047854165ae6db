using Fibula.Diagnostics;
using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Scopes;

public sealed class TwoAppsTests
{
    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TestLoop _otherLoop = StartedLoop.Create();
    private readonly TaskScope _app;
    private readonly TaskScope _otherApp;
    private readonly TaskCompletionSource _finish = new();

    public TwoAppsTests()
    {
        _app = new TaskScope(_loop, "one app");
        _otherApp = new TaskScope(_otherLoop, "another app");
    }

    [Fact]
    [Trait("Behaviour", "B15")]
    public void Snapshot_OfOneApp_ShowsNothingOfTheOther()
    {
        _app.Run(() => _finish.Task);

        Assert.Single(_app.Snapshot().Tasks);
        Assert.Empty(_otherApp.Snapshot().Tasks);
    }

    [Fact]
    [Trait("Behaviour", "B15")]
    public void Current_InATaskOfEachApp_IsThatApp()
    {
        TaskScope? seen = null;
        TaskScope? seenByTheOther = null;

        _app.Run(async () =>
        {
            await _finish.Task;
            seen = TaskScope.Current;
        });
        _otherApp.Run(async () =>
        {
            await _finish.Task;
            seenByTheOther = TaskScope.Current;
        });
        _finish.SetResult();
        _loop.RunUntilIdle();
        _otherLoop.RunUntilIdle();

        Assert.Same(_app, seen);
        Assert.Same(_otherApp, seenByTheOther);
    }

    [Fact]
    [Trait("Behaviour", "B15")]
    public void CloseAsync_OfOneApp_LeavesTheTasksOfTheOther()
    {
        BackgroundTask task = _app.Run(task => task.Delay(TimeSpan.FromHours(1)));
        BackgroundTask other = _otherApp.Run(task => task.Delay(TimeSpan.FromHours(1)));

        _loop.RunUntilEnded(_app.CloseAsync());

        Assert.Equal(BackgroundTaskState.Canceled, task.State);
        Assert.Equal(BackgroundTaskState.Running, other.State);
    }

    [Fact]
    [Trait("Behaviour", "B15")]
    public void EndOfOneLoop_LeavesTheTasksOfTheOther()
    {
        BackgroundTask task = _app.Run(() => _finish.Task);
        BackgroundTask other = _otherApp.Run(() => _finish.Task);

        _loop.End();

        Assert.Equal(BackgroundTaskState.Canceling, task.State);
        Assert.Equal(BackgroundTaskState.Running, other.State);
        Assert.Equal(BackgroundTaskState.Canceled, _app.Run(() => _finish.Task).State);
        Assert.Equal(BackgroundTaskState.Running, _otherApp.Run(() => _finish.Task).State);
    }

    [Fact]
    [Trait("Behaviour", "B15")]
    public void Fault_OfOneApp_IsNotToldToTheOther()
    {
        var told = new List<string>();
        _app.Faulted += fault => told.Add($"one: {fault.Name}");
        _otherApp.Faulted += fault => told.Add($"other: {fault.Name}");

        _app.Run(() => throw new InvalidOperationException(), new TaskOptions { Name = "Import" });
        _loop.RunUntilIdle();
        _otherLoop.RunUntilIdle();

        Assert.Equal(["one: Import"], told);
        Assert.Single(_loop.UnhandledFaults);
        Assert.Empty(_otherLoop.UnhandledFaults);
    }

    [Fact]
    [Trait("Behaviour", "B88")]
    public void Current_OnTheContextOfAnAppWithoutAThread_IsThatApp()
    {
        var context = new SynchronizationContext();
        var isRunning = new TaskCompletionSource();
        var loop = new SynchronizationContextLoop(context);
        UiApp app = loop.UseFibula(options => options.OnRunning = () =>
        {
            isRunning.SetResult();
            return Task.CompletedTask;
        });
        TaskScope? seen = null;

        // As a dispatcher without a thread calls what a task has sent to it.
        BackgroundTask task = _app.Run(async () =>
        {
            await isRunning.Task;
            await Task.Run(() =>
            {
                SynchronizationContext.SetSynchronizationContext(context);
                seen = TaskScope.Current;
                SynchronizationContext.SetSynchronizationContext(null);
            });
        });
        _loop.RunUntilEnded(task);
        loop.End();

        Assert.Same(app.Tasks, seen);
    }

    [Fact]
    [Trait("Behaviour", "B88")]
    public void Current_InWhatATaskSendsToAnotherEventLoop_IsThatApp()
    {
        TaskScope? seen = null;
        TaskScope? afterwards = null;
        TaskScope? own = null;
        var other = new ListeningApp();
        var thread = new Thread(() => other.Run(new EventLoop()));
        thread.Start();

        EventLoop.Run(async task =>
        {
            own = TaskScope.Current;
            TaskScheduler scheduler = await other.Scheduler.Task;

            // Unlike a post, it brings the flow of the task along.
            await Task.Factory.StartNew(() => seen = TaskScope.Current, task.CancellationToken, TaskCreationOptions.None, scheduler);
            afterwards = TaskScope.Current;
        });
        other.Exit();
        thread.Join();

        Assert.Same(other.Tasks, seen);
        Assert.Same(own, afterwards);
    }

    private sealed class ListeningApp() : UiApp("listening")
    {
        public TaskCompletionSource<TaskScheduler> Scheduler { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override Task OnRunningAsync()
        {
            Scheduler.SetResult(TaskScheduler.FromCurrentSynchronizationContext());
            return Task.CompletedTask;
        }
    }
}
