using Fibula.Testing;

namespace Fibula.Tests.Examples;

/// <summary>The examples of an app's life.</summary>
public sealed class AppExampleTests
{
    private readonly TestLoop _loop = new();
    private readonly List<string> _log = [];
    private readonly Notes _notes;

    public AppExampleTests()
    {
        _notes = new Notes(_log);
    }

    [Fact]
    public void NotesApp_FromItsStartToItsExit_CallsItsHooks()
    {
        var app = new NotesApp(_notes);
        app.Attach(_loop);
        _loop.RunUntilIdle();

        _loop.RunUntilEnded(app.RequestExitAsync());

        Assert.Equal(["window", "notes", "asked"], _log);
    }

    [Fact]
    public void NotesApp_OnALoopOfOurOwn_ReturnsItsExitCode()
    {
        int exitCode = -1;

        string[] lines = StandardError.Of(() => exitCode = RunNotes());

        Assert.Equal((0, "3 tasks: 3 finished, 0 canceled, 0 survivors, 0 lost, 0 failed"), (exitCode, lines[^1]));
    }

    [Fact]
    public void UseFibula_SetsTheHooks()
    {
        UiApp app = UseFibula();
        _loop.RunUntilIdle();

        app.Tasks.Run(FailAsync, new TaskOptions { Name = "Save" });
        _loop.RunUntilIdle();
        _loop.RunUntilEnded(app.RequestExitAsync());

        Assert.Equal(["notes", "Task 'Save' failed: The disk is full.", "asked"], _log);
    }

    [Theory]
    [InlineData(ExitCause.WindowClosed, "asked")]
    [InlineData(ExitCause.Terminate, "saved")]
    public void OnExit_AsksOnlyWhereSomebodyAnswers(ExitCause cause, string expected)
    {
        var app = new EditorApp(_notes);
        app.Attach(_loop);
        _loop.RunUntilIdle();

        _loop.RunUntilEnded(app.RequestExitAsync(cause));

        Assert.Equal([expected], _log);
    }

    [Theory]
    [InlineData(true, "Leaving …")]
    [InlineData(false, "There are notes to be saved.")]
    public void Decision_OfARequest_IsShown(bool answer, string expected)
    {
        UiApp app = _loop.UseFibula(options => options.OnExit = _ => Task.FromResult(answer));
        _loop.RunUntilIdle();
        var window = new NotesWindow(app);

        _loop.RunUntilEnded(window.ExitAsync());

        Assert.Equal(expected, window.Shown);
    }

    [Fact]
    public void UnhandledFaults_ThatAreReportedOnly_DoNotReachTheToolkit()
    {
        UiApp app = ReportOnly();
        _loop.RunUntilIdle();

        string[] lines = StandardError.Of(() =>
        {
            app.Tasks.Run(FailAsync, new TaskOptions { Name = "Save" });
            _loop.RunUntilIdle();
        });

        Assert.StartsWith("Task 'Save' failed: The disk is full.", lines[0], StringComparison.Ordinal);
        Assert.Empty(_loop.UnhandledFaults);
    }

    private static int RunNotes()
    {
        var app = new NotesApp(new Notes([]));
        app.Tasks.Run(async () => await app.RequestExitAsync());

        // docs: run
        int exitCode = app.Run(new EventLoop());
        Console.Error.WriteLine(app.CloseReport);   // 12 tasks: 9 finished, 2 canceled by SIGINT, 1 survivor, 0 lost, 0 failed
        // docs: end

        return exitCode;
    }

    private UiApp UseFibula()
    {
        TestLoop loop = _loop;
        Notes notes = _notes;

        // docs: options
        UiApp app = loop.UseFibula(options =>
        {
            options.OnRunning = notes.LoadAsync;
            options.OnExit = cause => notes.AskToSaveAsync();       // false: the app stays
            options.OnFault = fault => Log(fault.Message);
        });
        // docs: end

        return app;
    }

    private UiApp ReportOnly()
    {
        TestLoop loop = _loop;

        // docs: faults
        // A tool that goes on whatever fails: nothing reaches the toolkit's handler of unhandled exceptions, which may end the process.
        UiApp app = loop.UseFibula(options => options.UnhandledFaults = UnhandledFaults.ReportOnly);
        // docs: end

        return app;
    }

    private static Task FailAsync() => throw new InvalidOperationException("The disk is full.");

    private void Log(string line) => _log.Add(line);

    private sealed class Notes(List<string> log)
    {
        public void ShowWindow() => log.Add("window");

        public Task LoadAsync() => DoAsync("notes");

        public Task SaveAsync() => DoAsync("saved");

        public async Task<bool> AskToSaveAsync()
        {
            await DoAsync("asked");
            return true;
        }

        private async Task DoAsync(string what)
        {
            await Task.Yield();
            log.Add(what);
        }
    }

    // docs: app
    private sealed class NotesApp(Notes notes) : UiApp
    {
        protected override void Startup() => notes.ShowWindow();

        protected override Task OnRunningAsync() => notes.LoadAsync();

        protected override Task<bool> OnExitAsync(ExitCause cause) => notes.AskToSaveAsync();      // false: the app stays
    }
    // docs: end

    private sealed class EditorApp(Notes notes) : UiApp
    {
        // docs: cause
        protected override async Task<bool> OnExitAsync(ExitCause cause)
        {
            if (cause is ExitCause.Requested or ExitCause.WindowClosed)
            {
                return await notes.AskToSaveAsync();
            }

            await notes.SaveAsync();        // a signal, or the end of the session: it is not refused, and there is no time to ask
            return true;
        }
        // docs: end
    }

    private sealed class NotesWindow(UiApp app) : Window(app.Tasks.CreateChild("Notes"))
    {
        private readonly Label _status = new();

        public string? Shown => _status.Text;

        public async Task ExitAsync()
        {
            // docs: decision
            ExitDecision decision = await app.RequestExitAsync();
            _status.Text = decision == ExitDecision.Leaving ? "Leaving …" : "There are notes to be saved.";
            // docs: end
        }
    }
}
