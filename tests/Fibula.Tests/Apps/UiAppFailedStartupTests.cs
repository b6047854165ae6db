using Fibula.Diagnostics;
using Fibula.Testing;

namespace Fibula.Tests.Apps;

public sealed class UiAppFailedStartupTests
{
    private readonly InvalidOperationException _error = new("No disk.");
    private readonly List<TaskFault> _faults = [];
    private readonly List<BackgroundTask> _queued = [];
    private readonly ScriptedApp _app = new("Import");
    private int _ran;

    public UiAppFailedStartupTests()
    {
        _app.Tasks.Faulted += _faults.Add;
        _app.OnStartup = () =>
        {
            QueueWork();
            throw _error;
        };
    }

    [Fact, Trait("Behaviour", "B4")]
    public void Run_StartupThatThrows_ThrowsThatErrorAndTellsNobodyElse()
    {
        var loop = new TestLoop();

        InvalidOperationException thrown = Assert.Throws<InvalidOperationException>(() => _app.Run(loop));

        Assert.Same(_error, thrown);
        Assert.Empty(_faults);
        Assert.Empty(loop.UnhandledFaults);
    }

    [Fact, Trait("Behaviour", "B4")]
    public void Run_StartupThatThrows_CancelsWhatWasQueuedWithThatReasonAndNeverStartsIt()
    {
        QueueWork();

        Assert.Throws<InvalidOperationException>(() => _app.Run(new TestLoop()));

        Assert.Equal(6, _queued.Count);
        Assert.All(_queued, task => Assert.Equal(BackgroundTaskState.Canceled, task.State));
        Assert.All(_queued, task => Assert.Equal("Startup of 'Import' failed: No disk.", task.CancelReason!.Message));
        Assert.All(_queued, task => Assert.Equal("Startup", task.CancelReason!.RequestedBy));
        Assert.Equal(0, _ran);
    }

    [Fact, Trait("Behaviour", "B4")]
    public void RequestExitAsync_InAStartupThatThrows_SaysThatTheAppLeaves()
    {
        Task<ExitDecision>? decision = null;
        _app.OnStartup = () =>
        {
            decision = _app.RequestExitAsync();
            throw _error;
        };

        Assert.Throws<InvalidOperationException>(() => _app.Attach(new TestLoop()));

        Assert.True(decision!.Wait(TimeSpan.FromSeconds(20)));
        Assert.Equal(ExitDecision.Leaving, decision.Result);
        Assert.Empty(_faults);
    }

    [Fact(Timeout = 30_000), Trait("Behaviour", "B8")]
    public async Task RequestExitAsync_WhoseHookIsCanceledWithTheRoot_Exits()
    {
        var loop = new EventLoop();
        Task<ExitDecision>? decision = null;
        _app.OnStartup = static () => { };
        _app.OnExit = async _ =>
        {
            await _app.Tasks.Run(static task => task.Delay(TimeSpan.FromHours(1)));
            return false;
        };
        _app.OnRunning = () =>
        {
            decision = _app.RequestExitAsync();
            _ = _app.Tasks.CloseAsync();
            return Task.CompletedTask;
        };

        await AppThread.Run(_app, loop);

        Assert.Equal(ExitDecision.Leaving, await decision!);
    }

    [Fact(Timeout = 30_000), Trait("Behaviour", "B4")]
    public async Task Run_StartupThatThrows_LeavesNoLoop()
    {
        var loop = new EventLoop();

        await Assert.ThrowsAsync<InvalidOperationException>(() => AppThread.Run(_app, loop));

        Assert.False(loop.Post(() => { }));
        Assert.False(_app.Post(() => { }));
        BackgroundTask late = _app.Tasks.Run(() => Task.CompletedTask);
        Assert.Equal(BackgroundTaskState.Canceled, late.State);
        Assert.Empty(_app.Tasks.Snapshot().Tasks);
    }

    [Fact, Trait("Behaviour", "B4")]
    public void Run_StartupThatThrows_ReportsWhatItCanceled()
    {
        Assert.Throws<InvalidOperationException>(() => _app.Run(new TestLoop()));

        Assert.Equal("3 tasks: 0 finished, 3 canceled by Startup, 0 survivors, 0 lost, 0 failed", _app.CloseReport!.ToString());
    }

    [Fact, Trait("Behaviour", "B4")]
    public void Attach_StartupThatThrows_ThrowsToTheHostWhoseLoopRunsOn()
    {
        var loop = new TestLoop();

        InvalidOperationException thrown = Assert.Throws<InvalidOperationException>(() => _app.Attach(loop));
        bool pumped = false;
        loop.Post(() => pumped = true);
        loop.RunUntilIdle();

        Assert.Same(_error, thrown);
        Assert.True(pumped);
        Assert.Equal(0, _ran);
        Assert.Empty(loop.UnhandledFaults);
    }

    [Fact(Timeout = 30_000), Trait("Behaviour", "B4")]
    public async Task Attach_FromAnotherThreadWithAStartupThatThrows_GoesTheToolkitsOwnWay()
    {
        (IReadOnlyList<TaskFault> toolkits, bool pumped) = await Task.Factory.StartNew(
            () =>
            {
                var loop = new TestLoop();
                bool pumped = false;
                loop.RunUntilIdle();
                var attacher = new Thread(() => _app.Attach(loop));
                attacher.Start();
                attacher.Join();
                loop.RunUntilIdle();
                loop.Post(() => pumped = true);
                loop.RunUntilIdle();
                return (loop.UnhandledFaults, pumped);
            },
            TaskCreationOptions.LongRunning);

        Assert.Same(_error, Assert.Single(toolkits).Exception);
        Assert.Equal("Callback 'Startup' failed: No disk.", toolkits[0].Message);
        Assert.True(pumped);
        Assert.Equal(0, _ran);
    }

    private void QueueWork()
    {
        _queued.Add(_app.Tasks.Run(CountAsync));
        _queued.Add(_app.Tasks.RunOnThreadPool(() => { Interlocked.Increment(ref _ran); }));
        _queued.Add(_app.Tasks.CreateChild("window").Run(CountAsync));
        _app.Post(() => _ran++);
    }

    private Task CountAsync()
    {
        Interlocked.Increment(ref _ran);
        return Task.CompletedTask;
    }
}
