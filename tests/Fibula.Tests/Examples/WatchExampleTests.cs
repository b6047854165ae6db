using Fibula.Diagnostics;
using Fibula.Testing;
using Fibula.Tests.Loops;
using Fibula.Toolkits;

namespace Fibula.Tests.Examples;

/// <summary>The examples of lists of tasks, and of faults.</summary>
public sealed class WatchExampleTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly UiApp _app;
    private readonly TaskScope _window;

    public WatchExampleTests()
    {
        _app = _loop.UseFibula();
        _window = _app.Tasks.CreateChild("Import");
        _loop.RunUntilIdle();
    }

    [Fact]
    public void Snapshot_OfTheApp_HasTheTasksOfItsWindows()
    {
        var log = new StringWriter();
        _window.Run(ImportAsync);
        _loop.Advance(Second);

        Write(_app.Tasks.Snapshot(), log);

        Assert.Equal($"Import: ImportAsync, Running, waits for a delay of 1 min{log.NewLine}", log.ToString());
    }

    [Fact]
    public void Board_InTheStatusBar_SaysHowManyRun()
    {
        var main = new MainWindow(_app);
        BackgroundTask import = _window.Run(ImportAsync);
        _loop.Advance(Second);
        string? running = main.Status;

        import.Cancel();
        _loop.Advance(Second);

        Assert.Equal(("1 task is running.", "No task is running."), (running, main.Status));
    }

    [Fact]
    public void Rows_OfAList_AreThoseOfTheTasks()
    {
        using var board = new TaskBoard(_app.Tasks);
        var panel = new Panel(board);
        BackgroundTask import = _window.Run(ImportAsync);
        _window.Run(ImportAsync, new TaskOptions { Name = "Report" });
        _loop.Advance(Second);
        string[] both = [.. panel.Items];

        import.Cancel();
        _loop.Advance(Second);

        Assert.Equal(["ImportAsync (Import): May.csv", "Report (Import): May.csv"], both);
        Assert.Equal(["Report (Import): May.csv"], panel.Items);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Fault_OfAFullDisk_IsShownAndHandled(bool isFull)
    {
        var window = new SaveWindow(_window);

        window.Save(isFull ? new IOException("The disk is full.") : new InvalidOperationException("It is broken."));
        _loop.RunUntilIdle();

        Assert.StartsWith("Task 'SaveAsync' failed: ", window.Status, StringComparison.Ordinal);
        Assert.Equal(isFull ? 0 : 1, _loop.UnhandledFaults.Count);
    }

    // docs: snapshot
    private static void Write(ScopeSnapshot scope, TextWriter log)      // Write(app.Tasks.Snapshot(), log)
    {
        foreach (TaskSnapshot task in scope.Tasks)
        {
            log.WriteLine($"{task.ScopeName}: {task.Name}, {task.State}, waits for {task.WaitsFor}");
        }

        foreach (ScopeSnapshot window in scope.Children)
        {
            Write(window, log);
        }
    }
    // docs: end

    private static async Task ImportAsync(TaskContext task)
    {
        task.Report("May.csv");
        await task.Delay(TimeSpan.FromMinutes(1));
    }

    private sealed class MainWindow : Window
    {
        private readonly Label _status = new();

        public MainWindow(UiApp app)
            : base(app.Tasks)
        {
            // docs: board
            var board = new TaskBoard(app.Tasks);
            board.Changed += () => _status.Text = TaskText.Summary(board.Rows);            // 2 tasks are running.
            Closed += (_, _) => board.Dispose();
            // docs: end
        }

        public string? Status => _status.Text;
    }

    private sealed class Panel
    {
        public Panel(TaskBoard board)
        {
            List<string> items = Items;

            // docs: rows
            var rows = new TaskRows(
                insert: (row, _) => items.Insert(row, ""),
                remove: row => items.RemoveAt(row),
                show: (row, task) => items[row] = TaskText.Subject(task));
            board.Changed += () => rows.Show(board.Rows);
            // docs: end
        }

        public List<string> Items { get; } = [];
    }

    private sealed class SaveWindow : Window
    {
        private readonly Label _status = new();

        public SaveWindow(TaskScope scope)
            : base(scope)
        {
            // docs: fault
            this.Tasks.Faulted += fault =>
            {
                _status.Text = fault.Message;                       // Task 'SaveAsync' failed: The disk is full.
                fault.Handled = fault.Exception is IOException;     // other faults continue to the app
            };
            // docs: end
        }

        public string? Status => _status.Text;

        public void Save(Exception error)
        {
            Task SaveAsync() => throw error;
            this.Tasks.Run(SaveAsync);
        }
    }
}
