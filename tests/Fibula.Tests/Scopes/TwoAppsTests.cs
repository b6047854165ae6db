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
}
