using Fibula.Diagnostics;
using Fibula.Testing;

namespace Fibula.Tests.Diagnostics;

/// <summary>Work that runs while its view is shown is one row of a board, though each run is a task.</summary>
public sealed class ShownWorkRowTests : IDisposable
{
    private readonly TestLoop _loop = new();
    private readonly TaskScope _view;
    private readonly TaskBoard _board;

    public ShownWorkRowTests()
    {
        UiApp app = _loop.UseFibula();
        _loop.RunUntilIdle();
        _view = app.Tasks.CreateChild("Prices");
        _board = new TaskBoard(app.Tasks);
    }

    public void Dispose() => _board.Dispose();

    [Fact]
    [Trait("Behaviour", "B23")]
    public void Rows_WhileItRuns_ShowItOnceWithTheProgressOfTheRun()
    {
        _view.RunWhileShown(WatchAsync);
        _loop.Advance(TimeSpan.FromSeconds(1));

        TaskSnapshot row = Assert.Single(_board.Rows);
        Assert.Equal(("WatchAsync", 0.75), (row.Name, row.Progress.Fraction));
    }

    [Fact]
    [Trait("Behaviour", "B23")]
    public void Rows_WhenTheViewIsHiddenAndShownAgain_KeepTheRow()
    {
        _view.RunWhileShown(WatchAsync);
        _loop.Advance(TimeSpan.FromSeconds(1));
        int first = Assert.Single(_board.Rows).Id;
        _view.IsShown = false;
        _loop.Advance(TimeSpan.FromSeconds(1));
        int hidden = Assert.Single(_board.Rows).Id;
        _view.IsShown = true;
        _loop.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal((first, first), (hidden, Assert.Single(_board.Rows).Id));
    }

    [Fact]
    [Trait("Behaviour", "B23")]
    public void Cancel_OfItsRow_EndsTheWhole()
    {
        BackgroundTask whole = _view.RunWhileShown(WatchAsync);
        _loop.Advance(TimeSpan.FromSeconds(1));

        _board.Cancel(_board.Rows[0].Id);
        _loop.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(BackgroundTaskState.Canceled, whole.State);
        Assert.Empty(_board.Rows);
    }

    [Fact]
    [Trait("Behaviour", "B23")]
    public void Rows_WithAChildOfTheRun_ShowTheChildToo()
    {
        _view.RunWhileShown(task =>
        {
            task.Run(child => child.Delay(Timeout.InfiniteTimeSpan), new TaskOptions { Name = "Child" });
            return WatchAsync(task);
        }, new TaskOptions { Name = "Watch" });
        _loop.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["Watch", "Child"], _board.Rows.Select(static row => row.Name));
    }

    private static async Task WatchAsync(TaskContext task)
    {
        task.Report(3, 4);
        await task.Delay(Timeout.InfiniteTimeSpan);
    }
}
