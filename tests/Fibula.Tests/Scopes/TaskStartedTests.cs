using Fibula.Testing;

namespace Fibula.Tests.Scopes;

public sealed class TaskStartedTests
{
    private readonly TestLoop _loop = new();
    private readonly TaskScope _app;
    private readonly TaskScope _window;
    private readonly List<string> _seen = [];

    public TaskStartedTests()
    {
        _app = new TaskScope(_loop, "app");
        _window = _app.CreateChild("window");
        _loop.RunUntilIdle();
    }

    [Fact]
    public void TaskStarted_ForATaskOfADescendant_IsRaisedBeforeTheTaskDoesAnything()
    {
        _app.TaskStarted += task => _seen.Add($"{task.Name} {task.State}");

        _window.Run(LoadAsync);

        Assert.Equal(["LoadAsync Running", "work"], _seen);
    }

    [Fact]
    public void TaskStarted_ForATaskStartedElsewhere_ShowsItQueuedAndMissesNoChange()
    {
        _app.TaskStarted += task =>
        {
            _seen.Add(task.State.ToString());
            task.StateChanged += (_, now) => _seen.Add(now.ToString());
        };

        _window.RunOnThreadPool(() => { });
        _loop.RunUntil(() => _seen.Count == 3);

        Assert.Equal(["Queued", "Running", "Succeeded"], _seen);
    }

    [Fact]
    public void TaskStarted_ForAnOwnedTask_IsRaised()
    {
        _window.TaskStarted += task => _seen.Add(task.Name);

        _window.Own(Task.CompletedTask, new TaskOptions { Name = "foreign" });

        Assert.Equal(["foreign"], _seen);
    }

    [Fact]
    public async Task TaskStarted_ForATaskThatAClosedScopeRefuses_IsNotRaised()
    {
        _app.TaskStarted += task => _seen.Add(task.Name);
        Task close = _window.CloseAsync();
        _loop.RunUntilEnded(close);
        await close;

        _window.Run(LoadAsync);

        Assert.Empty(_seen);
    }

    private Task LoadAsync()
    {
        _seen.Add("work");
        return Task.CompletedTask;
    }
}
