using Fibula.Toolkits;

namespace Fibula.Tests.Faults;

/// <summary>A handler of the toolkit's unhandled exceptions that throws itself.</summary>
public sealed class BrokenHandlerTests
{
    private readonly BrokenHandlerLoop _loop = new();
    private Task<bool> _answer = Task.FromResult(true);

    [Fact]
    [Trait("Behaviour", "B47")]
    public void Fault_HandlerThrows_BothAreWrittenAndTheLoopGoesOn()
    {
        bool hasRun = false;
        UiApp app = Attach();

        string[] lines = StandardError.Of(() =>
        {
            app.Tasks.Run(() => throw new IOException("Disk full."), new TaskOptions { Name = "Save" });
            _loop.Turn();
            app.Post(() => hasRun = true);
            _loop.Turn();
        });

        Assert.True(hasRun);
        Assert.Equal("The handler of unhandled faults threw FormatException: No dialog.", lines[0]);
        Assert.Equal("Task 'Save' failed: Disk full.", lines[1].Split(" Started at ")[0]);
        Assert.Equal(1, _loop.Handled);
    }

    [Fact]
    [Trait("Behaviour", "B7")]
    public void RequestExitAsync_HookIsCanceledAndTheHandlerThrows_FailsAllTheSame()
    {
        UiApp app = Attach();
        BackgroundTask saving = app.Tasks.Run(task => task.Delay(TimeSpan.FromHours(1)));
        _loop.Turn();
        saving.Cancel();
        _answer = AfterAsync(saving);
        Task<ExitDecision> decision = app.RequestExitAsync();

        StandardError.Of(() => _loop.TurnUntil(decision));

        Assert.Equal(ExitDecision.HookFailed, decision.Result);
        Assert.Null(app.CloseReport);
    }

    private UiApp Attach()
    {
        UiApp app = _loop.UseFibula(options => options.OnExit = _ => _answer);
        _loop.Turn();
        return app;
    }

    private static async Task<bool> AfterAsync(BackgroundTask saving)
    {
        await saving;
        return true;
    }

    private sealed class BrokenHandlerLoop : ToolkitLoop
    {
        private readonly Thread _thread = Thread.CurrentThread;
        private readonly SemaphoreSlim _woken = new(0);

        public int Handled { get; private set; }

        public void Turn()
        {
            NotifyStarted();
            while (_woken.Wait(0))
            {
                RunTurn();
            }
        }

        public void TurnUntil(Task task)
        {
            task.ContinueWith(_ => _woken.Release(), TaskScheduler.Default);
            while (!task.IsCompleted)
            {
                Assert.True(_woken.Wait(TimeSpan.FromSeconds(60)));
                RunTurn();
            }
        }

        protected override bool CheckAccessCore() => _thread == Thread.CurrentThread;

        protected override void RequestTurn(bool yielding) => _woken.Release();

        protected override void OnUnhandledFault(TaskFault fault)
        {
            Handled++;
            throw new FormatException("No dialog.");
        }
    }
}
