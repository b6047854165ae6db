using Fibula.Diagnostics;
using Fibula.Testing;

namespace Fibula.Tests.Scopes;

public sealed class TaskScopeOwnTests
{
    private readonly TestLoop _loop = new();
    private readonly TaskScope _root;
    private readonly TaskScope _window;
    private readonly TaskCompletionSource _foreign = new();

    public TaskScopeOwnTests()
    {
        _root = new TaskScope(_loop, "app");
        _window = _root.CreateChild("Import");
        _loop.RunUntilIdle();
    }

    [Fact, Trait("Behaviour", "B22")]
    public void Own_ARunningTask_IsListedByItsNameUntilItEnds()
    {
        BackgroundTask handle = _window.Own(DownloadAsync(_foreign));

        TaskSnapshot listed = Assert.Single(_window.Snapshot().Tasks);
        _foreign.SetResult();
        _loop.RunUntilEnded(handle);

        Assert.Equal(("DownloadAsync", "Import", BackgroundTaskState.Running), (listed.Name, listed.ScopeName, listed.State));
        Assert.Equal(BackgroundTaskState.Succeeded, handle.State);
        Assert.Empty(_window.Snapshot().Tasks);
    }

    [Fact, Trait("Behaviour", "B22")]
    public void Own_AVariable_IsNamedAfterTheCallingMember()
    {
        Task download = _foreign.Task;

        BackgroundTask handle = _window.Own(download);

        Assert.Equal("TaskScopeOwnTests.Own_AVariable_IsNamedAfterTheCallingMember", handle.Name);
        Assert.Equal("Download", _window.Own(download, new TaskOptions { Name = "Download" }).Name);
    }

    [Fact, Trait("Behaviour", "B22")]
    public void Own_ATaskThatEndedBefore_IsOverAtOnceWithItsOutcome()
    {
        Task<int> canceled = Task.FromCanceled<int>(new CancellationToken(canceled: true));

        BackgroundTask<int> succeeded = _window.Own(Task.FromResult(42));
        BackgroundTask<int> faulted = _window.Own(Task.FromException<int>(new InvalidOperationException("No network.")));
        BackgroundTask<int> stopped = _window.Own(canceled, new TaskOptions { Name = "Download" });

        Assert.Equal(42, succeeded.GetAwaiter().GetResult());
        Assert.Equal(BackgroundTaskState.Faulted, faulted.State);
        Assert.Equal((BackgroundTaskState.Canceled, "'Download' was stopped by a token of its own."), (stopped.State, stopped.CancelReason!.Message));
        Assert.Empty(_window.Snapshot().Tasks);
    }

    [Theory, Trait("Behaviour", "B22")]
    [InlineData(false)]
    [InlineData(true)]
    public void Own_InAScopeThatCloses_IsWaitedForAsLongAsItsPolicySays(bool endsInTime)
    {
        var others = new TaskCompletionSource();
        BackgroundTask own = _window.Run(() => others.Task, new TaskOptions { OnClose = ClosePolicy.Finish(Timeout.InfiniteTimeSpan) });
        Task<CloseReport> close = _window.CloseAsync();
        _loop.Advance(TimeSpan.FromMinutes(1));

        BackgroundTask handle = _window.Own(_foreign.Task, new TaskOptions { Name = "Download", OnClose = ClosePolicy.Finish(TimeSpan.FromMinutes(2)) });
        others.SetResult();
        _loop.RunUntilEnded(own);
        bool isOver = close.IsCompleted;
        if (endsInTime)
        {
            _foreign.SetResult();
        }

        _loop.RunUntilEnded(close);

        Assert.False(isOver);
        Assert.Equal(endsInTime ? "2 tasks: 2 finished, 0 canceled, 0 survivors, 0 lost, 0 failed" : "2 tasks: 1 finished, 0 canceled, 1 survivor, 0 lost, 0 failed", close.Result.ToString());
        Assert.Equal(TimeSpan.FromMinutes(endsInTime ? 1 : 2), close.Result.Duration);
        Assert.Same(endsInTime ? _window : _root, handle.Scope);
    }

    [Theory, Trait("Behaviour", "B22")]
    [InlineData(true)]
    [InlineData(false)]
    public void Own_ATaskThatFails_IsReportedWithNameAndPlace(bool endedBefore)
    {
        if (endedBefore)
        {
            _foreign.SetException(new InvalidOperationException("No network."));
        }

        _window.Own(_foreign.Task, new TaskOptions { Name = "Download" });
        _foreign.TrySetException(new InvalidOperationException("No network."));
        _loop.RunUntil(() => _loop.UnhandledFaults.Count > 0);

        TaskFault fault = Assert.Single(_loop.UnhandledFaults);
        Assert.Equal(("Task 'Download' failed: No network.", "Import"), (fault.Message, fault.ScopeName));
        Assert.EndsWith("TaskScopeOwnTests.cs", fault.FilePath, StringComparison.Ordinal);
        Assert.True(fault.LineNumber > 0);
    }

    [Fact, Trait("Behaviour", "B22")]
    public void Own_ATaskWhoseHandleIsObserved_IsNotReported()
    {
        BackgroundTask handle = _window.Own(_foreign.Task);
        Task observed = handle.AsTask();

        _foreign.SetException(new InvalidOperationException("No network."));
        _loop.RunUntilEnded(observed);
        _loop.RunUntilIdle();

        Assert.Equal("No network.", Assert.IsType<InvalidOperationException>(observed.Exception!.InnerException).Message);
        Assert.Empty(_loop.UnhandledFaults);
    }

    [Fact, Trait("Behaviour", "B22")]
    public void CloseAsync_OwnedTaskThatCannotBeTold_IsWaitedForOneSecondAndNoLonger()
    {
        BackgroundTask handle = _window.Own(_foreign.Task, new TaskOptions { Name = "Download" });

        CloseReport report = Close();

        Assert.Equal(TimeSpan.FromSeconds(1), report.Duration);
        Assert.Equal("'Download' (Running, 1.0 s old, waits for something outside Fibula)", Assert.Single(report.Survivors).ToString());
        Assert.Null(handle.CancelReason);
        Assert.Equal("Download", Assert.Single(_root.Snapshot().Tasks).Name);
    }

    [Fact, Trait("Behaviour", "B22")]
    public void CloseAsync_OwnedTaskThatCannotBeToldAndEndsInTime_IsNoSurvivor()
    {
        _window.Own(Task.Delay(TimeSpan.FromSeconds(0.9), _loop.TimeProvider));

        CloseReport report = Close();

        Assert.Equal((TimeSpan.FromSeconds(0.9), 1), (report.Duration, report.SucceededCount));
        Assert.Empty(report.Survivors);
    }

    [Fact, Trait("Behaviour", "B22")]
    public void CloseAsync_OwnedTaskWithAPolicyOfItsOwn_FollowsIt()
    {
        _window.Own(_foreign.Task, new TaskOptions { Name = "long", OnClose = ClosePolicy.Finish(TimeSpan.FromSeconds(3)) });
        _window.Own(_foreign.Task, new TaskOptions { Name = "left", OnClose = ClosePolicy.Abandon });

        CloseReport report = Close();

        Assert.Equal(TimeSpan.FromSeconds(3), report.Duration);
        Assert.Equal("long", Assert.Single(report.Survivors).Name);
        Assert.Equal("left", Assert.Single(report.Abandoned).Name);
    }

    [Fact, Trait("Behaviour", "B22")]
    public void CloseAsync_OwnedTaskThatCanBeTold_IsToldAtOnceAndHasTheGrace()
    {
        var source = new CancellationTokenSource();
        var download = Task.Delay(Timeout.InfiniteTimeSpan, source.Token);
        BackgroundTask handle = _window.Own(download, cancel: source.Cancel);
        _window.Own(_foreign.Task, new TaskOptions { Name = "deaf" }, cancel: () => { });

        CloseReport report = Close();

        Assert.Equal((BackgroundTaskState.Canceled, "Scope 'Import' was closed."), (handle.State, handle.CancelReason!.Message));
        Assert.Equal(TimeSpan.FromSeconds(5), report.Duration);
        Assert.Equal("deaf", Assert.Single(report.Survivors).Name);
    }

    [Fact, Trait("Behaviour", "B22")]
    public void Cancel_OwnedTask_CallsTheCallbackOnce()
    {
        int calls = 0;
        BackgroundTask handle = _window.Own(_foreign.Task, cancel: () => calls++);

        handle.Cancel();
        handle.Cancel();

        Assert.Equal((BackgroundTaskState.Canceling, 1), (handle.State, calls));
    }

    [Fact, Trait("Behaviour", "B22")]
    public void Own_InAClosedScope_IsToldAndListedUnderTheRoot()
    {
        int calls = 0;
        CloseReport report = Close();

        BackgroundTask handle = _window.Own(_foreign.Task, new TaskOptions { Name = "Download" }, cancel: () => calls++);
        string listed = Assert.Single(_root.Snapshot().Tasks).Name;
        _foreign.SetResult();
        _loop.RunUntilEnded(handle);

        Assert.Equal(("Download", 1), (listed, calls));
        Assert.Equal("Scope 'Import' was closed before it was given 'Download'.", handle.CancelReason!.Message);
        Assert.Equal(0, report.StartedCount);
        Assert.Empty(_root.Snapshot().Tasks);
    }

    [Fact, Trait("Behaviour", "B22")]
    public void Own_Nothing_ThrowsAtOnce()
    {
        Assert.Throws<ArgumentNullException>("task", () => _window.Own(null!));
        Assert.Throws<ArgumentNullException>("task", () => _window.Own<int>(null!));
    }

    private static Task DownloadAsync(TaskCompletionSource foreign) => foreign.Task;

    private CloseReport Close()
    {
        Task<CloseReport> close = _window.CloseAsync();
        _loop.RunUntilEnded(close);
        return close.Result;
    }
}
