using Fibula.Diagnostics;
using Fibula.Testing;
using Fibula.Tests.Loops;
using Fibula.Toolkits;

namespace Fibula.Tests.Toolkits;

public sealed class TaskRowsTests
{
    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _app;
    private readonly TaskBoard _board;

    // The rows of a control, as it would paint them, and what was done to it.
    private readonly List<string> _control = [];
    private readonly List<string> _done = [];
    private readonly TaskRows _rows;

    public TaskRowsTests()
    {
        _app = new TaskScope(_loop, "app");
        _board = new TaskBoard(_app);
        _rows = new TaskRows(Insert, Remove, (row, task) => _control[row] = $"{task.Name} {task.State}");
        _board.Changed += () => _rows.Show(_board.Rows);
    }

    [Fact]
    public void Show_WithNewTasks_InsertsAndFillsTheirRows()
    {
        Start("First");
        Start("Second");

        Assert.Equal(["First Running", "Second Running"], _control);
        Assert.Equal(2, _rows.Count);
        Assert.Equal(_board.Rows.Select(task => (int?)task.Id), [_rows.TaskAt(0), _rows.TaskAt(1)]);
    }

    [Fact]
    public void Show_WhenTasksEndAndOthersStart_LeavesTheRowsOfTheOthers()
    {
        var finish = new TaskCompletionSource();
        Start("First", finish.Task);
        Start("Second");
        Start("Third", finish.Task);
        _done.Clear();

        finish.SetResult();
        Start("Fourth");

        Assert.Equal(["Second Running", "Fourth Running"], _control);
        Assert.Equal(["remove 2", "remove 0", "insert 1"], _done);
    }

    [Fact]
    public void Show_WithATaskOfAScopeThatComesBefore_InsertsItsRowInBetween()
    {
        TaskScope window = _app.CreateChild("window");
        Start("In the window", scope: window);

        Start("Of the app");

        Assert.Equal(["Of the app Running", "In the window Running"], _control);
        Assert.Equal(["insert 0", "insert 0"], _done);
    }

    [Fact]
    public void Show_InAnotherOrder_HasOneRowForEachTask()
    {
        Start("First");
        Start("Second");
        Start("Third");
        TaskSnapshot[] turned = [.. _board.Rows.Reverse()];

        _rows.Show(turned);

        Assert.Equal(["Third Running", "Second Running", "First Running"], _control);
        Assert.Equal(turned.Select(task => (int?)task.Id), [_rows.TaskAt(0), _rows.TaskAt(1), _rows.TaskAt(2)]);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void TaskAt_WhereThereIsNoRow_IsNull(int row)
    {
        Start("Only");

        Assert.Null(_rows.TaskAt(row));
    }

    private BackgroundTask Start(string name, Task? until = null, TaskScope? scope = null)
    {
        BackgroundTask task = (scope ?? _app).Run(() => until ?? new TaskCompletionSource().Task, new TaskOptions { Name = name });
        _loop.Advance(TimeSpan.FromSeconds(1));
        return task;
    }

    private void Insert(int row, int id)
    {
        _done.Add($"insert {row}");
        _control.Insert(row, string.Empty);
    }

    private void Remove(int row)
    {
        _done.Add($"remove {row}");
        _control.RemoveAt(row);
    }
}
