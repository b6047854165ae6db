using Fibula.Diagnostics;
using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Scopes;

/// <summary>Two loops on one thread, each of which turns only when the test says so: what crosses between them is seen step by step.</summary>
public sealed class JoinedRootTests
{
    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TestLoop _otherLoop = StartedLoop.Create();
    private readonly TaskScope _owner;
    private readonly TaskScope _window;

    public JoinedRootTests()
    {
        _owner = new TaskScope(_loop, "owner");
        _window = new TaskScope(_otherLoop, "second window", _owner);
    }

    [Fact]
    [Trait("Behaviour", "B84")]
    public void Cancel_OfTheOwner_CrossesByAPost()
    {
        BackgroundTask task = _window.Run(WaitAsync);

        _owner.Cancel("Enough.");
        _loop.RunUntilIdle();
        BackgroundTaskState before = task.State;
        _otherLoop.RunUntilIdle();

        Assert.Equal(BackgroundTaskState.Running, before);
        Assert.Equal(BackgroundTaskState.Canceled, task.State);
        Assert.Equal("Enough.", task.CancelReason!.Message);
    }

    [Fact]
    [Trait("Behaviour", "B84")]
    public void Cancel_OfTheOwner_LeavesTheWindowOpen()
    {
        _owner.Cancel();
        _otherLoop.RunUntilIdle();

        Assert.Equal(BackgroundTaskState.Succeeded, _window.Run(() => Task.CompletedTask).State);
        Assert.Equal("second window", Assert.Single(_owner.Snapshot().Tasks).Name);
    }

    [Fact]
    [Trait("Behaviour", "B84")]
    public void CloseAsync_OfTheOwner_EndsAfterTheTasksOfTheWindow()
    {
        BackgroundTask task = _window.Run(WaitAsync);

        Task<CloseReport> close = _owner.CloseAsync("The program ends.");
        _loop.RunUntilIdle();
        bool closedBefore = close.IsCompleted;
        _otherLoop.RunUntilIdle();
        _loop.RunUntilIdle();

        Assert.False(closedBefore);
        Assert.Equal("The program ends.", task.CancelReason!.Message);
        Assert.Equal(BackgroundTaskState.Canceled, task.State);
        Assert.Equal("second window", Assert.Single(close.Result.Canceled).Name);
        Assert.Equal(BackgroundTaskState.Canceled, _window.Run(() => Task.CompletedTask).State);
    }

    [Fact]
    [Trait("Behaviour", "B84")]
    public void CloseAsync_OfTheOwner_WaitsForNoThread()
    {
        _window.Run(WaitAsync, new TaskOptions { Name = "Load" });

        // The other thread hangs: its loop does not turn.
        Task<CloseReport> close = _owner.CloseAsync();
        _loop.RunUntilEnded(close);

        CloseReportEntry survivor = Assert.Single(close.Result.Survivors);
        Assert.Equal("second window", survivor.Name);
        Assert.Equal("'Load'", survivor.WaitsFor);
        Assert.Equal(TimeSpan.FromSeconds(5), close.Result.Duration);
    }

    [Fact]
    [Trait("Behaviour", "B84")]
    public void CloseAsync_OfTheOwner_WaitsAsLongAsATaskOfTheWindowMayFinish()
    {
        _window.Run(() => new TaskCompletionSource().Task, new TaskOptions { OnClose = ClosePolicy.Finish(TimeSpan.FromSeconds(20)) });

        Task<CloseReport> close = _owner.CloseAsync();
        _loop.RunUntilEnded(close);

        Assert.Equal(TimeSpan.FromSeconds(25), close.Result.Duration);
    }

    [Fact]
    [Trait("Behaviour", "B84")]
    public void CloseAsync_OfTheOwner_WaitsAsLongAsTheMostPatientTaskOfTheWindow()
    {
        _window.Run(() => new TaskCompletionSource().Task, new TaskOptions { OnClose = ClosePolicy.Finish(TimeSpan.FromSeconds(20)) });
        _window.Run(() => new TaskCompletionSource().Task);

        Task<CloseReport> close = _owner.CloseAsync();
        _loop.RunUntilEnded(close);

        Assert.Equal(TimeSpan.FromSeconds(25), close.Result.Duration);
    }

    [Theory]
    [Trait("Behaviour", "B84")]
    [InlineData(10, 9)]
    [InlineData(-0.001, -0.001)]
    public void CloseGrace_AtFirst_LeavesTheOwnerTimeToNameWhatIsLeft(double owners, double expected)
    {
        _owner.CloseGrace = TimeSpan.FromSeconds(owners);

        var window = new TaskScope(_otherLoop, "third window", _owner);

        Assert.Equal(TimeSpan.FromSeconds(expected), window.CloseGrace);
    }

    [Fact]
    [Trait("Behaviour", "B84")]
    public void Snapshot_OfTheOwner_SaysWhatTheWindowWaitsFor()
    {
        string? idle = Assert.Single(_owner.Snapshot().Tasks).WaitsFor;
        _window.Run(WaitAsync, new TaskOptions { Name = "Load" });
        _window.Run(WaitAsync, new TaskOptions { Name = "Save" });

        Assert.Equal(("its own UI thread", "'Load', 'Save'"), (idle, Assert.Single(_owner.Snapshot().Tasks).WaitsFor));
    }

    [Theory]
    [Trait("Behaviour", "B38")]
    [InlineData(20, 22)]
    [InlineData(1_000_000_000, double.PositiveInfinity)]
    public void Unresponsive_ForATaskOfTheWindowThatMayFinish_IsToldOnceItsTimeIsOver(int finishWithin, double toldAfter)
    {
        _window.Run(() => new TaskCompletionSource().Task, new TaskOptions { OnClose = ClosePolicy.Finish(TimeSpan.FromSeconds(finishWithin)) });
        var told = new List<string>();
        _owner.Unresponsive += task => told.Add(task.Name);
        _owner.CloseGrace = Timeout.InfiniteTimeSpan;

        _ = _owner.CloseAsync();
        _loop.Advance(TimeSpan.FromSeconds(Math.Min(toldAfter, TimeSpan.FromDays(100).TotalSeconds) - 0.1));
        string[] before = [.. told];
        _loop.Advance(TimeSpan.FromSeconds(0.2));

        Assert.Empty(before);
        Assert.Equal(double.IsInfinity(toldAfter) ? [] : ["second window"], told);
    }

    [Fact]
    [Trait("Behaviour", "B84")]
    public void CloseAsync_OfTheOwner_TakesItsLimitAlong()
    {
        _window.Run(() => new TaskCompletionSource().Task, new TaskOptions { OnClose = ClosePolicy.Finish(TimeSpan.FromSeconds(20)) });
        Task<CloseReport> closeOfWindow = _window.CloseAsync();

        Task<CloseReport> close = _owner.CloseAsync(within: TimeSpan.FromSeconds(1));
        _loop.RunUntilIdle();
        _otherLoop.RunUntilEnded(closeOfWindow);
        _loop.RunUntilEnded(close);

        Assert.Equal(TimeSpan.FromSeconds(0.9), closeOfWindow.Result.Duration);
        Assert.Empty(close.Result.Survivors);
    }

    [Fact]
    [Trait("Behaviour", "B84")]
    public void CloseAsync_OfTheWindow_EndsItsPlaceInTheOwner()
    {
        _otherLoop.RunUntilEnded(_window.CloseAsync());
        _loop.RunUntilIdle();

        Assert.Empty(_owner.Snapshot().Tasks);
        Assert.Equal(BackgroundTaskState.Succeeded, _owner.Run(() => Task.CompletedTask).State);
    }

    [Fact]
    [Trait("Behaviour", "B84")]
    public void CloseAsync_OfTheOwnerInsideATaskOfTheWindow_EndsBeforeThatTask()
    {
        BackgroundTask task = _window.Run(async () => await _owner.CloseAsync());
        _loop.RunUntilIdle();
        _otherLoop.RunUntilIdle();

        Assert.Equal(BackgroundTaskState.Succeeded, task.State);
    }

    [Fact]
    [Trait("Behaviour", "B84")]
    public void Fault_NobodyHandledInTheWindow_CrossesByAPost()
    {
        var told = new List<string>();
        _window.Faulted += fault => told.Add($"window: {fault.Name}");
        _owner.Faulted += fault => told.Add($"owner: {fault.Name}");

        _window.Run(() => throw new InvalidOperationException(), new TaskOptions { Name = "Import" });
        _otherLoop.RunUntilIdle();
        string[] before = [.. told];
        _loop.RunUntilIdle();

        Assert.Equal(["window: Import"], before);
        Assert.Equal(["window: Import", "owner: Import"], told);
        Assert.Equal("Import", Assert.Single(_loop.UnhandledFaults).Name);
        Assert.Empty(_otherLoop.UnhandledFaults);
    }

    [Fact]
    [Trait("Behaviour", "B84")]
    public void Fault_HandledInTheWindow_StaysThere()
    {
        _window.Faulted += fault => fault.Handled = true;

        _window.Run(() => throw new InvalidOperationException());
        _otherLoop.RunUntilIdle();
        _loop.RunUntilIdle();

        Assert.Empty(_loop.UnhandledFaults);
    }

    [Fact]
    [Trait("Behaviour", "B84")]
    public void Fault_AfterTheOtherLoopHasEnded_ReachesTheOwner()
    {
        var work = new TaskCompletionSource();
        BackgroundTask task = _window.Run(() => work.Task, new TaskOptions { Name = "Import" });
        _otherLoop.End();

        work.SetException(new InvalidOperationException());
        _loop.RunUntil(() => _loop.UnhandledFaults.Count > 0);

        Assert.Equal(BackgroundTaskState.Faulted, task.State);
        Assert.Equal("Import", Assert.Single(_loop.UnhandledFaults).Name);
    }

    [Fact]
    [Trait("Behaviour", "B84")]
    public void EndOfTheOtherLoop_EndsItsPlaceInTheOwner()
    {
        _otherLoop.End();
        _loop.RunUntilIdle();

        Assert.Empty(_owner.Snapshot().Tasks);
    }

    [Fact]
    [Trait("Behaviour", "B84")]
    public void New_WithAClosedOwner_IsClosedWithIt()
    {
        _otherLoop.RunUntilEnded(_window.CloseAsync());
        _loop.RunUntilEnded(_owner.CloseAsync());

        var late = new TaskScope(_otherLoop, "late window", _owner);
        BackgroundTask task = late.Run(WaitAsync);
        _otherLoop.RunUntilIdle();

        Assert.Equal(BackgroundTaskState.Canceled, task.State);
    }

    [Fact]
    [Trait("Behaviour", "B84")]
    public void New_OnTheLoopOfItsOwner_SaysWhatToDo()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new TaskScope(_loop, "view", _owner));

        Assert.StartsWith("'owner' is on the loop of 'view' itself. Use its CreateChild.", error.Message, StringComparison.Ordinal);
    }

    // Its end needs a turn of the other loop.
    private static async Task WaitAsync(TaskContext task) => await task.Delay(TimeSpan.FromHours(1));
}
