using Fibula.Testing;

namespace Fibula.Tests.Scopes;

public sealed class TaskScopeTreeTests
{
    private readonly TestLoop _loop = new();
    private readonly TaskScope _root;
    private readonly TaskCompletionSource _release = new();

    public TaskScopeTreeTests()
    {
        _root = new TaskScope(_loop, "app");
        _loop.RunUntilIdle();
    }

    [Fact, Trait("Behaviour", "B16")]
    public void Run_InAClosedScope_IsCanceledWithTheReasonAndNeverRuns()
    {
        bool ran = false;
        TaskScope window = _root.CreateChild("Import");
        _loop.RunUntilEnded(window.CloseAsync());

        BackgroundTask[] refused = StartInEveryWay(window, () => ran = true);
        _loop.RunUntilIdle();

        Assert.All(refused, task => Assert.Equal(BackgroundTaskState.Canceled, task.State));
        Assert.Equal(
            "Scope 'Import' is closed and takes no new tasks. Start 'Load' earlier, or in a scope that lives longer.",
            refused[0].CancelReason!.Message);
        Assert.All(refused, task => Assert.Equal("scope 'Import'", task.CancelReason!.RequestedBy));
        Assert.False(ran);
    }

    [Fact, Trait("Behaviour", "B16")]
    public void Run_InAClosingScopeFromOutside_IsCanceledWithTheReasonAndNeverRuns()
    {
        bool ran = false;
        TaskScope window = _root.CreateChild("Import");
        window.Run(() => _release.Task);
        Task<CloseReport> close = window.CloseAsync();

        BackgroundTask[] refused = StartInEveryWay(window, () => ran = true);
        _release.SetResult();
        _loop.RunUntilEnded(close);

        Assert.All(refused, task => Assert.Equal(BackgroundTaskState.Canceled, task.State));
        Assert.Equal(
            "Scope 'Import' is closing and takes no new tasks. Start 'Load' earlier, or in a scope that lives longer.",
            refused[0].CancelReason!.Message);
        Assert.False(ran);
        Assert.Equal(1, close.Result.StartedCount);
    }

    [Fact, Trait("Behaviour", "B16")]
    public void Run_InAChildOfAClosedScope_NamesTheScopeThatWasClosed()
    {
        TaskScope window = _root.CreateChild("Import");
        TaskScope view = window.CreateChild("list");
        _loop.RunUntilEnded(window.CloseAsync());

        BackgroundTask refused = view.Run(() => Task.CompletedTask, new TaskOptions { Name = "Load" });

        Assert.StartsWith("Scope 'Import' is closed and takes no new tasks.", refused.CancelReason!.Message, StringComparison.Ordinal);
    }

    [Fact, Trait("Behaviour", "B16")]
    public void Await_ARefusedHandle_ThrowsWithTheReason()
    {
        TaskScope window = _root.CreateChild("Import");
        _loop.RunUntilEnded(window.CloseAsync());

        BackgroundTask<int> refused = window.Run(() => Task.FromResult(1));

        BackgroundTaskCanceledException error = Assert.Throws<BackgroundTaskCanceledException>(() => refused.GetAwaiter().GetResult());
        Assert.Same(refused.CancelReason, error.Reason);
        Assert.Equal(refused.CancelReason!.Message, error.Message);
    }

    [Fact, Trait("Behaviour", "B16")]
    public void Run_InASiblingOfAClosedScope_Runs()
    {
        TaskScope window = _root.CreateChild("Import");
        TaskScope other = _root.CreateChild("Export");
        _loop.RunUntilEnded(window.CloseAsync());

        BackgroundTask task = other.Run(() => Task.CompletedTask);

        Assert.Equal(BackgroundTaskState.Succeeded, task.State);
    }

    [Fact, Trait("Behaviour", "B18")]
    public void CloseAsync_OfTheTop_TellsEveryLevelAndEndsAfterTheLast()
    {
        TaskScope window = _root.CreateChild("window");
        TaskScope view = window.CreateChild("view");
        var held = new[] { _root, window, view }.Select(Hold).ToArray();

        Task<CloseReport> close = _root.CloseAsync();
        bool[] told = [.. held.Select(one => one.Task.State == BackgroundTaskState.Canceling)];
        List<bool> overBeforeEach = [];
        foreach ((_, TaskCompletionSource release) in held)
        {
            overBeforeEach.Add(close.IsCompleted);
            release.SetResult();
            _loop.RunUntilIdle();
        }

        _loop.RunUntilEnded(close);

        Assert.Equal([true, true, true], told);
        Assert.Equal([false, false, false], overBeforeEach);
        Assert.Equal(["app", "window", "view"], close.Result.Canceled.Select(entry => entry.ScopeName));
        Assert.Equal(BackgroundTaskState.Canceled, view.Run(() => Task.CompletedTask).State);
    }

    [Fact, Trait("Behaviour", "B18")]
    public void CloseAsync_OfTheTopWhileAChildCloses_EndsBothWithTheirOwnReports()
    {
        TaskScope window = _root.CreateChild("window");
        (BackgroundTask task, TaskCompletionSource release) = Hold(window);

        Task<CloseReport> closeWindow = window.CloseAsync();
        Task<CloseReport> closeRoot = _root.CloseAsync();
        release.SetResult();
        _loop.RunUntilEnded(Task.WhenAll(closeWindow, closeRoot));

        Assert.Equal("Scope 'window' was closed.", task.CancelReason!.Message);
        Assert.Equal(("window", 1), (closeWindow.Result.ScopeName, closeWindow.Result.CanceledCount));
        Assert.Equal(("app", 1), (closeRoot.Result.ScopeName, closeRoot.Result.CanceledCount));
    }

    [Fact, Trait("Behaviour", "B28")]
    public void Run_WhenOneOfSeveralFails_TheOthersRunOn()
    {
        BackgroundTask[] others = [.. Enumerable.Range(0, 3).Select(_ => _root.Run(task => task.Delay(TimeSpan.FromMinutes(1))))];

        BackgroundTask failing = _root.Run(() => throw new InvalidOperationException("No disk."), new TaskOptions { Name = "Save" });
        _loop.RunUntilIdle();

        Assert.Equal(BackgroundTaskState.Faulted, failing.State);
        Assert.All(others, task => Assert.Equal((BackgroundTaskState.Running, null), (task.State, task.CancelReason)));
        Assert.Equal("Task 'Save' failed: No disk.", Assert.Single(_loop.UnhandledFaults).Message);
        _loop.RunUntil(() => others.All(task => task.State == BackgroundTaskState.Succeeded));
    }

    [Fact, Trait("Behaviour", "B28")]
    public void Run_ChildThatFails_LeavesItsParentAndSiblingsAlone()
    {
        BackgroundTask? sibling = null;
        BackgroundTask parent = _root.Run(async task =>
        {
            sibling = task.Run(child => child.Delay(TimeSpan.FromMinutes(1)));
            task.Run(() => throw new InvalidOperationException("No disk."), new TaskOptions { Name = "Child" });
            await task.Delay(TimeSpan.FromSeconds(1));
        });

        _loop.RunUntilEnded(parent);

        Assert.Equal((BackgroundTaskState.Succeeded, BackgroundTaskState.Succeeded), (parent.State, sibling!.State));
        Assert.Equal("Child", Assert.Single(_loop.UnhandledFaults).Name);
    }

    [Fact, Trait("Behaviour", "B28")]
    public void Run_ParentWithALongerChild_EndsAfterItAndKeepsItsValue()
    {
        BackgroundTask? child = null;
        BackgroundTask<int> parent = _root.Run(task =>
        {
            child = task.Run(() => _release.Task);
            return Task.FromResult(42);
        });
        _loop.RunUntilIdle();
        BackgroundTaskState before = parent.State;

        _release.SetResult();
        _loop.RunUntilEnded(parent);

        Assert.Equal(BackgroundTaskState.Running, before);
        Assert.True(child!.IsCompleted);
        Assert.Equal(42, parent.GetAwaiter().GetResult());
    }

    [Fact, Trait("Behaviour", "B100")]
    public void Run_ParentThatFailsBeforeItsDeafChildEnds_ReportsAtOnceAndEndsAfterIt()
    {
        BackgroundTask parent = _root.Run(
            task =>
            {
                task.Run(() => _release.Task);
                throw new InvalidOperationException("No disk.");
            },
            new TaskOptions { Name = "Parent" });
        _loop.RunUntilIdle();
        (BackgroundTaskState State, int Faults) before = (parent.State, _loop.UnhandledFaults.Count);

        _release.SetResult();
        _loop.RunUntilEnded(parent);
        _loop.RunUntilIdle();

        Assert.Equal((BackgroundTaskState.Running, 1), before);
        Assert.Equal(BackgroundTaskState.Faulted, parent.State);
        Assert.Equal("Parent", Assert.Single(_loop.UnhandledFaults).Name);
    }

    [Fact]
    public void Arguments_ThatAreMissing_AreRefusedAtOnce()
    {
        Assert.Throws<ArgumentNullException>("loop", () => new TaskScope(null!, "view"));
        Assert.Throws<ArgumentException>("name", () => new TaskScope(_loop, ""));
        Assert.Throws<ArgumentException>("name", () => _root.CreateChild(""));
        Assert.Throws<ArgumentNullException>("work", () => _root.Run((Func<Task>)null!));
        Assert.Throws<ArgumentNullException>("work", () => _root.RunOnThreadPool((Action)null!));
    }

    private static BackgroundTask[] StartInEveryWay(TaskScope scope, Func<bool> note)
    {
        var options = new TaskOptions { Name = "Load" };
        return
        [
            scope.Run(() => Task.FromResult(note()), options),
            scope.Run((TaskContext _) => Task.FromResult(note()), options),
            scope.Run((CancellationToken _) => Task.FromResult(note()), options),
            scope.RunOnThreadPool(() => { note(); }, options),
            scope.RunOnThreadPool(note, options),
        ];
    }

    private static (BackgroundTask Task, TaskCompletionSource Release) Hold(TaskScope scope)
    {
        var release = new TaskCompletionSource();
        BackgroundTask task = scope.Run(async task =>
        {
            await release.Task;
            task.CancellationToken.ThrowIfCancellationRequested();
        });
        return (task, release);
    }
}
