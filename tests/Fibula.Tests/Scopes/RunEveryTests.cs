using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Scopes;

public sealed class RunEveryTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _window;
    private readonly List<TimeSpan> _ran = [];
    private readonly TimeSpan _began;

    public RunEveryTests()
    {
        _window = new TaskScope(_loop, "window");
        _began = _loop.TimeProvider.GetElapsedTime(0);
    }

    [Fact]
    [Trait("Behaviour", "B66")]
    public void OverAVirtualDay_RunsEveryMinuteWithoutDrift()
    {
        _window.RunEvery(Minute, async task =>
        {
            await Note();
            await task.Delay(TimeSpan.FromSeconds(7));
        });

        _loop.Advance(TimeSpan.FromDays(1));

        Assert.Equal(Enumerable.Range(1, 24 * 60).Select(minute => TimeSpan.FromMinutes(minute)), _ran);
    }

    [Fact]
    [Trait("Behaviour", "B66")]
    public void OnePeriod_CostsOneWakeUp()
    {
        _window.RunEvery(Minute, Note);
        _loop.RunUntilIdle();
        long before = _loop.TurnsRequested;

        _loop.Advance(TimeSpan.FromMinutes(100));

        Assert.Equal((100, 100), (_ran.Count, _loop.TurnsRequested - before));
    }

    [Fact]
    [Trait("Behaviour", "B66")]
    public void ARunThatTakesLonger_NeverOverlapsItself()
    {
        int running = 0;
        int most = 0;
        _window.RunEvery(Minute, async task =>
        {
            await Note();
            most = Math.Max(most, ++running);
            await task.Delay(TimeSpan.FromSeconds(150));
            running--;
        });

        _loop.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(1, most);
        Assert.Equal([1, 4, 7, 10], _ran.Select(time => time.TotalMinutes));
    }

    [Fact]
    [Trait("Behaviour", "B66")]
    public void AfterTheMachineHasSlept_ThereIsOneRunAndTheNextAtItsTime()
    {
        var clock = new SleepyTimeProvider();
        var loop = new TestLoop(clock);
        var window = new TaskScope(loop, "window");
        loop.RunUntilIdle();
        int runs = 0;
        window.RunEvery(Minute, () =>
        {
            runs++;
            return Task.CompletedTask;
        });

        clock.Sleep(TimeSpan.FromMinutes(100.5));
        loop.RunUntilIdle();
        int afterTheSleep = runs;
        TimeSpan nextIn = clock.NextIn;

        Assert.Equal(1, afterTheSleep);
        Assert.Equal(TimeSpan.FromSeconds(30), nextIn);
    }

    [Fact]
    [Trait("Behaviour", "B66")]
    public void AfterTheClose_NoTimerIsLeft()
    {
        var clock = new CountingTimeProvider();
        var loop = new TestLoop(clock);
        var window = new TaskScope(loop, "window");
        loop.RunUntilIdle();
        window.RunEvery(Minute, Note);
        int before = clock.Live;

        Task<CloseReport> close = window.CloseAsync();
        loop.RunUntil(() => close.IsCompleted);

        Assert.Equal((1, 0), (before, clock.Live));
    }

    [Fact]
    public void ARunThatThrows_EndsTheWholeAndIsAFault()
    {
        BackgroundTask task = _window.RunEvery(Minute, () => throw new InvalidOperationException("No disk."));
        _loop.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(BackgroundTaskState.Faulted, task.State);
        Assert.Equal("No disk.", Assert.Single(_loop.UnhandledFaults).Exception.Message);
    }

    private Task Note()
    {
        _ran.Add(_loop.TimeProvider.GetElapsedTime(0) - _began);
        return Task.CompletedTask;
    }
}
