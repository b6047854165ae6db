using Fibula.Diagnostics;

namespace Fibula.Tests.Apps;

/// <summary>A program with two UI threads: real threads, real loops.</summary>
public sealed class UiAppOwnerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly UiApp _main = new("main");

    [Fact]
    [Trait("Behaviour", "B84")]
    public async Task Exit_OfTheOwner_EndsTheOtherUiThreadToo()
    {
        var running = new TaskCompletionSource<BackgroundTask>(TaskCreationOptions.RunContinuationsAsynchronously);
        UiApp window = Window(app => running.SetResult(app.Tasks.Run(task => task.Delay(Timeout.InfiniteTimeSpan))));
        Task<int> main = AppThread.Run(_main, new EventLoop());
        Task<int> other = AppThread.Run(window, new EventLoop());
        BackgroundTask task = await running.Task.WaitAsync(Patience);

        _main.Exit();
        await Task.WhenAll(main, other).WaitAsync(Patience);

        Assert.Equal(BackgroundTaskState.Canceled, task.State);
        Assert.Equal("the app's exit", task.CancelReason!.RequestedBy);
        Assert.Equal("window", Assert.Single(_main.CloseReport!.Canceled, entry => entry.Name == "window").Name);
        Assert.Equal(0, window.CloseReport!.LostCount);
    }

    [Fact]
    [Trait("Behaviour", "B84")]
    public async Task Exit_OfTheOtherUiThread_LeavesTheOwnerRunning()
    {
        UiApp window = Window(app => app.Exit());
        Task<int> main = AppThread.Run(_main, new EventLoop());

        await AppThread.Run(window, new EventLoop()).WaitAsync(Patience);
        BackgroundTask task = _main.Tasks.Run(() => Task.CompletedTask);
        await task.AsTask().WaitAsync(Patience);

        Assert.DoesNotContain(_main.Tasks.Snapshot().Tasks, task => task.Name == "window");
        _main.Exit();
        await main.WaitAsync(Patience);
    }

    [Fact]
    [Trait("Behaviour", "B84")]
    public async Task Run_AfterTheOwnerHasLeft_ReturnsWithoutStartup()
    {
        bool hasStarted = false;
        var window = new ScriptedApp("window", _main.Tasks) { OnStartup = () => hasStarted = true };
        Task<int> main = AppThread.Run(_main, new EventLoop());
        _main.Exit();
        await main.WaitAsync(Patience);

        await AppThread.Run(window, new EventLoop()).WaitAsync(Patience);

        Assert.False(hasStarted);
    }

    [Fact]
    [Trait("Behaviour", "B84")]
    public async Task Fault_OfTheOtherUiThread_IsRaisedOnTheOwners()
    {
        var told = new TaskCompletionSource<(string Name, bool IsHere)>(TaskCreationOptions.RunContinuationsAsynchronously);
        _main.Tasks.Faulted += fault =>
        {
            fault.Handled = true;
            told.SetResult((fault.Name, _main.Loop!.CheckAccess()));
        };
        UiApp window = Window(app => app.Tasks.Run(() => throw new InvalidOperationException(), new TaskOptions { Name = "Import" }));
        Task<int> main = AppThread.Run(_main, new EventLoop());
        Task<int> other = AppThread.Run(window, new EventLoop());

        Assert.Equal(("Import", true), await told.Task.WaitAsync(Patience));
        _main.Exit();
        await Task.WhenAll(main, other).WaitAsync(Patience);
    }

    [Fact]
    [Trait("Behaviour", "B84")]
    public async Task Exit_OfTheOwnerAnsweredWithWait_EndsAfterTheTaskOfTheOtherUiThread()
    {
        var running = new TaskCompletionSource<BackgroundTask>(TaskCreationOptions.RunContinuationsAsynchronously);
        var finish = new TaskCompletionSource();
        var options = new TaskOptions { Name = "Plot", OnClose = ClosePolicy.Ask };
        var owner = new WaitingApp();
        UiApp window = Window(app => running.SetResult(app.Tasks.Run(() => finish.Task, options)), owner);
        Task<int> main = AppThread.Run(owner, new EventLoop());
        Task<int> other = AppThread.Run(window, new EventLoop());
        BackgroundTask task = await running.Task.WaitAsync(Patience);

        ExitDecision decision = await owner.RequestExitAsync().WaitAsync(Patience);
        bool isToldAtOnce = task.CancelReason is not null;
        finish.SetResult();
        await Task.WhenAll(main, other).WaitAsync(Patience);

        Assert.Equal(["Plot"], owner.AskedAbout);
        Assert.Equal((ExitDecision.Leaving, false, BackgroundTaskState.Succeeded), (decision, isToldAtOnce, task.State));
        Assert.Equal(0, owner.CloseReport!.LivingCount);
    }

    private ScriptedApp Window(Action<UiApp> begin, UiApp? owner = null)
    {
        var window = new ScriptedApp("window", (owner ?? _main).Tasks);
        window.OnRunning = () =>
        {
            begin(window);
            return Task.CompletedTask;
        };
        return window;
    }

    private sealed class WaitingApp : UiApp
    {
        public IReadOnlyList<string> AskedAbout { get; private set; } = [];

        protected override Task<CloseAnswer> OnAskAsync(CloseQuestion question)
        {
            AskedAbout = [.. question.Tasks.Select(task => task.Name)];
            return Task.FromResult(CloseAnswer.Wait);
        }
    }
}
