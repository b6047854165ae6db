using Fibula.Testing;
using static Fibula.BackgroundTaskState;

namespace Fibula.Tests.Commands;

/// <summary>Debounce and throttle.</summary>
public sealed class TaskCommandClockTests : CommandTests
{
    [Fact]
    [Trait("Behaviour", "B66")]
    public void Debounce_BeginsOnceNobodyHasAskedForSomeTime()
    {
        var command = new TaskCommand<int>(_window, NumberAsync) { Policy = CommandPolicy.KeepLatest, Debounce = TimeSpan.FromSeconds(0.3) };

        BackgroundTask first = command.ExecuteAsync(1);
        _loop.Advance(TimeSpan.FromSeconds(0.2));
        BackgroundTask second = command.ExecuteAsync(2);
        string explained = second.Explain();
        _loop.Advance(TimeSpan.FromSeconds(0.2));
        int early = _ran.Count;
        _loop.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal((Canceled, Running), (first.State, second.State));
        Assert.Equal("'NumberAsync' was asked for again within its debounce.", first.CancelReason!.Message);
        Assert.Equal(0, early);
        Assert.Equal(["2"], _ran);
        Assert.Equal("'NumberAsync' was queued 0.0 s ago in 'window' and waits for its delay of 0.3 s.", explained);
    }

    [Fact]
    [Trait("Behaviour", "B66")]
    public void Throttle_BeginsAtOnceAndThenOnceInEachTime()
    {
        var times = new List<TimeSpan>();
        TimeSpan began = _loop.TimeProvider.GetElapsedTime(0);
        var command = new TaskCommand<int>(_window, number =>
        {
            _ran.Add($"{number}");
            times.Add(_loop.TimeProvider.GetElapsedTime(0) - began);
            return Task.CompletedTask;
        })
        { Throttle = Second };

        for (int i = 1; i <= 8; i++)
        {
            command.ExecuteAsync(i);
            _loop.Advance(TimeSpan.FromSeconds(0.4));
        }

        _loop.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(["1", "3", "5", "8"], _ran);
        Assert.Equal([0, 1, 2, 3], times.Select(time => time.TotalSeconds));
    }

    [Fact]
    [Trait("Behaviour", "B66")]
    public void Throttle_AfterARunThatWasCanceledBeforeItsTime_BeginsTheNextInItsPlace()
    {
        var command = new TaskCommand<int>(_window, NumberAsync) { Policy = CommandPolicy.KeepLatest, Throttle = Second };

        command.ExecuteAsync(1);
        BackgroundTask waits = command.ExecuteAsync(2);
        _loop.RunUntilIdle();
        waits.Cancel();
        _loop.RunUntilEnded(waits);
        BackgroundTask next = command.ExecuteAsync(3);
        _loop.Advance(Second);

        Assert.Equal(["1", "3"], _ran);
        Assert.Equal((Canceled, true), (waits.State, next.State is Running or Succeeded));
    }

    [Fact]
    [Trait("Behaviour", "B66")]
    public void Debounce_OfAScopeThatCloses_LeavesNoTimer()
    {
        var clock = new CountingTimeProvider();
        var loop = new TestLoop(clock);
        var window = new TaskScope(loop, "window");
        loop.RunUntilIdle();
        var command = new TaskCommand(window, SearchAsync) { Debounce = Second };
        BackgroundTask run = command.ExecuteAsync();
        int liveBefore = clock.Live;

        Task<CloseReport> close = window.CloseAsync();
        loop.RunUntilIdle();

        Assert.True(close.IsCompleted);
        Assert.Equal((Canceled, 1, 0), (run.State, liveBefore, clock.Live));
    }
}
