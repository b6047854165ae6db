namespace Fibula.Testing.Tests.Leaks;

public sealed class TaskLeaksTests : IDisposable
{
    private readonly TestLoop _loop = new();
    private readonly UiApp _app = new("Import");

    public TaskLeaksTests()
    {
        _app.Attach(_loop);
        _loop.RunUntilIdle();
    }

    public void Dispose() => _loop.End();

    [Fact, Trait("Behaviour", "B76")]
    public void ThrowIfAny_WithARunningTask_NamesItWithScopeAgeAndWait()
    {
        _app.Tasks.CreateChild("window").Run(task => task.Delay(TimeSpan.FromHours(1)), new TaskOptions { Name = "LoadAsync" });
        _loop.Advance(TimeSpan.FromSeconds(90));

        var leak = Assert.Throws<InvalidOperationException>(() => TaskLeaks.ThrowIfAny(_app));

        Assert.Equal(
            "'Import' still has 1 task: 'LoadAsync' in 'window' (Running, 90.0 s old, waits for a delay of 1 h). "
            + "Await each, cancel it, or close its scope before the test ends.",
            leak.Message);
    }

    [Fact, Trait("Behaviour", "B76")]
    public void ThrowIfAny_WithTasksInSeveralScopes_NamesAll()
    {
        _app.Tasks.Run(() => new TaskCompletionSource().Task, new TaskOptions { Name = "first" });
        _app.Tasks.CreateChild("window").CreateChild("view").Run(() => new TaskCompletionSource().Task, new TaskOptions { Name = "second" });

        var leak = Assert.Throws<InvalidOperationException>(() => TaskLeaks.ThrowIfAny(_app.Tasks));

        Assert.StartsWith("'Import' still has 2 tasks: 'first' in 'Import' (", leak.Message);
        Assert.Contains("; 'second' in 'view' (Running, 0.0 s old, waits for something outside Fibula).", leak.Message);
    }

    [Fact, Trait("Behaviour", "B76")]
    public void ThrowIfAny_WithASurvivorOfAClosedScope_NamesIt()
    {
        TaskScope window = _app.Tasks.CreateChild("window");
        window.Run(() => new TaskCompletionSource().Task, new TaskOptions { Name = "deaf" });
        _loop.RunUntilEnded(window.CloseAsync());

        var leak = Assert.Throws<InvalidOperationException>(() => TaskLeaks.ThrowIfAny(_app));

        Assert.Contains("'deaf' in 'Import' (Canceling", leak.Message);
    }

    [Fact, Trait("Behaviour", "B76")]
    public void ThrowIfAny_OfAScope_DoesNotSeeItsSiblings()
    {
        _app.Tasks.CreateChild("other").Run(() => new TaskCompletionSource().Task);

        TaskLeaks.ThrowIfAny(_app.Tasks.CreateChild("window"));
    }

    [Fact, Trait("Behaviour", "B76")]
    public void ThrowIfAny_AfterAllTasksHaveEnded_DoesNothing()
    {
        BackgroundTask done = _app.Tasks.Run(task => task.Delay(TimeSpan.FromHours(1)));
        BackgroundTask stopped = _app.Tasks.Run(task => task.Delay(TimeSpan.FromHours(2)));
        _loop.RunUntilEnded(done);
        stopped.Cancel();
        _loop.RunUntilEnded(stopped);

        TaskLeaks.ThrowIfAny(_app);
    }
}
