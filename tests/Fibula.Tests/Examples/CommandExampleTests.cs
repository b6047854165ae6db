using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Examples;

/// <summary>The examples of commands.</summary>
public sealed class CommandExampleTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _tasks;
    private readonly List<string> _log = [];

    public CommandExampleTests()
    {
        _tasks = new TaskScope(_loop, "window");
    }

    [Fact]
    public void Refresh_ClickedTwice_LoadsOnce()
    {
        var model = new PriceModel(_tasks);

        model.Refresh.ExecuteAsync();
        bool canExecute = model.Refresh.CanExecute();
        BackgroundTask second = model.Refresh.ExecuteAsync();
        _loop.Advance(Second);

        Assert.Equal((false, BackgroundTaskState.Canceled), (canExecute, second.State));
        Assert.Equal("42", model.Price);
    }

    [Fact]
    public void Search_WhileSomebodyTypes_FindsTheLastText()
    {
        var window = new SearchWindow(_tasks);

        window.Type("f");
        window.Type("fib");
        _loop.Advance(Second * 3);

        Assert.Equal(["fib"], window.Found);
    }

    [Fact]
    public void Open_OfAnotherFolder_CancelsTheList()
    {
        new FolderWindow(_tasks, _log).OpenTwo();

        _loop.Advance(Second * 2);

        Assert.Equal(["Photos"], _log);
    }

    [Fact]
    public void ImportsAndExports_NeverMoreThanTwo()
    {
        new DiskWindow(_tasks, _log).Start("a", "b", "c");

        _loop.Advance(Second);
        string[] first = [.. _log];
        _loop.Advance(Second * 2);

        Assert.Equal(["import a", "export a"], first);
        Assert.Equal(6, _log.Count);
    }

    private sealed class PriceModel
    {
        // docs: command
        public PriceModel(TaskScope tasks)
        {
            Refresh = new TaskCommand(tasks, LoadAsync);        // a second click while it runs does nothing
        }

        public TaskCommand Refresh { get; }                     // in XAML: Command="{Binding Refresh}"
        // docs: end

        public string Price { get; private set; } = "";

        private async Task LoadAsync(TaskContext task)
        {
            await task.Delay(Second);
            Price = "42";
        }
    }

    private sealed class SearchWindow : Window
    {
        private readonly TextBox _query = new();

        public SearchWindow(TaskScope scope)
            : base(scope)
        {
            // docs: parameter
            var search = new TaskCommand<string>(this.Tasks, FindAsync)
            {
                Policy = CommandPolicy.KeepLatest,
                Debounce = TimeSpan.FromMilliseconds(300),
            };
            _query.TextChanged += (_, _) => search.ExecuteAsync(_query.Text);
            // docs: end
        }

        public List<string> Found { get; } = [];

        public void Type(string text) => _query.Text = text;

        private async Task FindAsync(string text, TaskContext task)
        {
            await task.Delay(Second);
            Found.Add(text);
        }
    }

    private sealed class FolderWindow(TaskScope scope, List<string> log) : Window(scope)
    {
        public void OpenTwo()
        {
            // docs: policy
            var open = new TaskCommand<string>(this.Tasks, ListFilesAsync) { Policy = CommandPolicy.Restart };
            open.ExecuteAsync("Music");
            open.ExecuteAsync("Photos");        // the list of Music is asked to cancel; when it has ended, this begins
            // docs: end
        }

        private async Task ListFilesAsync(string folder, TaskContext task)
        {
            await task.Delay(Second);
            log.Add(folder);
        }
    }

    private sealed class DiskWindow(TaskScope scope, List<string> log) : Window(scope)
    {
        public void Start(params string[] files)
        {
            // docs: limit
            var disk = new TaskLimit(2);        // two files at a time, whether they come or go
            var import = new TaskCommand<string>(this.Tasks, ImportAsync) { Policy = CommandPolicy.Queue, Limit = disk };
            var export = new TaskCommand<string>(this.Tasks, ExportAsync) { Policy = CommandPolicy.Queue, Limit = disk };
            // docs: end

            foreach (string file in files)
            {
                import.ExecuteAsync(file);
                export.ExecuteAsync(file);
            }
        }

        private Task ImportAsync(string file, TaskContext task) => CopyAsync($"import {file}", task);

        private Task ExportAsync(string file, TaskContext task) => CopyAsync($"export {file}", task);

        private async Task CopyAsync(string what, TaskContext task)
        {
            await task.Delay(Second);
            log.Add(what);
        }
    }
}
