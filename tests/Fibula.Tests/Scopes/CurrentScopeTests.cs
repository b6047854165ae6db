using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Scopes;

public sealed class CurrentScopeTests
{
    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _root;
    private readonly TaskScope _window;

    // Null, unless a test that ran on this thread before has left the loop of an app behind.
    private readonly TaskScope? _outside = TaskScope.Current;

    public CurrentScopeTests()
    {
        _root = new TaskScope(_loop, "app");
        _window = _root.CreateChild("window");
    }

    [Fact]
    [Trait("Behaviour", "B19")]
    public void Current_InWork_IsItsScopeAcrossAwaitsAndThreads()
    {
        var seen = new List<TaskScope?>();

        BackgroundTask task = _window.Run(async task =>
        {
            seen.Add(TaskScope.Current);
            await task.Delay(TimeSpan.FromSeconds(1));
            seen.Add(TaskScope.Current);
            await task.SwitchToThreadPoolAsync();
            seen.Add(TaskScope.Current);
            await Task.Run(() => seen.Add(TaskScope.Current));
            await task.SwitchToUiAsync();
            seen.Add(TaskScope.Current);
        });
        _loop.RunUntilEnded(task);

        Assert.Equal(Enumerable.Repeat(_window, 5), seen);
    }

    [Fact]
    [Trait("Behaviour", "B19")]
    public void Current_InAHandlerOfTheToolkitWhileNothingRuns_IsTheRootOfTheApp()
    {
        var app = new UiApp();
        var loop = new TestLoop();
        app.Attach(loop);
        loop.RunUntilIdle();

        // No turn of the loop and no task: as a toolkit calls a handler.
        TaskScope? current = TaskScope.Current;
        loop.End();

        Assert.Same(app.Tasks, current);
        Assert.NotSame(app.Tasks, TaskScope.Current);
    }

    [Fact]
    [Trait("Behaviour", "B19")]
    public void Current_InAChildAndInPoolWork_IsTheScopeOfTheParent()
    {
        TaskScope? inChild = null;
        TaskScope? inPoolWork = null;

        BackgroundTask task = _window.Run(async task =>
        {
            await task.Run(async () =>
            {
                await Task.Yield();
                inChild = TaskScope.Current;
            });
            await task.RunOnThreadPool(() => inPoolWork = TaskScope.Current);
        });
        _loop.RunUntilEnded(task);

        Assert.Same(_window, inChild);
        Assert.Same(_window, inPoolWork);
    }

    [Fact]
    [Trait("Behaviour", "B19")]
    public void Current_InInterleavedTasks_IsEachOnesOwn()
    {
        TaskScope other = _root.CreateChild("other window");
        var seen = new List<(string Task, TaskScope? Scope)>();
        async Task LookAsync(TaskContext task, string name)
        {
            for (int step = 0; step < 3; step++)
            {
                seen.Add((name, TaskScope.Current));
                await task.Delay(TimeSpan.FromSeconds(1));
            }
        }

        BackgroundTask one = _window.Run(task => LookAsync(task, "one"));
        BackgroundTask two = other.Run(task => LookAsync(task, "two"));
        _loop.RunUntilEnded(Task.WhenAll(one.AsTask(), two.AsTask()));

        Assert.Equal(["one", "two", "one", "two", "one", "two"], seen.Select(look => look.Task));
        Assert.All(seen, look => Assert.Same(look.Task == "one" ? _window : other, look.Scope));
    }

    [Fact]
    [Trait("Behaviour", "B19")]
    public void Current_AfterRunReturned_IsTheCallersAgain()
    {
        TaskScope? before = null;
        TaskScope? after = null;

        _window.Run(() =>
        {
            before = TaskScope.Current;
            _root.Run(() => Task.CompletedTask);
            after = TaskScope.Current;
            return Task.CompletedTask;
        });

        Assert.Same(_window, before);
        Assert.Same(_window, after);
        Assert.Same(_outside, TaskScope.Current);
    }

    [Fact]
    [Trait("Behaviour", "B19")]
    public void Current_InWhatOutlivesItsTask_IsTheScopeUntilThatIsClosed()
    {
        var goOn = new TaskCompletionSource();
        var goOnAgain = new TaskCompletionSource();
        var seen = new List<TaskScope?>();
        Task? forgotten = null;
        async Task OutliveAsync()
        {
            await goOn.Task;
            seen.Add(TaskScope.Current);
            await goOnAgain.Task;
            seen.Add(TaskScope.Current);
        }

        _window.Run(() =>
        {
            forgotten = OutliveAsync();
            return Task.CompletedTask;
        });
        goOn.SetResult();
        _loop.RunUntilIdle();
        _loop.RunUntilEnded(_window.CloseAsync());
        goOnAgain.SetResult();
        _loop.RunUntilEnded(forgotten!);

        Assert.Equal([_window, null], seen);
    }

    [Fact]
    [Trait("Behaviour", "B19")]
    public void Current_OnTheUiThreadOfAnApp_IsItsRoot()
    {
        var loop = new TestLoop();
        UiApp app = loop.UseFibula();
        TaskScope? seen = null;

        loop.Post(() => seen = TaskScope.Current);
        loop.RunUntilIdle();
        loop.End();

        Assert.Same(app.Tasks, seen);
    }

    [Fact]
    [Trait("Behaviour", "B19")]
    public void Current_OnAThreadOfNobody_IsNull()
    {
        TaskScope? seen = _window;
        var thread = new Thread(() => seen = TaskScope.Current);

        thread.Start();
        thread.Join();

        Assert.Null(seen);
    }
}
