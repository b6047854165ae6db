using Fibula.Diagnostics;
using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Diagnostics;

public sealed class SnapshotTests
{
    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _app;
    private readonly TaskScope _window;

    public SnapshotTests()
    {
        _app = new TaskScope(_loop, "app");
        _window = _app.CreateChild("window");
    }

    [Fact]
    public void Snapshot_ShowsTheScopesThatHaveWorkAndTheirTasksInOrder()
    {
        TaskScope view = _window.CreateChild("view");
        _app.CreateChild("idle window");
        Wait(_app, "one");
        Wait(_app, "two");
        Wait(view, "three");

        ScopeSnapshot snapshot = _app.Snapshot();

        Assert.Equal("app", snapshot.Name);
        Assert.Equal(["one", "two"], snapshot.Tasks.Select(task => task.Name));
        ScopeSnapshot window = Assert.Single(snapshot.Children);
        Assert.Equal("window", window.Name);
        Assert.Empty(window.Tasks);
        Assert.Equal("three", Assert.Single(Assert.Single(window.Children).Tasks).Name);
    }

    [Fact]
    public void Snapshot_OfAWindow_LeavesOutWhatOthersHaveLeft()
    {
        TaskScope other = _app.CreateChild("other");
        other.Run(() => new TaskCompletionSource().Task, new TaskOptions { Name = "left" });
        Wait(_window, "mine");
        _loop.RunUntilEnded(other.CloseAsync());

        Assert.Equal(["mine"], _window.Snapshot().Tasks.Select(task => task.Name));
        Assert.Equal(["left"], _app.Snapshot().Tasks.Select(task => task.Name));
    }

    [Fact]
    public void Snapshot_OfVeryManyTasks_ListsEachOnce()
    {
        string[] names = [.. Enumerable.Range(0, 1000).Select(i => $"{i}")];
        Array.ForEach(names, name => Wait(_window, name));

        Assert.Equal(names, _window.Snapshot().Tasks.Select(task => task.Name));
    }

    [Fact]
    public void Snapshot_IsACopy()
    {
        BackgroundTask task = _window.Run(task => task.Delay(TimeSpan.FromSeconds(1)), new TaskOptions { Name = "Import" });
        ScopeSnapshot snapshot = _window.Snapshot();

        _loop.RunUntilEnded(task);

        Assert.Equal(BackgroundTaskState.Running, Assert.Single(snapshot.Tasks).State);
        Assert.Empty(_window.Snapshot().Tasks);
    }

    [Fact]
    public void TaskSnapshot_TellsEverythingOfTheTask()
    {
        BackgroundTask task = _window.Run(
            async task =>
            {
                task.Report(1, 4, "hashing");
                await new TaskCompletionSource().Task;
            },
            new TaskOptions { Name = "Import" });
        _loop.Advance(TimeSpan.FromSeconds(5));
        task.Cancel("Enough.");

        TaskSnapshot shown = Assert.Single(_window.Snapshot().Tasks);

        Assert.Equal(("Import", "window", BackgroundTaskState.Canceling), (shown.Name, shown.ScopeName, shown.State));
        Assert.Equal((TimeSpan.FromSeconds(5), 0.25, "Enough."), (shown.Age, shown.Progress.Fraction, shown.Reason!.Message));
        Assert.Equal("something outside Fibula", shown.WaitsFor);
    }

    [Fact]
    public void TaskSnapshot_NamesWhatATaskWaitsFor()
    {
        BackgroundTask import = _window.Run(task => task.Delay(TimeSpan.FromSeconds(2)), new TaskOptions { Name = "Import" });
        _window.Run(async () => await import, new TaskOptions { Name = "awaits a task" });
        _window.Run(
            task =>
            {
                task.Run(task => task.Delay(TimeSpan.FromSeconds(4)), new TaskOptions { Name = "child" });
                return Task.CompletedTask;
            },
            new TaskOptions { Name = "awaits its child" });
        OnAnotherThread(() => _window.Run(() => Task.CompletedTask, new TaskOptions { Name = "queued" }));

        var waits = _window.Snapshot().Tasks.ToDictionary(task => task.Name, task => task.WaitsFor);

        Assert.Equal("a delay of 2 s", waits["Import"]);
        Assert.Equal("'Import'", waits["awaits a task"]);
        Assert.Equal("its children", waits["awaits its child"]);
        Assert.Equal("its turn", waits["queued"]);
    }

    [Fact]
    public void Snapshot_FromAnotherThread_WhileTheUiThreadIsBusy_Answers()
    {
        ScopeSnapshot? snapshot = null;

        _window.Run(
            () =>
            {
                OnAnotherThread(() => snapshot = _window.Snapshot());
                return Task.CompletedTask;
            },
            new TaskOptions { Name = "busy" });

        Assert.Equal("busy", Assert.Single(snapshot!.Tasks).Name);
    }

    private static void Wait(TaskScope scope, string name) =>
        scope.Run(() => new TaskCompletionSource().Task, new TaskOptions { Name = name });

    private static void OnAnotherThread(Action action)
    {
        var thread = new Thread(() => action());
        thread.Start();
        thread.Join();
    }
}
