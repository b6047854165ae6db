using Fibula.Diagnostics;
using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Diagnostics;

/// <summary>Which tasks a list for users shows, and what a row says about the others.</summary>
public sealed class ListedTaskTests
{
    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _app;

    public ListedTaskTests()
    {
        _app = new TaskScope(_loop, "app");
    }

    [Fact, Trait("Behaviour", "B137")]
    public void Rows_OfWorkWithAShieldedPart_AreOne()
    {
        using var board = new TaskBoard(_app);
        BackgroundTask save = _app.Run(
            static async task => await task.ShieldAsync(static part => part.Delay(TimeSpan.FromHours(1))), new TaskOptions { Name = "Save" });
        _loop.RunUntilIdle();

        save.Cancel();
        _loop.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(("Save", BackgroundTaskState.Canceling), Assert.Single(Shown(board)));
    }

    [Fact, Trait("Behaviour", "B137")]
    public void Rows_OfAGroup_AreItsTasksAndTheWorkAroundIt()
    {
        using var board = new TaskBoard(_app);
        _app.Run(
            static async task => await task.RunGroupAsync(static group =>
            {
                group.Run(static child => child.Delay(TimeSpan.FromHours(1)), new TaskOptions { Name = "Amsterdam" });
                group.Run(static child => child.Delay(TimeSpan.FromHours(1)), new TaskOptions { Name = "Berlin" });
                return Task.CompletedTask;
            }),
            new TaskOptions { Name = "Load" });

        _loop.RunUntilIdle();

        Assert.Equal(["Load", "Amsterdam", "Berlin"], Shown(board).Select(static row => row.Name));
    }

    [Fact, Trait("Behaviour", "B137")]
    public void Snapshot_SaysWhoseChildATaskIs_AndWhatIsAPart()
    {
        _app.Run(
            static async task => await task.RunGroupAsync(static group =>
            {
                group.Run(static child => child.Delay(TimeSpan.FromHours(1)), new TaskOptions { Name = "Child" });
                return Task.CompletedTask;
            }),
            new TaskOptions { Name = "Load" });

        var tasks = _app.Snapshot().Tasks.ToDictionary(static task => task.IsPart ? "part" : task.Name);

        Assert.Equal((null, tasks["Load"].Id, tasks["part"].Id), (tasks["Load"].ParentId, tasks["part"].ParentId, tasks["Child"].ParentId));
        Assert.Equal(3, tasks.Count);
    }

    [Fact, Trait("Behaviour", "B138")]
    public void Rows_DoNotHaveSystemTasks_SnapshotsDo()
    {
        using var board = new TaskBoard(_app);
        _app.RunEvery(TimeSpan.FromMinutes(1), static () => Task.CompletedTask, new TaskOptions { Name = "Refresh the cache", IsSystem = true });
        _app.Run(
            static task => task.Run(static child => child.Delay(TimeSpan.FromHours(1))).AsTask(), new TaskOptions { Name = "Index", IsSystem = true });

        _loop.Advance(TimeSpan.FromSeconds(1));

        Assert.Empty(board.Rows);
        Assert.Equal([true, true, true], _app.Snapshot().Tasks.Select(static task => task.IsSystem));
    }

    [Fact, Trait("Behaviour", "B138")]
    public void Close_OfAScopeWithASystemTask_AsksNobody()
    {
        UiApp app = _loop.UseFibula(static options => options.OnAsk = static _ => throw new InvalidOperationException("Asked."));
        TaskScope window = app.Tasks.CreateChild("window");
        BackgroundTask task = window.Run(static task => task.Delay(TimeSpan.FromHours(1)), new TaskOptions { OnClose = ClosePolicy.Ask, IsSystem = true });
        _loop.RunUntilIdle();

        Task<CloseReport?> close = window.RequestCloseAsync();
        _loop.RunUntilEnded(close);

        Assert.NotNull(close.Result);
        Assert.Equal(BackgroundTaskState.Canceled, task.State);
        Assert.Empty(_loop.UnhandledFaults);
    }

    [Fact, Trait("Behaviour", "B138")]
    public void Rows_WhileAQuestionIsOpen_DoNotHaveTheQuestion()
    {
        var answer = new TaskCompletionSource<CloseAnswer>();
        UiApp app = _loop.UseFibula(options => options.OnAsk = _ => answer.Task);
        TaskScope window = app.Tasks.CreateChild("window");
        using var board = new TaskBoard(app.Tasks);
        window.Run(static task => task.Delay(TimeSpan.FromHours(1)), new TaskOptions { Name = "Export", OnClose = ClosePolicy.Ask });
        _loop.RunUntilIdle();

        Task<CloseReport?> close = window.RequestCloseAsync();
        _loop.Advance(TimeSpan.FromSeconds(1));
        string[] shown = [.. Shown(board).Select(static row => row.Name)];
        answer.SetResult(CloseAnswer.Cancel);
        _loop.RunUntilEnded(close);

        Assert.Equal(["Export"], shown);
    }

    private static IEnumerable<(string Name, BackgroundTaskState State)> Shown(TaskBoard board) => board.Rows.Select(static row => (row.Name, row.State));
}
