using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Tasks;

public sealed class ExplainTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TaskOptions Load = new() { Name = "Load" };

    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _window;
    private readonly TaskCompletionSource _outside = new();

    public ExplainTests()
    {
        _window = new TaskScope(_loop, "window");
    }

    [Fact]
    [Trait("Behaviour", "B72")]
    public void Queued_BeforeTheLoopRuns_NamesIt()
    {
        var window = new TaskScope(new TestLoop(), "window");

        BackgroundTask task = window.Run(() => Task.CompletedTask, Load);

        Assert.Equal("'Load' was queued 0.0 s ago in 'window' and waits for the UI loop to start.", task.Explain());
    }

    [Fact]
    [Trait("Behaviour", "B72")]
    public void Queued_WhileStartupRuns_NamesIt()
    {
        string? explained = null;
        UiApp app = new TestLoop().UseFibula(options => options.Name = "app");
        app.Tasks.Run(() => Task.CompletedTask);
        var loop = StartedLoop.Create();
        loop.UseFibula(options =>
        {
            options.Name = "app";
            options.OnStartup = app => explained = app.Tasks.Run(() => Task.CompletedTask, Load).Explain();
        });

        Assert.Equal("'Load' was queued 0.0 s ago in 'app' and waits for Startup to return.", explained);
    }

    [Fact]
    [Trait("Behaviour", "B72")]
    public void Queued_FromAnotherThread_WaitsForItsTurn()
    {
        BackgroundTask? task = null;
        var thread = new Thread(() => task = _window.Run(() => Task.CompletedTask, Load));
        thread.Start();
        thread.Join();

        Assert.Equal("'Load' was queued 0.0 s ago in 'window' and waits for its turn.", task!.Explain());
    }

    [Fact]
    [Trait("Behaviour", "B72")]
    public void Running_AwaitingAnotherTask_NamesItFirst()
    {
        BackgroundTask other = _window.Run(() => _outside.Task, new TaskOptions { Name = "Download" });
        BackgroundTask task = _window.Run(async () => await other, Load);
        _loop.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal("'Load' was started 3.0 s ago in 'window' and waits for 'Download'.", task.Explain());
    }

    [Fact]
    [Trait("Behaviour", "B72")]
    public void Running_InADelay_NamesIt()
    {
        BackgroundTask task = _window.Run(async task => await task.Delay(Hour), Load);

        Assert.Equal("'Load' was started 0.0 s ago in 'window' and waits for a delay of 1 h.", task.Explain());
    }

    [Fact]
    [Trait("Behaviour", "B72")]
    public void Running_InAnAsyncMethod_NamesTheInnermost()
    {
        BackgroundTask task = _window.Run(OuterAsync, Load);

        Assert.Equal("'Load' was started 0.0 s ago in 'window' and waits in 'ExplainTests.InnerAsync'.", task.Explain());
    }

    [Fact]
    [Trait("Behaviour", "B72")]
    public void Running_AfterAnAwaitOfATaskThatHasEnded_NamesWhatItWaitsForNow()
    {
        BackgroundTask other = _window.Run(async task => await task.Delay(TimeSpan.FromSeconds(1)));
        BackgroundTask task = _window.Run(
            async () =>
            {
                await other;
                await InnerAsync();
            },
            Load);
        _loop.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("'Load' was started 2.0 s ago in 'window' and waits in 'ExplainTests.InnerAsync'.", task.Explain());
    }

    [Fact]
    [Trait("Behaviour", "B72")]
    public void Running_WithNothingToSee_SaysSo()
    {
        BackgroundTask task = _window.Run(() => _outside.Task, Load);

        Assert.Equal("'Load' was started 0.0 s ago in 'window' and waits for something outside Fibula.", task.Explain());
    }

    [Fact]
    [Trait("Behaviour", "B72")]
    public void Running_InTheMiddleOfAStep_SaysSo()
    {
        var explained = new List<string>();
        BackgroundTask? task = null;
        _window.TaskStarted += started => task = started;
        _window.Run(
            async context =>
            {
                explained.Add(task!.Explain());
                await context.Delay(TimeSpan.FromSeconds(1));
                explained.Add(task.Explain());
            },
            Load);
        _loop.RunUntilEnded(task!);

        Assert.Equal("'Load' was started 0.0 s ago in 'window' and runs at this moment.", explained[0]);
        Assert.Equal(
            "'Load' was started 1.0 s ago in 'window' and runs in 'ExplainTests.Running_InTheMiddleOfAStep_SaysSo' at this moment.",
            explained[1]);
    }

    [Fact]
    [Trait("Behaviour", "B72")]
    public void Running_AfterItsBody_WaitsForItsChildren()
    {
        BackgroundTask task = _window.Run(
            task =>
            {
                task.Run(child => child.Delay(Hour));
                return Task.CompletedTask;
            },
            Load);

        Assert.Equal("'Load' was started 0.0 s ago in 'window' and waits for its children.", task.Explain());
    }

    [Fact]
    [Trait("Behaviour", "B72")]
    public void Canceling_SaysWhoAskedAndWhen()
    {
        BackgroundTask task = _window.Run(() => _outside.Task, Load);
        _loop.Advance(TimeSpan.FromSeconds(1));
        task.Cancel();
        _loop.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal(
            "'Load' in 'window' was asked to cancel 4.0 s ago by ExplainTests.Canceling_SaysWhoAskedAndWhen and waits for something outside Fibula.",
            task.Explain());
    }

    [Fact]
    [Trait("Behaviour", "B72")]
    public void Succeeded_SaysHowLongItTook()
    {
        BackgroundTask task = _window.Run(async task => await task.Delay(TimeSpan.FromSeconds(2)), Load);
        _loop.RunUntilEnded(task);

        Assert.Equal("'Load' succeeded after 2.0 s.", task.Explain());
    }

    [Fact]
    [Trait("Behaviour", "B72")]
    public void Succeeded_AlthoughItWasTold_SaysSo()
    {
        BackgroundTask task = _window.Run(async () => await _outside.Task, Load);
        task.Cancel();
        _outside.SetResult();
        _loop.RunUntilEnded(task);

        Assert.Equal("'Load' succeeded after 0.0 s, although ExplainTests.Succeeded_AlthoughItWasTold_SaysSo had told it to cancel.", task.Explain());
    }

    [Fact]
    [Trait("Behaviour", "B72")]
    public void Faulted_SaysWhatWasThrown()
    {
        BackgroundTask task = _window.Run(() => throw new InvalidOperationException("No disk."), Load);
        _loop.RunUntilIdle();

        Assert.Equal("'Load' failed after 0.0 s with InvalidOperationException: No disk.", task.Explain());
    }

    [Fact]
    [Trait("Behaviour", "B72")]
    public void Canceled_SaysWhoAskedAndWhy()
    {
        BackgroundTask task = _window.Run(async task => await task.Delay(Hour), Load);
        task.Cancel("The user has had enough.");
        _loop.RunUntilEnded(task);

        Assert.Equal("'Load' was canceled after 0.0 s by ExplainTests.Canceled_SaysWhoAskedAndWhy: The user has had enough.", task.Explain());
    }

    [Fact]
    [Trait("Behaviour", "B72")]
    public void Canceled_BeforeItBegan_SaysSo()
    {
        var window = new TaskScope(new TestLoop(), "window");
        BackgroundTask task = window.Run(() => Task.CompletedTask, Load);
        task.Cancel("Not needed.");

        Assert.Equal("'Load' was canceled before it began by ExplainTests.Canceled_BeforeItBegan_SaysSo: Not needed.", task.Explain());
    }

    private async Task OuterAsync()
    {
        await MiddleAsync().ConfigureAwait(false);
    }

    private async ValueTask MiddleAsync() => await InnerAsync();

    private async Task<int> InnerAsync()
    {
        await _outside.Task;
        return 1;
    }
}
