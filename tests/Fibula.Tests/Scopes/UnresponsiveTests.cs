using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Scopes;

public sealed class UnresponsiveTests
{
    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _app;
    private readonly TaskScope _window;
    private readonly TaskCompletionSource _outside = new();
    private readonly List<string> _told = [];

    public UnresponsiveTests()
    {
        _app = new TaskScope(_loop, "app");
        _window = _app.CreateChild("window");
        _app.Unresponsive += task => _told.Add($"{_loop.CheckAccess()}: {task.Explain()}");
    }

    [Fact]
    [Trait("Behaviour", "B38")]
    public void ATaskThatDoesNotReact_IsToldOfOnceWithWhatItWaitsFor()
    {
        BackgroundTask task = _window.Run(WaitAsync, new TaskOptions { Name = "Load" });

        task.Cancel();
        _loop.Advance(TimeSpan.FromSeconds(1.9));
        string[] before = [.. _told];
        _loop.Advance(TimeSpan.FromMinutes(1));

        Assert.Empty(before);
        Assert.Equal(
            [
                "True: 'Load' in 'window' was asked to cancel 2.0 s ago by UnresponsiveTests.ATaskThatDoesNotReact_IsToldOfOnceWithWhatItWaitsFor "
                + "and waits in 'UnresponsiveTests.WaitAsync'.",
            ],
            _told);
    }

    [Fact]
    [Trait("Behaviour", "B38")]
    public void ATaskThatReacts_IsNotToldOf()
    {
        BackgroundTask task = _window.Run(async task => await task.Delay(TimeSpan.FromHours(1)));

        task.Cancel();
        _loop.Advance(TimeSpan.FromMinutes(1));

        Assert.Empty(_told);
    }

    [Fact]
    [Trait("Behaviour", "B38")]
    public void TheTime_IsThatOfTheScope()
    {
        _window.UnresponsiveAfter = TimeSpan.FromSeconds(30);
        TaskScope patient = _app.CreateChild("patient");
        patient.UnresponsiveAfter = Timeout.InfiniteTimeSpan;
        _window.Run(WaitAsync);
        _app.Run(WaitAsync);
        patient.Run(WaitAsync);

        _app.Cancel();
        _loop.Advance(TimeSpan.FromSeconds(10));
        int early = _told.Count;
        _loop.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal((1, 2), (early, _told.Count));
    }

    [Fact]
    [Trait("Behaviour", "B38")]
    public void TasksOfScopesWithTimesOfTheirOwn_AreToldOfEachAtItsTime()
    {
        var seconds = new List<double>();
        TaskScope[] scopes = [_app.CreateChild("a"), _app.CreateChild("b"), _app.CreateChild("c")];
        _app.Unresponsive += _ => seconds.Add(_loop.TimeProvider.GetElapsedTime(0).TotalSeconds);
        for (int i = 0; i < scopes.Length; i++)
        {
            scopes[i].UnresponsiveAfter = TimeSpan.FromSeconds(10 * (i + 1));
            scopes[i].Run(WaitAsync);
        }

        double began = _loop.TimeProvider.GetElapsedTime(0).TotalSeconds;
        _app.Cancel();
        _loop.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal([10, 20, 30], seconds.Select(at => at - began));
    }

    [Fact]
    [Trait("Behaviour", "B38")]
    public void AParentThatWaitsForItsChild_IsNotToldOf()
    {
        BackgroundTask parent = _window.Run(task =>
        {
            task.Run(WaitAsync, new TaskOptions { Name = "Child" });
            return Task.CompletedTask;
        });

        parent.Cancel();
        _loop.Advance(TimeSpan.FromMinutes(1));

        Assert.Contains("'Child'", Assert.Single(_told), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Behaviour", "B38")]
    public void AfterTheClose_NoTimerIsLeft()
    {
        var clock = new CountingTimeProvider();
        var loop = new TestLoop(clock);
        var scope = new TaskScope(loop, "app") { CloseGrace = TimeSpan.Zero };
        loop.RunUntilIdle();
        scope.Run(WaitAsync);

        Task<CloseReport> close = scope.CloseAsync();
        loop.RunUntilIdle();

        Assert.True(close.IsCompleted);
        Assert.Equal(0, clock.Live);
    }

    private async Task WaitAsync() => await _outside.Task;
}
