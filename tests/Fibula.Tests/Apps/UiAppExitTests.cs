using Fibula.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Fibula.Tests.Apps;

public sealed class UiAppExitTests
{
    private readonly TestLoop _loop = new();
    private readonly ScriptedApp _app = new("Import");
    private readonly List<ExitCause> _asked = [];

    [Fact, Trait("Behaviour", "B6")]
    public void RequestExitAsync_HookSaysNo_CancelsNothingAndTheAppRunsOn()
    {
        BackgroundTask work = _app.Tasks.Run(task => task.Delay(TimeSpan.FromHours(1)));
        Attach(_ => Task.FromResult(false));

        Task<ExitDecision> decision = Request();

        Assert.Equal(ExitDecision.Refused, decision.Result);
        Assert.Equal((BackgroundTaskState.Running, null), (work.State, work.CancelReason));
        Assert.Equal(BackgroundTaskState.Succeeded, _app.Tasks.Run(() => Task.CompletedTask).State);
        Assert.Null(_app.CloseReport);
        Assert.Empty(_loop.UnhandledFaults);
    }

    [Fact, Trait("Behaviour", "B6")]
    public void RequestExitAsync_AfterARefusal_AsksAgain()
    {
        bool answer = false;
        Attach(_ => Task.FromResult(answer));

        ExitDecision first = Request().Result;
        answer = true;
        ExitDecision second = Request(ExitCause.WindowClosed).Result;

        Assert.Equal((ExitDecision.Refused, ExitDecision.Leaving), (first, second));
        Assert.Equal([ExitCause.Requested, ExitCause.WindowClosed], _asked);
    }

    [Fact, Trait("Behaviour", "B6")]
    public void RequestExitAsync_HookSaysYes_ExitsOnce()
    {
        var loop = new QuitCountingLoop();
        _app.OnExit = AskAndSay(_ => Task.FromResult(true));
        _app.Attach(loop);

        loop.RunUntil(_app.RequestExitAsync());
        Task<ExitDecision> again = _app.RequestExitAsync();
        _app.Exit();
        loop.RunUntil(loop.Quit);

        Assert.Equal(ExitDecision.Leaving, again.Result);
        Assert.Single(_asked);
        Assert.Equal(1, loop.QuitCount);
        Assert.Equal(0, _app.ExitCode);
    }

    [Fact, Trait("Behaviour", "B6")]
    public void RequestExitAsync_WithoutAHook_Leaves()
    {
        var app = new UiApp("plain");
        app.Post(() => app.RequestExitAsync());

        int exitCode = app.Run(_loop);

        Assert.Equal(0, exitCode);
        Assert.False(_loop.Post(() => { }));
    }

    [Theory, Trait("Behaviour", "B7")]
    [InlineData("throws", "Task 'OnExitAsync' failed: No disk.")]
    [InlineData("throws later", "Task 'OnExitAsync' failed: No disk.")]
    [InlineData("times out", "Task 'OnExitAsync' was canceled by something it called, not by its owner: The operation was canceled.")]
    [InlineData("no task", "Task 'OnExitAsync' failed: The work of task 'OnExitAsync' returned null instead of a task. Return Task.CompletedTask where there is nothing to await.")]
    public void RequestExitAsync_HookThatFails_IsRefusedAndReported(string how, string message)
    {
        BackgroundTask work = _app.Tasks.Run(task => task.Delay(TimeSpan.FromHours(1)));
        Attach(_ => FailingHook(how));

        Task<ExitDecision> decision = Request();

        Assert.Equal(ExitDecision.HookFailed, decision.Result);
        Assert.Equal(message, Assert.Single(_loop.UnhandledFaults).Message);
        Assert.Equal(BackgroundTaskState.Running, work.State);
        Assert.Null(_app.CloseReport);
    }

    [Fact, Trait("Behaviour", "B7")]
    public void RequestExitAsync_HookThatAwaitsACanceledTask_IsReportedToo()
    {
        BackgroundTask saving = _app.Tasks.Run(task => task.Delay(TimeSpan.FromHours(1)), new TaskOptions { Name = "Save" });
        Attach(async _ =>
        {
            await saving;
            return true;
        });
        Task<ExitDecision> decision = _app.RequestExitAsync();

        saving.Cancel("The disk is full.");
        _loop.RunUntil(() => decision.IsCompleted && _loop.UnhandledFaults.Count > 0);

        Assert.Equal(ExitDecision.HookFailed, decision.Result);
        Assert.Equal("Task 'OnExitAsync' was canceled: The disk is full.", Assert.Single(_loop.UnhandledFaults).Message);
    }

    [Fact, Trait("Behaviour", "B7")]
    public void RequestExitAsync_HookThatIsToldToCancel_IsReportedWithTheReason()
    {
        BackgroundTask saving = _app.Tasks.Run(task => task.Delay(TimeSpan.FromHours(1)));
        Attach(async _ =>
        {
            await saving;
            return true;
        });
        Task<ExitDecision> decision = _app.RequestExitAsync();

        _app.Tasks.Cancel("Start again.");
        _loop.RunUntil(() => decision.IsCompleted && _loop.UnhandledFaults.Count > 0);

        Assert.Equal(ExitDecision.HookFailed, decision.Result);
        Assert.Equal("Task 'OnExitAsync' was canceled: Start again.", Assert.Single(_loop.UnhandledFaults).Message);
    }

    [Fact, Trait("Behaviour", "B8")]
    public void RequestExitAsync_HookSaysYes_CompletesBeforeDraining()
    {
        var cleaned = new TaskCompletionSource();
        BackgroundTask work = _app.Tasks.Run(task => CleanUpAsync(task, cleaned.Task));
        Attach(_ => Task.FromResult(true));

        ExitDecision decision = Request().Result;
        bool wasLive = !work.IsCompleted;
        cleaned.SetResult();
        _loop.RunUntil(() => _app.CloseReport is not null);

        Assert.Equal((ExitDecision.Leaving, true), (decision, wasLive));
        Assert.Equal(BackgroundTaskState.Canceled, work.State);
        Assert.Equal("Import", _app.CloseReport!.ScopeName);
    }

    [Fact, Trait("Behaviour", "B8")]
    public void RequestExitAsync_AskedByATask_LetsItGoOnBeforeItIsTold()
    {
        Attach(_ => Task.FromResult(true));
        BackgroundTask<(ExitDecision, bool)> asker = _app.Tasks.Run(
            async task => (await _app.RequestExitAsync(), task.CancellationToken.IsCancellationRequested));

        _loop.RunUntilEnded(asker);

        Assert.Equal((ExitDecision.Leaving, false), asker.GetAwaiter().GetResult());
    }

    [Theory, Trait("Behaviour", "B8")]
    [InlineData(true, ExitDecision.Leaving)]
    [InlineData(false, ExitDecision.Refused)]
    public void RequestExitAsync_WhileOneIsPending_AsksOnceAndAllGetItsOutcome(bool answer, ExitDecision outcome)
    {
        var dialog = new TaskCompletionSource<bool>();
        Attach(_ => dialog.Task);
        _loop.RunUntilIdle();

        Task<ExitDecision>[] requests = [_app.RequestExitAsync(), _app.RequestExitAsync(ExitCause.WindowClosed), OnAnotherThread(() => _app.RequestExitAsync())];
        bool isDecidedEarly = requests.Any(request => request.IsCompleted);
        dialog.SetResult(answer);
        _loop.RunUntilEnded(Task.WhenAll(requests));

        Assert.False(isDecidedEarly);
        Assert.All(requests, request => Assert.Equal(outcome, request.Result));
        Assert.Equal([ExitCause.Requested], _asked);
    }

    [Theory, Trait("Behaviour", "B8")]
    [InlineData(false)]
    [InlineData(true)]
    public void RequestExitAsync_InsideTheHook_ThrowsAndSaysWhy(bool afterAnAwait)
    {
        Attach(async _ =>
        {
            await (afterAnAwait ? Task.Delay(TimeSpan.FromSeconds(1), _loop.TimeProvider) : Task.CompletedTask);
            await _app.RequestExitAsync();
            return true;
        });

        ExitDecision decision = Request().Result;

        Assert.Equal(ExitDecision.HookFailed, decision);
        Exception error = Assert.Single(_loop.UnhandledFaults).Exception;
        Assert.IsType<InvalidOperationException>(error);
        Assert.Equal(
            "RequestExitAsync was called inside OnExitAsync of 'Import', which would wait for itself. Return true to exit, or call Exit().",
            error.Message);
    }

    [Fact, Trait("Behaviour", "B8")]
    public void RequestExitAsync_InATaskTheHookStarted_ThrowsToo()
    {
        BackgroundTask? started = null;
        Attach(async _ =>
        {
            started = _app.Tasks.Run(() => _app.RequestExitAsync());
            await started;
            return true;
        });

        ExitDecision decision = Request().Result;

        Assert.Equal(ExitDecision.HookFailed, decision);
        Assert.Equal(BackgroundTaskState.Faulted, started!.State);
    }

    [Fact, Trait("Behaviour", "B8")]
    public void Exit_WhileTheHookIsAsking_Wins()
    {
        var dialog = new TaskCompletionSource<bool>();
        Attach(_ => dialog.Task);
        Task<ExitDecision> request = _app.RequestExitAsync();

        _app.Exit();
        _loop.RunUntilEnded(request);
        dialog.SetResult(false);
        _loop.RunUntil(() => _app.CloseReport is not null);

        Assert.Equal(ExitDecision.Leaving, request.Result);
        Assert.Equal("the app's exit", _app.CloseReport!.Reason.RequestedBy);
    }

    [Fact, Trait("Behaviour", "B8")]
    public void Exit_InsideTheHook_LeavesWhateverItAnswers()
    {
        Attach(_ =>
        {
            _app.Exit();
            return Task.FromResult(false);
        });

        ExitDecision decision = Request().Result;

        Assert.Equal(ExitDecision.Leaving, decision);
    }

    [Fact, Trait("Behaviour", "B8")]
    public void LeaveWithTheSessionAsync_InsideTheHook_LeavesWhateverItAnswers()
    {
        var loop = new QuitCountingLoop();
        Task? left = null;
        _app.OnExit = async _ =>
        {
            await Task.Yield();
            left = loop.EndSessionAsync();
            return false;
        };
        _app.Attach(loop);

        _ = _app.RequestExitAsync();
        loop.RunUntil(loop.Quit);
        loop.RunUntil(left!);

        Assert.True(left!.IsCompletedSuccessfully);
        Assert.Equal(0, _app.CloseReport!.FaultedCount);
    }

    [Fact, Trait("Behaviour", "B9")]
    public void Exit_WithAHook_DoesNotAskItAndRunsTheCloseProtocol()
    {
        bool cleanedUp = false;
        _app.OnExit = AskAndSay(_ => Task.FromResult(false));
        BackgroundTask work = _app.Tasks.Run(async task =>
        {
            await using var cleanUp = new CleanUp(() => cleanedUp = true);
            await task.Delay(TimeSpan.FromHours(1));
        });
        _app.Tasks.Run(() => Task.CompletedTask);
        _app.OnRunning = () =>
        {
            _app.Exit();
            return Task.CompletedTask;
        };

        _app.Run(_loop);

        Assert.Empty(_asked);
        Assert.True(cleanedUp);
        Assert.Equal(BackgroundTaskState.Canceled, work.State);
        Assert.Equal("'Import' leaves (the app's exit).", work.CancelReason!.Message);
        Assert.Equal("3 tasks: 2 finished, 1 canceled by the app's exit, 0 survivors, 0 lost, 0 failed", _app.CloseReport!.ToString());
    }

    [Fact(Timeout = 30_000), Trait("Behaviour", "B9")]
    public async Task Exit_FromAnotherThread_EndsTheLoop()
    {
        var running = new TaskCompletionSource();
        _app.OnRunning = () =>
        {
            running.SetResult();
            return Task.CompletedTask;
        };
        Task<int> ended = AppThread.Run(_app, new EventLoop());
        await running.Task;

        _app.Exit();

        Assert.Equal(0, await ended);
    }

    [Fact, Trait("Behaviour", "B9")]
    public void Exit_BeforeRun_LeavesAtOnce()
    {
        BackgroundTask work = _app.Tasks.Run(task => task.Delay(TimeSpan.FromHours(1)));
        _app.Exit();

        _app.Run(_loop);

        Assert.Equal(BackgroundTaskState.Canceled, work.State);
        Assert.Equal(TimeSpan.Zero, _app.CloseReport!.Duration);
    }

    [Fact, Trait("Behaviour", "B10")]
    public void Exit_AfterADelayAndWithoutInput_EndsTheLoopWhenItIsDue()
    {
        DateTimeOffset began = _loop.TimeProvider.GetUtcNow();
        _app.Tasks.Run(async task =>
        {
            await task.Delay(TimeSpan.FromSeconds(3));
            _app.Exit();
        });

        _app.Run(_loop);

        Assert.Equal(TimeSpan.FromSeconds(3), _loop.TimeProvider.GetUtcNow() - began);
    }

    [Fact(Timeout = 30_000), Trait("Behaviour", "B10")]
    public async Task Exit_AfterADelayOnAnIdleEventLoop_EndsIt()
    {
        var time = new FakeTimeProvider();
        var waiting = new TaskCompletionSource();
        _app.Tasks.Run(async task =>
        {
            Task delay = task.Delay(TimeSpan.FromSeconds(3));
            waiting.SetResult();
            await delay;
            _app.Exit();
        });
        Task<int> ended = AppThread.Run(_app, new EventLoop(time));
        await waiting.Task;

        time.Advance(TimeSpan.FromSeconds(2.9));
        bool endedEarly = ended.IsCompleted;
        time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal(0, await ended);
        Assert.False(endedEarly);
    }

    private static T OnAnotherThread<T>(Func<T> call)
    {
        T result = default!;
        var thread = new Thread(() => result = call());
        thread.Start();
        thread.Join();
        return result;
    }

    private static async Task CleanUpAsync(TaskContext task, Task cleaned)
    {
        try
        {
            await task.Delay(TimeSpan.FromHours(1));
        }
        finally
        {
            await cleaned;
        }
    }

    private static async Task<bool> FailLaterAsync()
    {
        await Task.Yield();
        throw new InvalidOperationException("No disk.");
    }

    private static Task<bool> FailingHook(string how) => how switch
    {
        "throws" => throw new InvalidOperationException("No disk."),
        "throws later" => FailLaterAsync(),
        "times out" => throw new OperationCanceledException(),
        _ => null!,
    };

    private void Attach(Func<ExitCause, Task<bool>> hook)
    {
        _app.OnExit = AskAndSay(hook);
        _app.Attach(_loop);
        _loop.RunUntilIdle();
    }

    private Func<ExitCause, Task<bool>> AskAndSay(Func<ExitCause, Task<bool>> hook) => cause =>
    {
        _asked.Add(cause);
        return hook(cause);
    };

    private Task<ExitDecision> Request(ExitCause cause = ExitCause.Requested)
    {
        Task<ExitDecision> decision = _app.RequestExitAsync(cause);
        _loop.RunUntilEnded(decision);
        _loop.RunUntilIdle();
        return decision;
    }

    private sealed class CleanUp(Action action) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            action();
            return ValueTask.CompletedTask;
        }
    }
}
