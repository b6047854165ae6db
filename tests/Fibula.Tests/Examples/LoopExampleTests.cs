using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Examples;

/// <summary>The examples of loops.</summary>
public sealed class LoopExampleTests
{
    private readonly List<string> _log = [];

    [Fact]
    public void EventLoop_RunsAWholeProgram()
    {
        RunProgram();

        Assert.Equal(["prices and news"], _log);
    }

    [Fact]
    public void ManualLoop_PumpedByAGame_EndsWithItsApp()
    {
        var game = new Game();

        UiApp app = RunGame(game);

        Assert.Equal("level 1", game.Level);
        Assert.Equal((1, 0), (app.CloseReport!.SucceededCount, app.CloseReport.LostCount));
    }

    [Fact]
    public void Post_FromAnotherThread_ReachesTheWindow()
    {
        TestLoop loop = StartedLoop.Create();
        var folder = new Folder();
        var window = new FilesWindow(new TaskScope(loop, "Files"), folder);

        var thread = new Thread(() => folder.Change("Report.txt"));
        thread.Start();
        thread.Join();
        string? before = window.Shown;
        loop.RunUntilIdle();

        Assert.Equal((null, "Report.txt has changed."), (before, window.Shown));
    }

    private void RunProgram()
    {
        // docs: event
        EventLoop.Run(async task => await task.RunGroupAsync(async group =>
        {
            BackgroundTask<string> prices = group.Run(LoadPricesAsync);
            BackgroundTask<string> news = group.Run(LoadNewsAsync);
            Log($"{await prices} and {await news}");        // all on this thread: what they share needs no lock
        }));
        // docs: end
    }

    private static UiApp RunGame(Game game)
    {
        // docs: manual
        var loop = new ManualLoop();
        UiApp app = loop.UseFibula(options => options.OnRunning = game.LoadLevelAsync);
        game.Quitting += app.Exit;
        while (loop.Pump())         // false once the app has left
        {
            game.DrawFrame();
        }

        loop.End();
        // docs: end

        return app;
    }

    [Fact]
    [Trait("Behaviour", "B47")]
    public async Task ServerLoop_OwnsWorkOfNoUser_AndReportsItsErrors()
    {
        var reported = new TaskCompletionSource<TaskFault>(TaskCreationOptions.RunContinuationsAsynchronously);

        // docs: server
        var loop = new ServerLoop(onUnhandledFault: fault => reported.SetResult(fault));
        UiApp server = loop.UseFibula(options => options.Name = "server");
        server.Tasks.Run(CompactAsync);     // belongs to no request and to no user
        // docs: end

        Assert.Equal("Task 'CompactAsync' failed: The disk is full.", (await reported.Task).Message);
        CloseReport report = await server.Tasks.CloseAsync();
        loop.End();
        Assert.Equal(0, report.LivingCount);
    }

    private void Log(string line) => _log.Add(line);

    private static async Task CompactAsync()
    {
        await Task.Yield();
        throw new IOException("The disk is full.");
    }

    private static async Task<string> LoadPricesAsync()
    {
        await Task.Yield();
        return "prices";
    }

    private static async Task<string> LoadNewsAsync()
    {
        await Task.Yield();
        return "news";
    }

    private sealed class Game
    {
        private int _frames;

        public event Action? Quitting;

        public string? Level { get; private set; }

        public async Task LoadLevelAsync()
        {
            await Task.Yield();
            Level = "level 1";
        }

        public void DrawFrame()
        {
            if (++_frames == 3)
            {
                Quitting?.Invoke();
            }
        }
    }

    private sealed class Folder
    {
        public event EventHandler<string>? Changed;

        public void Change(string file) => Changed?.Invoke(this, file);
    }

    private sealed class FilesWindow : Window
    {
        private readonly Label _status = new();

        public FilesWindow(TaskScope scope, Folder folder)
            : base(scope)
        {
            // docs: post
            UiLoop loop = this.Tasks.Loop!;
            folder.Changed += (_, file) => loop.Post(() => _status.Text = $"{file} has changed.");     // raised on any thread
            // docs: end
        }

        public string? Shown => _status.Text;
    }
}
