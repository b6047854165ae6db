using Fibula.CompilerServices;
using Fibula.Diagnostics;
using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Scopes;

/// <summary>What the generated code calls, called by hand.</summary>
public sealed class ForgottenTaskTests
{
    private readonly TestLoop _loop = StartedLoop.Create();

    [Fact]
    public void Own_NameIsNull_IsRefusedAndNothingIsOwned()
    {
        UiApp app = _loop.UseFibula();
        _loop.RunUntilIdle();

        Assert.Throws<ArgumentNullException>("name", () => ForgottenTask.Own(new TaskCompletionSource().Task, receiver: null, name: null!, file: null, line: 0));

        Assert.Empty(app.Tasks.Snapshot().Tasks);
    }

    [Fact, Trait("Behaviour", "B78")]
    public void Own_OnTheUiThreadBeforeTheLoopRuns_BelongsToTheApp()
    {
        var loop = new TestLoop();
        var faults = new List<TaskFault>();
        UiApp app = loop.UseFibula(options => options.OnFault = faults.Add);
        var loading = new TaskCompletionSource();

        ForgottenTask.Own(loading.Task, receiver: null, "LoadAsync", null, 0);
        string[] owned = [.. app.Tasks.Snapshot().Tasks.Select(static task => task.Name)];
        loading.SetException(new InvalidOperationException("No server."));
        loop.RunUntil(() => faults.Count > 0);

        Assert.Contains("LoadAsync", owned);
        Assert.Equal("Task 'LoadAsync' failed: No server.", Assert.Single(faults).Message);
    }

    [Fact, Trait("Behaviour", "B78")]
    public void Own_ByDefault_HoldsUpNoClose()
    {
        UiApp app = _loop.UseFibula();
        _loop.RunUntilIdle();
        ForgottenTask.Own(new TaskCompletionSource().Task, receiver: null, "LoadAsync", null, 0);

        Task<CloseReport> close = app.Tasks.CloseAsync();
        _loop.RunUntilEnded(close);

        Assert.Equal(TimeSpan.Zero, close.Result.Duration);
        Assert.Equal(("LoadAsync", BackgroundTaskState.Running), (Assert.Single(close.Result.Abandoned).Name, close.Result.Abandoned[0].State));
    }
}
