using Fibula.Diagnostics;
using Fibula.Testing;

namespace Fibula.Tests.Examples;

/// <summary>The examples of what closing means.</summary>
public sealed class CloseExampleTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly TestLoop _loop = new();

    [Fact]
    public void ThreeTasks_EndByTheirPolicies()
    {
        UiApp app = Use(_loop);
        var window = new EditorWindow(app.Tasks.CreateChild("Editor"));
        window.Start();

        Task<CloseReport> close = window.Scope.CloseAsync();
        _loop.RunUntilEnded(close);

        Assert.Equal("SaveAsync", Assert.Single(close.Result.Ended).Name);
        Assert.Equal("ExportAsync", Assert.Single(close.Result.Canceled).Name);
        Assert.Equal("SendStatisticsAsync", Assert.Single(close.Result.Abandoned).Name);
    }

    [Fact]
    public void Question_ShownInADialog_IsAnsweredByItsButton()
    {
        var app = new EditorApp { Chosen = 2 };
        app.Attach(_loop);
        _loop.RunUntilIdle();
        var window = new EditorWindow(app.Tasks.CreateChild("Editor"));
        window.Start();

        _loop.RunUntilEnded(window.Scope.RequestCloseAsync());

        Assert.Equal("A task is still running. Close 'Editor'?", app.Shown);
        Assert.Equal(["Wait for it", "Cancel it", "Keep it running", "Stay"], app.Buttons);
        Assert.Contains("ExportAsync", app.Tasks.Snapshot().Tasks.Select(task => task.Name));
    }

    [Fact]
    public void Answer_WithoutADialog_KeepsTheExportRunning()
    {
        UiApp app = UseWithoutADialog(_loop);
        var window = new EditorWindow(app.Tasks.CreateChild("Editor"));
        window.Start();

        Task<CloseReport?> close = window.Scope.RequestCloseAsync();
        _loop.RunUntilEnded(close);

        Assert.Contains("ExportAsync", app.Tasks.Snapshot().Tasks.Select(task => task.Name));
    }

    [Theory]
    [InlineData(CloseAnswer.Stay, 1)]
    [InlineData(CloseAnswer.Cancel, 0)]
    public void Tab_ThatIsClosed_StaysWhereTheUserWantsIt(CloseAnswer answer, int expected)
    {
        _loop.OnAsk = _ => Task.FromResult(answer);
        UiApp app = Use(_loop);
        var window = new TabWindow(app.Tasks);
        window.OpenWithAnExport();

        BackgroundTask close = app.Tasks.Run(window.CloseFirstAsync);
        _loop.RunUntilEnded(close);

        Assert.Equal(expected, window.Count);
    }

    [Fact]
    public void Report_OfATabWhoseTaskDoesNotStop_NamesIt()
    {
        UiApp app = Use(_loop);
        var window = new TabWindow(app.Tasks);
        window.OpenWithAStubbornTask();

        BackgroundTask close = app.Tasks.Run(window.EndFirstAsync);
        _loop.RunUntilEnded(close);

        Assert.Equal(["PrintAsync still runs and waits for 'TabWindow.PrintAsync'."], window.Log);
    }

    private static UiApp Use(TestLoop loop)
    {
        UiApp app = loop.UseFibula();
        loop.RunUntilIdle();
        return app;
    }

    private static UiApp UseWithoutADialog(TestLoop loop)
    {
        // docs: answer
        UiApp app = loop.UseFibula(options =>
        {
            // No dialog: an export goes on without its window, and the exit waits for it.
            options.OnAsk = question => Task.FromResult(question.IsExit ? CloseAnswer.Wait : CloseAnswer.KeepRunning);
        });
        // docs: end

        loop.RunUntilIdle();
        return app;
    }

    private sealed class EditorWindow(TaskScope scope) : Window(scope)
    {
        public void Start()
        {
            // docs: policy
            this.Tasks.Run(SaveAsync, new TaskOptions { OnClose = ClosePolicy.Finish(within: TimeSpan.FromSeconds(10)) });
            this.Tasks.Run(ExportAsync, new TaskOptions { OnClose = ClosePolicy.Ask });                 // the user decides
            this.Tasks.Run(SendStatisticsAsync, new TaskOptions { OnClose = ClosePolicy.Abandon });     // holds nothing up
            // docs: end
        }

        private static Task SaveAsync(TaskContext task) => task.Delay(TimeSpan.FromSeconds(3));

        private static Task ExportAsync(TaskContext task) => task.Delay(Minute);

        private static Task SendStatisticsAsync() => new TaskCompletionSource().Task;
    }

    private sealed class EditorApp : UiApp
    {
        public int Chosen { get; init; }

        public string? Shown { get; private set; }

        public IReadOnlyList<string> Buttons { get; private set; } = [];

        // docs: question
        protected override async Task<CloseAnswer> OnAskAsync(CloseQuestion question)
        {
            string[] buttons = [.. question.Answers.Select(answer => TaskText.Answer(answer, question))];
            int chosen = await ShowDialogAsync(TaskText.Question(question), buttons, question.CancellationToken);
            return question.Answers[chosen];
        }
        // docs: end

        private async Task<int> ShowDialogAsync(string text, string[] buttons, CancellationToken cancellationToken)
        {
            (Shown, Buttons) = (text, buttons);
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            return Chosen;
        }
    }

    private sealed class TabWindow(TaskScope scope) : Window(scope)
    {
        private readonly List<TaskScope> _tabs = [];
        private readonly List<string> _log = [];

        public int Count => _tabs.Count;

        public IReadOnlyList<string> Log => _log;

        public void OpenWithAnExport() => Open().Run(task => task.Delay(Minute), new TaskOptions { OnClose = ClosePolicy.Ask });

        public void OpenWithAStubbornTask() => Open().Run(PrintAsync);

        public Task CloseFirstAsync() => CloseTabAsync(_tabs[0]);

        public Task EndFirstAsync() => EndTabAsync(_tabs[0]);

        private TaskScope Open()
        {
            TaskScope tab = this.Tasks.CreateChild($"Tab {_tabs.Count + 1}");
            _tabs.Add(tab);
            return tab;
        }

        // docs: request
        private async Task CloseTabAsync(TaskScope tab)
        {
            CloseReport? report = await tab.RequestCloseAsync();
            if (report is not null)                                 // null: the user wants to stay
            {
                _tabs.Remove(tab);
            }
        }
        // docs: end

        private async Task EndTabAsync(TaskScope tab)
        {
            // docs: report
            CloseReport report = await tab.CloseAsync();
            foreach (CloseReportEntry survivor in report.Survivors)
            {
                _log.Add($"{survivor.Name} still runs and waits for {survivor.WaitsFor}.");
            }
            // docs: end
        }

        private static async Task PrintAsync() => await new TaskCompletionSource().Task;
    }
}
