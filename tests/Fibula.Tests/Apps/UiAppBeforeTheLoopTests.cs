using Fibula.Testing;

namespace Fibula.Tests.Apps;

public sealed class UiAppBeforeTheLoopTests
{
    [Fact(Timeout = 30_000), Trait("Behaviour", "B2")]
    public async Task Run_BeforeTheLoopExists_StartsOnTheUiThreadOnceStartupHasReturned()
    {
        var app = new ScriptedApp();
        BackgroundTask<int> early = app.Tasks.Run(() => Task.FromResult(Environment.CurrentManagedThreadId));
        BackgroundTaskState before = early.State;
        BackgroundTaskState? during = null;
        int uiThread = 0;
        app.OnStartup = () =>
        {
            during = early.State;
            uiThread = Environment.CurrentManagedThreadId;
        };

        Task<int> ended = AppThread.Run(app, new EventLoop());
        int startedOn = await early;
        app.Exit();
        await ended;

        Assert.Equal((BackgroundTaskState.Queued, BackgroundTaskState.Queued), (before, during!.Value));
        Assert.Equal(uiThread, startedOn);
    }

    [Fact, Trait("Behaviour", "B2")]
    public void RunOnThreadPool_BeforeTheLoopExists_StartsOnThePoolOnceStartupHasReturned()
    {
        var loop = new TestLoop();
        var app = new ScriptedApp();
        bool hasStartupReturned = false;
        BackgroundTask<(bool, bool)> early = app.Tasks.RunOnThreadPool(() => (hasStartupReturned, Thread.CurrentThread.IsThreadPoolThread));
        BackgroundTaskState before = early.State;
        BackgroundTaskState? during = null;
        app.OnStartup = () => during = early.State;

        app.Attach(loop);
        hasStartupReturned = true;
        loop.RunUntilEnded(early);

        Assert.Equal((BackgroundTaskState.Queued, BackgroundTaskState.Queued), (before, during!.Value));
        Assert.Equal((true, true), early.GetAwaiter().GetResult());
    }

    [Fact, Trait("Behaviour", "B2")]
    public void Run_InTheConstructorOfAnApp_IsQueuedUntilTheLoopRuns()
    {
        var loop = new TestLoop();
        var app = new EagerApp();
        BackgroundTaskState before = app.Early.State;

        app.Attach(loop);
        loop.RunUntilIdle();

        Assert.Equal(BackgroundTaskState.Queued, before);
        Assert.Equal(BackgroundTaskState.Succeeded, app.Early.State);
    }

    [Fact, Trait("Behaviour", "B2")]
    public void Run_ManyBeforeTheLoopExists_LosesNone()
    {
        var loop = new TestLoop();
        var app = new ScriptedApp();
        BackgroundTask<int>[] early = [.. Enumerable.Range(0, 500).Select(Start)];
        BackgroundTask<int> Start(int i) => i % 2 == 0 ? app.Tasks.Run(() => Task.FromResult(i)) : app.Tasks.RunOnThreadPool(() => i);

        app.Attach(loop);
        loop.RunUntil(() => early.All(task => task.IsCompleted));

        Assert.Equal(Enumerable.Range(0, 500), early.Select(task => task.GetAwaiter().GetResult()));
    }

    [Fact, Trait("Behaviour", "B2")]
    public void Elapsed_OfATaskQueuedBeforeTheLoop_CountsOnTheLoopsClock()
    {
        var loop = new TestLoop();
        var app = new ScriptedApp();
        BackgroundTask early = app.Tasks.Run(task => task.Delay(TimeSpan.FromSeconds(7)));

        app.Attach(loop);
        loop.RunUntilEnded(early);

        Assert.Equal(TimeSpan.FromSeconds(7), early.Elapsed);
    }

    [Fact, Trait("Behaviour", "B2")]
    public void Cancel_ATaskQueuedBeforeTheLoop_NeverStartsIt()
    {
        var loop = new TestLoop();
        var app = new ScriptedApp();
        bool ran = false;
        BackgroundTask early = app.Tasks.Run(() =>
        {
            ran = true;
            return Task.CompletedTask;
        });

        early.Cancel();
        app.Attach(loop);
        loop.RunUntilIdle();

        Assert.Equal(BackgroundTaskState.Canceled, early.State);
        Assert.False(ran);
    }

    private sealed class EagerApp : UiApp
    {
        public EagerApp()
            : base("eager")
        {
            Early = Tasks.Run(() => Task.CompletedTask);
        }

        public BackgroundTask Early { get; }
    }
}
