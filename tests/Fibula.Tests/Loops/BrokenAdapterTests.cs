using Fibula.Tests.Toolkits;
using Fibula.Toolkits;

namespace Fibula.Tests.Loops;

/// <summary>An adapter whose toolkit refuses: to be woken, to write a line, to quit.</summary>
public sealed class BrokenAdapterTests
{
    [Fact]
    public void Post_ToolkitRefusesToBeWokenAndToWrite_ReturnsAndTheCallbackRunsLater()
    {
        var loop = new BrokenLoop { CanWrite = false };
        bool hasRun = false;
        bool isPosted = false;
        loop.Start();
        loop.CanWake = false;

        string[] lines = StandardError.Of(() => isPosted = loop.Post(() => hasRun = true));
        loop.Turn();

        Assert.True(isPosted);
        Assert.True(hasRun);
        Assert.Equal(["The UI loop 'BrokenLoop' could not be woken: No message pump."], lines);
    }

    [Fact]
    public void NotifyNotAsked_LineCannotBeWritten_DoesNotThrow()
    {
        var loop = new BrokenLoop { CanWrite = false };
        loop.UseFibula();
        loop.Start();
        loop.Turn();
        var window = new FakeWindow(loop, "Import");
        window.WaitForTasks(static () => Task.FromResult(true));

        string[] lines = StandardError.Of(() => window.TellNotAsked("OnClosing"));

        Assert.StartsWith("'Import' was closed before", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exit_LoopHasEndedAndQuitThrows_IsAFaultAndTheProcessLives()
    {
        var loop = new BrokenLoop();
        UiApp app = loop.UseFibula();
        loop.Start();
        loop.Turn();
        app.Tasks.Run(static () => new TaskCompletionSource().Task);
        loop.Turn();
        app.Exit();
        loop.Turn();

        loop.End();

        Assert.StartsWith("Callback 'Quit' failed: The toolkit is gone.", await loop.FirstLine.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private sealed class BrokenLoop : ToolkitLoop
    {
        private readonly Thread _thread = Thread.CurrentThread;
        private readonly TaskCompletionSource<string> _firstLine = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool CanWake { get; set; } = true;

        public bool CanWrite { get; init; } = true;

        public Task<string> FirstLine => _firstLine.Task;

        public void Start() => NotifyStarted();

        public void Turn()
        {
            for (long before = -1; before != TurnsRequested;)
            {
                before = TurnsRequested;
                RunTurn();
            }
        }

        public void End() => NotifyEnded();

        protected override bool CheckAccessCore() => _thread == Thread.CurrentThread;

        protected override void RequestTurn(bool yielding)
        {
            if (!CanWake)
            {
                throw new InvalidOperationException("No message pump.");
            }
        }

        protected override void QuitCore() => throw new InvalidOperationException("The toolkit is gone.");

        protected override void WriteLine(string line)
        {
            if (!CanWrite)
            {
                throw new IOException("The terminal is gone.");
            }

            _firstLine.TrySetResult(line);
        }
    }
}
