using Fibula.Diagnostics;
using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Faults;

public sealed class FaultRouteTests
{
    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _app;
    private readonly TaskScope _window;
    private readonly List<string> _told = [];

    public FaultRouteTests()
    {
        _app = new TaskScope(_loop, "app");
        _window = _app.CreateChild("window");
        _window.Faulted += _ => _told.Add("window");
        _app.Faulted += _ => _told.Add("app");
    }

    [Fact]
    [Trait("Behaviour", "B47")]
    public void Fault_NobodyHandledIt_GoesUpToTheToolkitOnce()
    {
        Fail(_window);

        Assert.Equal(["window", "app"], _told);
        Assert.Equal("Broken.", Assert.Single(_loop.UnhandledFaults).Exception.Message);
    }

    [Fact]
    [Trait("Behaviour", "B47")]
    public void Fault_HandledByTheWindow_GoesNoFurther()
    {
        _window.Faulted += fault => fault.Handled = true;

        Fail(_window);

        Assert.Equal(["window"], _told);
        Assert.Empty(_loop.UnhandledFaults);
    }

    [Fact]
    [Trait("Behaviour", "B47")]
    public void Fault_OfTheApp_IsNotToldToItsWindows()
    {
        Fail(_app);

        Assert.Equal(["app"], _told);
    }

    [Theory]
    [InlineData(UnhandledFaults.Toolkit, "unhandled: Broken.")]
    [InlineData(UnhandledFaults.ReportOnly, "line: Broken.")]
    [Trait("Behaviour", "B47")]
    public void Fault_NobodyHandledIt_GoesWhereTheAppSays(UnhandledFaults unhandled, string expected)
    {
        var loop = new RecordingLoop();
        UiApp app = loop.UseFibula(options => options.UnhandledFaults = unhandled);
        loop.Start();

        app.Tasks.Run(() => throw new InvalidOperationException("Broken."));
        loop.Turn();
        loop.End();

        Assert.Equal([expected], loop.Told);
    }

    [Fact]
    [Trait("Behaviour", "B47")]
    public void Fault_OnAnEventLoop_IsWrittenToStandardError()
    {
        var app = new UiApp("app");
        app.Tasks.Run(() => throw new InvalidOperationException("Broken."), new TaskOptions { Name = "Import" });
        app.Post(() => app.Post(app.Exit));

        string[] lines = StandardError.Of(() => app.Run(new EventLoop()));

        Assert.StartsWith("Task 'Import' failed: Broken. Started at ", lines[0]);
        Assert.Single(lines, line => line.Contains("Import"));
    }

    [Fact]
    [Trait("Behaviour", "B47")]
    public void Fault_OnAForeignContext_IsThrownInsideAPostOfIt()
    {
        var context = new QueueContext();
        var loop = new SynchronizationContextLoop(context, Thread.CurrentThread);
        var scope = new TaskScope(loop, "window");
        var error = new InvalidOperationException("Broken.");
        scope.Run(() => throw error);

        var thrown = Assert.Throws<InvalidOperationException>(context.RunAll);

        Assert.Same(error, thrown);
        context.RunAll();
    }

    [Fact]
    [Trait("Behaviour", "B47")]
    public void Fault_AfterTheLoopHasEnded_TouchesNoViewAndIsStillTold()
    {
        var finish = new TaskCompletionSource();
        _window.Run(() => finish.Task, new TaskOptions { Name = "Import" });
        _loop.End();
        using var listener = new FibulaListener("Import");

        finish.SetException(new InvalidOperationException("Broken."));

        Assert.True(listener.WaitFor("TaskFaulted"), "The fault has vanished.");
        Assert.Empty(_told);
        Assert.Empty(_loop.UnhandledFaults);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Behaviour", "B47")]
    public void Fault_HandledOrNot_IsInTheEventSource(bool handled)
    {
        string name = $"Import, handled {handled}";
        using var listener = new FibulaListener(name);
        _window.Faulted += fault => fault.Handled = handled;

        _window.Run(() => throw new InvalidOperationException("Broken."), new TaskOptions { Name = name });
        _loop.RunUntilIdle();

        IReadOnlyList<object?> payload = Assert.Single(listener.Of("TaskFaulted"));
        Assert.Equal([name, "window"], payload.Take(2));
        Assert.Contains("Broken.", (string)payload[2]!);
        Assert.Equal([name, "window", "Faulted"], Assert.Single(listener.Of("TaskEnded")));
    }

    [Fact]
    [Trait("Behaviour", "B48")]
    public void Subscriber_Throws_TheOthersAreToldAndOneLineSaysSo()
    {
        int calls = 0;
        var told = new List<string>();
        _window.Faulted += _ =>
        {
            calls++;
            throw new InvalidOperationException("The log\nis full.");
        };
        _window.Faulted += _ => told.Add("after");

        string[] lines = StandardError.Of(() => Fail(_window));

        Assert.Equal(["A subscriber of Faulted threw InvalidOperationException: The log\\nis full."], lines);
        Assert.Equal(["after"], told);
        Assert.Equal(1, calls);
        Assert.Single(_loop.UnhandledFaults);
    }

    [Fact]
    [Trait("Behaviour", "B48")]
    public void StateSubscriber_Throws_NeitherTheTaskNorTheOthersAreAffected()
    {
        var told = new List<BackgroundTaskState>();
        BackgroundTask task = _window.Run(task => task.Delay(TimeSpan.FromSeconds(1)));
        task.StateChanged += (_, _) => throw new InvalidOperationException("Broken.");
        task.PropertyChanged += (_, _) => throw new InvalidOperationException("Broken too.");
        task.StateChanged += (_, now) => told.Add(now);

        string[] lines = StandardError.Of(() => EndAndRaise(task));

        Assert.Equal(BackgroundTaskState.Succeeded, task.State);
        Assert.Equal([BackgroundTaskState.Succeeded], told);
        Assert.Equal("A subscriber of StateChanged threw InvalidOperationException: Broken.", lines[0]);
        Assert.All(lines[1..], line => Assert.Equal("A subscriber of PropertyChanged threw InvalidOperationException: Broken too.", line));
        Assert.Empty(_told);
    }

    [Fact]
    [Trait("Behaviour", "B48")]
    public void ProgressHandlerAndBoardSubscriber_Throw_TheTaskGoesOn()
    {
        using var board = new TaskBoard(_window);
        board.Changed += () => throw new InvalidOperationException("Broken.");
        BackgroundTask? task = null;

        string[] lines = StandardError.Of(() =>
        {
            task = _window.Run(
                async task =>
                {
                    task.AsProgress<int>(_ => throw new FormatException("No number.")).Report(1);
                    await task.Delay(TimeSpan.FromSeconds(1));
                },
                new TaskOptions { Name = "Import" });
            EndAndRaise(task);
        });

        Assert.Equal(BackgroundTaskState.Succeeded, task!.State);
        Assert.Contains("A subscriber of the progress of 'Import' threw FormatException: No number.", lines);
        Assert.Contains("A subscriber of Changed threw InvalidOperationException: Broken.", lines);
        Assert.Empty(_told);
    }

    [Fact]
    [Trait("Behaviour", "B48")]
    public void TokenCallback_Throws_IsAFaultAndTheTaskIsCanceledAllTheSame()
    {
        BackgroundTask task = _window.Run(async task =>
        {
            task.CancellationToken.Register(() => throw new InvalidOperationException("Broken."));
            await task.Delay(TimeSpan.FromHours(1));
        });

        task.Cancel();
        _loop.RunUntilEnded(task);

        Assert.Equal(BackgroundTaskState.Canceled, task.State);
        Assert.Equal("Broken.", Assert.Single(_loop.UnhandledFaults).Exception.Message);
    }

    private void Fail(TaskScope scope)
    {
        scope.Run(() => throw new InvalidOperationException("Broken."));
        _loop.RunUntilIdle();
    }

    private void EndAndRaise(BackgroundTask task)
    {
        _loop.RunUntilEnded(task);
        _loop.RunUntilIdle();
    }
}
