using Fibula.Diagnostics;
using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Examples;

/// <summary>The examples of progress.</summary>
public sealed class ProgressExampleTests
{
    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly ImportWindow _window;

    public ProgressExampleTests()
    {
        _window = new ImportWindow(new TaskScope(_loop, "Import"));
    }

    [Fact]
    public void Import_HalfWayThroughItsSecondStep_IsAtFiveEighths()
    {
        BackgroundTask import = _window.Import();

        _loop.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(0.625, import.Progress.Fraction);
        Assert.Equal(["1.jpg", "2.jpg"], _window.Hashed);
    }

    [Fact]
    public void Bar_OfAnImport_FollowsIt()
    {
        _window.ShowBar(_window.Import());

        _loop.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal((false, 0.625, "hashing"), (_window.Bar.IsIndeterminate, _window.Bar.Value, _window.Status));
    }

    [Fact]
    public void Text_OfAnImport_IsWhatPeopleRead()
    {
        BackgroundTask import = _window.ImportFiles(4);
        _loop.Advance(TimeSpan.FromSeconds(2));

        _window.ShowText(import);

        Assert.Equal(("Import: 50 %, 0:02", "50 %, a few seconds left"), (_window.Status, _window.Time));
    }

    [Fact]
    public void Search_ShowsEachFileItFinds()
    {
        var window = new SearchWindow(new TaskScope(_loop, "Search"));

        _loop.RunUntilEnded(window.Search(["a.txt", "b.jpg", "c.txt"], ".txt"));
        _loop.RunUntilIdle();

        Assert.Equal(["a.txt", "c.txt"], window.Found);
    }

    private sealed class SearchWindow(TaskScope scope) : Window(scope)
    {
        private readonly List<string> _list = [];

        public IReadOnlyList<string> Found => _list;

        // docs: batches
        public BackgroundTask Search(string[] files, string extension) => this.Tasks.RunOnThreadPool(task =>
        {
            IProgress<string> found = task.AsBatchedProgress<string>(_list.AddRange);       // on the UI thread, none is lost
            foreach (string file in files.Where(file => file.EndsWith(extension, StringComparison.OrdinalIgnoreCase)))
            {
                task.ThrowIfCancellationRequested();
                found.Report(file);
            }
        });
        // docs: end
    }

    private sealed class ImportWindow(TaskScope scope) : Window(scope)
    {
        private readonly Label _status = new();
        private readonly Label _time = new();
        private readonly ProgressBar _bar = new() { IsIndeterminate = true };

        public string? Status => _status.Text;

        public string? Time => _time.Text;

        public ProgressBar Bar => _bar;

        public List<string> Hashed { get; } = [];

        public BackgroundTask Import() => this.Tasks.Run(ImportAsync);

        public BackgroundTask ImportFiles(int count)
        {
            string[] files = [.. Enumerable.Range(1, count).Select(number => $"{number}.jpg")];
            return this.Tasks.Run(task => HashAsync(files, task, task.SplitProgress(1)[0]), new TaskOptions { Name = "Import" });
        }

        public void ShowBar(BackgroundTask import)
        {
            // docs: progress
            import.PropertyChanged += (_, _) =>
            {
                TaskProgress progress = import.Progress;
                _bar.IsIndeterminate = progress.IsIndeterminate;
                _bar.Value = progress.Fraction ?? 0;
                _status.Text = progress.Message;
            };
            // docs: end
        }

        public void ShowText(BackgroundTask import)
        {
            // docs: text
            _status.Text = TaskText.Line(import);               // Import: 42 %, 1:05
            _time.Text = TaskText.Progress(import.Progress);    // 42 %, about 2 minutes left
            // docs: end
        }

        // docs: split
        private async Task ImportAsync(TaskContext task)
        {
            ProgressStep[] steps = task.SplitProgress(1, 3);    // hashing is three quarters of the work
            string[] files = await FindAsync(task, steps[0]);
            await HashAsync(files, task, steps[1]);
        }
        // docs: end

        private static async Task<string[]> FindAsync(TaskContext task, ProgressStep step)
        {
            await task.Delay(TimeSpan.FromSeconds(1));
            step.Report(1);
            return ["1.jpg", "2.jpg", "3.jpg", "4.jpg"];
        }

        // docs: step
        private async Task HashAsync(string[] files, TaskContext task, ProgressStep step)
        {
            step.Report(0, files.Length, "hashing");
            foreach (string file in files)
            {
                await HashAsync(file, task);
                step.Advance();
            }
        }
        // docs: end

        private async Task HashAsync(string file, TaskContext task)
        {
            await task.Delay(TimeSpan.FromSeconds(1));
            Hashed.Add(file);
        }
    }
}
