#pragma warning disable CS0618 // The obsolete method is what is tested.
using System.Reflection;
using Fibula.Diagnostics;
using Fibula.Testing;

namespace Fibula.Tests.Apps;

public sealed class UiAppAddBackgroundTaskTests
{
    private readonly ScriptedApp _app = new();
    private UiApp? _given;
    private int _calledOn;
    private TaskScope? _scope;

    [Theory(Timeout = 30_000), Trait("Behaviour", "B12")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AddBackgroundTask_FromAnotherThread_CallsTheHandlerWithTheAppOnTheUiThread(bool isAsync)
    {
        int uiThread = 0;
        _app.OnStartup = () => uiThread = Environment.CurrentManagedThreadId;
        Task<int> ended = AppThread.Run(_app, new EventLoop());

        await Task.Run(() => Add(isAsync));
        await ended;

        Assert.Same(_app, _given);
        Assert.Equal(uiThread, _calledOn);
        Assert.Same(_app.Tasks, _scope);
    }

    [Theory, Trait("Behaviour", "B12")]
    [InlineData(true)]
    [InlineData(false)]
    public void AddBackgroundTask_InStartup_CallsTheHandlerOnceTheLoopRuns(bool isAsync)
    {
        bool calledInStartup = true;
        _app.OnStartup = () =>
        {
            Add(isAsync);
            calledInStartup = _given is not null;
        };

        _app.Run(new TestLoop());

        Assert.False(calledInStartup);
        Assert.Same(_app, _given);
    }

    [Fact, Trait("Behaviour", "B12")]
    public void AddBackgroundTask_AsyncHandler_IsATaskOfTheAppUntilItEnds()
    {
        var loop = new TestLoop();
        _app.AddBackgroundTask(WatchFoldersAsync);

        _app.Attach(loop);
        loop.RunUntilIdle();

        TaskSnapshot task = Assert.Single(_app.Tasks.Snapshot().Tasks);
        Assert.Equal("WatchFoldersAsync", task.Name);
        _app.Exit();
        loop.RunUntil(() => _app.CloseReport is not null);
        Assert.Equal("WatchFoldersAsync", Assert.Single(_app.CloseReport!.Survivors).Name);
    }

    [Fact, Trait("Behaviour", "B12")]
    public void AddBackgroundTask_Lambda_IsNamedAfterTheMemberItIsWrittenIn()
    {
        var loop = new TestLoop();
        _app.AddBackgroundTask(_ => throw new InvalidOperationException("No disk."));

        _app.Attach(loop);
        loop.RunUntilIdle();

        TaskFault fault = Assert.Single(loop.UnhandledFaults);
        Assert.Equal("AddBackgroundTask_Lambda_IsNamedAfterTheMemberItIsWrittenIn", fault.Name);
    }

    [Fact, Trait("Behaviour", "B12")]
    public void AddBackgroundTask_ForTheCompiler_IsObsoleteAndNamesTheReplacement()
    {
        IEnumerable<MethodInfo> overloads = typeof(UiApp).GetMethods().Where(method => method.Name == nameof(UiApp.AddBackgroundTask));

        IEnumerable<ObsoleteAttribute?> warnings = overloads.Select(method => method.GetCustomAttribute<ObsoleteAttribute>());

        Assert.Equal(2, warnings.Count());
        Assert.All(warnings, warning => Assert.Equal("Use Tasks.Run(...), which returns a handle.", warning!.Message));
        Assert.All(warnings, warning => Assert.False(warning!.IsError));
    }

    [Fact, Trait("Behaviour", "B12")]
    public void AddBackgroundTask_WithoutAHandler_ThrowsAtOnce()
    {
        Assert.Throws<ArgumentNullException>("handler", () => _app.AddBackgroundTask((Action<UiApp>)null!));
        Assert.Throws<ArgumentNullException>("handler", () => _app.AddBackgroundTask((Func<UiApp, Task>)null!));
    }

    private static Task WatchFoldersAsync(UiApp app) => new TaskCompletionSource().Task;

    private void Add(bool isAsync)
    {
        if (isAsync)
        {
            _app.AddBackgroundTask(async app =>
            {
                await Task.Yield();
                Handle(app);
            });
        }
        else
        {
            _app.AddBackgroundTask(Handle);
        }
    }

    private void Handle(UiApp app)
    {
        _given = app;
        _calledOn = Environment.CurrentManagedThreadId;
        _scope = TaskScope.Current;
        app.Exit();
    }
}
