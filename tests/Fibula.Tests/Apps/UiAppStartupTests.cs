using Fibula.Testing;

namespace Fibula.Tests.Apps;

public sealed class UiAppStartupTests
{
    private readonly List<string> _log = [];

    [Fact, Trait("Behaviour", "B1")]
    public void Attach_StartupThatStartsAndPosts_RunsAllInTheOrderItWasQueued()
    {
        var loop = new TestLoop();
        var app = new ScriptedApp { OnRunning = () => Log("running") };
        app.OnStartup = () => QueueEverything(app);

        app.Attach(loop);
        loop.RunUntilIdle();

        Assert.Equal(["startup", "first", "callback", "second", "running"], _log);
    }

    [Fact(Timeout = 30_000), Trait("Behaviour", "B1")]
    public async Task Run_StartupThatStartsAndPosts_RunsAllInTheOrderItWasQueued()
    {
        var app = new ScriptedApp();
        app.OnStartup = () => QueueEverything(app);
        app.OnRunning = () =>
        {
            app.Exit();
            return Log("running");
        };

        await AppThread.Run(app, new EventLoop());

        Assert.Equal(["startup", "first", "callback", "second", "running"], _log);
    }

    [Fact, Trait("Behaviour", "B1")]
    public void Attach_FirstStepsThatAwait_BeginsTheNextOnesInBetween()
    {
        var loop = new TestLoop();
        var app = new ScriptedApp { OnRunning = () => Log("running") };
        app.OnStartup = () =>
        {
            app.Tasks.Run(async () =>
            {
                await Log("first step");
                await Task.Yield();
                await Log("second step");
            });
            app.Tasks.Run(() => Log("other task"));
        };

        app.Attach(loop);
        loop.RunUntilIdle();

        Assert.Equal(["first step", "other task", "running", "second step"], _log);
    }

    [Fact, Trait("Behaviour", "B1")]
    public void Attach_WhatWasStartedInMain_ComesBeforeWhatStartupStarts()
    {
        var loop = new TestLoop();
        var app = new ScriptedApp();
        app.OnStartup = () => app.Tasks.Run(() => Log("startup's"));
        app.Tasks.Run(() => Log("main's"));
        app.Post(() => _log.Add("main's callback"));

        app.Attach(loop);
        loop.RunUntilIdle();

        Assert.Equal(["main's", "main's callback", "startup's"], _log);
    }

    [Fact, Trait("Behaviour", "B3")]
    public void Attach_StartupCode_IsOnTheUiThreadAndLeavesTheCallersContext()
    {
        var loop = new TestLoop();
        var callers = new SynchronizationContext();
        SynchronizationContext.SetSynchronizationContext(callers);
        var app = new ScriptedApp();
        app.OnStartup = () => Log($"{loop.CheckAccess()} {SynchronizationContext.Current == loop.Context}");

        app.Attach(loop);

        Assert.Equal(["True True"], _log);
        Assert.Same(callers, SynchronizationContext.Current);
    }

    [Theory, Trait("Behaviour", "B3")]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_WorkStartedInStartup_ResumesOnTheUiThread(bool withoutContext)
    {
        var loop = new TestLoop();
        int resumedOn = 0;
        var app = new ScriptedApp();
        app.OnStartup = () =>
        {
            SynchronizationContext.SetSynchronizationContext(withoutContext ? null : SynchronizationContext.Current);
            app.Tasks.Run(async () =>
            {
                await Task.Run(() => { }).ConfigureAwait(true);
                resumedOn = Environment.CurrentManagedThreadId;
                app.Exit();
            });
        };

        app.Run(loop);

        Assert.Equal(Environment.CurrentManagedThreadId, resumedOn);
    }

    [Fact, Trait("Behaviour", "B5")]
    public void OnRunningAsync_ThatThrows_IsAFaultWithItsNameAndTheAppRunsOn()
    {
        var loop = new TestLoop();
        var error = new InvalidOperationException("No settings.");
        var app = new ScriptedApp { OnRunning = () => throw error };

        app.Attach(loop);
        loop.RunUntilIdle();

        TaskFault fault = Assert.Single(loop.UnhandledFaults);
        Assert.Same(error, fault.Exception);
        Assert.Equal("OnRunningAsync", fault.Name);
        Assert.Equal("Task 'OnRunningAsync' failed: No settings.", fault.Message);
        Assert.Null(fault.FilePath);
        Assert.Equal(BackgroundTaskState.Succeeded, app.Tasks.Run(() => Log("later")).State);
        Assert.Null(app.CloseReport);
    }

    [Fact, Trait("Behaviour", "B5")]
    public void OnRunningAsync_ThatFailsAfterAnAwait_IsAFaultToo()
    {
        var loop = new TestLoop();
        var app = new ScriptedApp();
        app.OnRunning = async () =>
        {
            await Task.Yield();
            throw new InvalidOperationException("No settings.");
        };
        app.Tasks.Faulted += fault => fault.Handled = Log(fault.Name).IsCompleted;

        app.Attach(loop);
        loop.RunUntilIdle();

        Assert.Equal(["OnRunningAsync"], _log);
        Assert.Empty(loop.UnhandledFaults);
        Assert.True(app.Post(() => { }));
    }

    [Fact]
    public void Attach_ASecondLoop_SaysThatTheAppStaysWhereItIs()
    {
        var app = new ScriptedApp("Import");
        app.Attach(new TestLoop());

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => app.Attach(new TestLoop()));

        Assert.Equal("'Import' is on a loop already, and stays there. Create a new UiApp for another loop.", error.Message);
    }

    [Fact]
    public void Attach_ALoopThatIsTaken_SaysWhoseItIs()
    {
        var loop = new TestLoop();
        new ScriptedApp("Import").Attach(loop);

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => new ScriptedApp().Attach(loop));

        Assert.Equal("This loop belongs to 'Import' already. Create a loop for each app.", error.Message);
    }

    [Fact]
    public void Run_ALoopItsHostRuns_SaysWhatToCallInstead()
    {
        NotSupportedException error = Assert.Throws<NotSupportedException>(() => new ScriptedApp().Run(new ManualLoop()));

        Assert.Equal("A ManualLoop is run by its host. Use app.Attach(loop) instead of app.Run(loop).", error.Message);
    }

    [Fact]
    public void Arguments_ThatAreMissing_AreRefusedAtOnce()
    {
        var app = new ScriptedApp();

        Assert.Throws<ArgumentNullException>("loop", () => app.Run(null!));
        Assert.Throws<ArgumentNullException>("loop", () => app.Attach(null!));
        Assert.Throws<ArgumentNullException>("callback", () => app.Post(null!));
        Assert.Throws<ArgumentException>("name", () => new UiApp(""));
    }

    private Task Log(string line)
    {
        _log.Add(line);
        return Task.CompletedTask;
    }

    private void QueueEverything(UiApp app)
    {
        app.Tasks.Run(() => Log("first"));
        app.Post(() => _log.Add("callback"));
        app.Tasks.Run(() => Log("second"));
        _log.Add("startup");
    }
}
