using Fibula.Diagnostics;
using Fibula.Testing;

namespace Fibula.Tests.Loops;

/// <summary>The loop's clock is the program's own code: it may take its time, throw, or call back.</summary>
public sealed class HostileClockTests
{
    [Fact, Trait("Behaviour", "B91")]
    public void Clock_OfAWholeLife_IsNeverCalledUnderALock()
    {
        var clock = new ProbingClock();
        var loop = new TestLoop(clock);
        var app = new UiApp("app");
        app.Tasks.Run(() => Task.CompletedTask, new TaskOptions { Name = "before the loop" });
        clock.Scope = app.Tasks;
        app.Attach(loop);
        loop.RunUntilIdle();
        TaskScope window = app.Tasks.CreateChild("window");
        window.CloseGrace = TimeSpan.FromMilliseconds(1);
        app.Tasks.UnresponsiveAfter = TimeSpan.FromMilliseconds(1);
        using var board = new TaskBoard(app.Tasks, TimeSpan.FromMilliseconds(1), showsTime: true);
        var command = new TaskCommand(window, task => task.Delay(TimeSpan.FromHours(1))) { Policy = CommandPolicy.Restart, Throttle = TimeSpan.FromMilliseconds(1) };

        command.ExecuteAsync();
        command.ExecuteAsync();
        BackgroundTask deaf = window.Run(_ => new TaskCompletionSource().Task, new TaskOptions { Deadline = TimeSpan.FromMilliseconds(1) });
        BackgroundTask busy = window.Run(ReportAsync);
        using var view = new TaskProgressView(busy, TimeSpan.Zero);
        BackgroundTask moved = window.Run(task => task.Delay(TimeSpan.FromHours(1)));
        moved.MoveTo(app.Tasks);
        BackgroundTask ticking = window.RunEvery(TimeSpan.FromMilliseconds(1), () => Task.CompletedTask);
        loop.RunUntil(() => deaf.CancelReason is not null && ticking.Elapsed > TimeSpan.FromMilliseconds(5));
        _ = (deaf.Explain(), app.Tasks.Snapshot(), busy.Progress, deaf.Elapsed);
        moved.Cancel();
        loop.RunUntilEnded(window.CloseAsync(within: TimeSpan.FromMilliseconds(5)));
        app.Exit();
        loop.RunUntil(() => app.CloseReport is not null);
        loop.End();

        Assert.False(clock.WasEverBlocked);
        Assert.True(clock.Calls > 50, $"The clock was called {clock.Calls} times only.");

        static async Task ReportAsync(TaskContext task)
        {
            task.Report(1, 10);
            await task.Delay(TimeSpan.FromMilliseconds(1));
            task.Report(2, 10);
            await task.Delay(TimeSpan.FromHours(1));
        }
    }

    [Fact, Trait("Behaviour", "B91")]
    public void Timer_WhoseDisposeThrows_IsOneFaultAndHoldsNothingUp()
    {
        var loop = new TestLoop(new ClockOfBrokenTimers());
        UiApp app = loop.UseFibula();
        loop.RunUntilIdle();
        TaskScope window = app.Tasks.CreateChild("window");
        var command = new TaskCommand(window, task => task.Delay(TimeSpan.FromHours(1))) { Debounce = TimeSpan.FromHours(1) };

        BackgroundTask delayed = window.Run(task => task.Delay(TimeSpan.FromMilliseconds(1)), new TaskOptions { Deadline = TimeSpan.FromHours(1) });
        BackgroundTask debounced = command.ExecuteAsync();
        loop.RunUntilEnded(delayed);
        debounced.Cancel();
        Task<CloseReport> close = app.Tasks.CloseAsync();
        loop.RunUntilEnded(close);

        Assert.Equal((BackgroundTaskState.Succeeded, BackgroundTaskState.Canceled), (delayed.State, debounced.State));
        Assert.Equal("The timer is broken.", Assert.Single(loop.UnhandledFaults).Exception.Message);
    }

    [Fact, Trait("Behaviour", "B91")]
    public void Clock_OfALoopThatEndsByItself_IsNeverCalledUnderALock()
    {
        var clock = new ProbingClock();
        var loop = new TestLoop(clock);
        var app = new UiApp("app");
        app.Attach(loop);
        loop.RunUntilIdle();
        (clock.Scope, clock.App) = (app.Tasks, app);

        loop.End();

        Assert.False(clock.WasEverBlocked);
        Assert.NotNull(app.CloseReport);
    }

    [Theory, Trait("Behaviour", "B91")]
    [InlineData(CommandPolicy.Drop)]
    [InlineData(CommandPolicy.Queue)]
    [InlineData(CommandPolicy.Restart)]
    public void Clock_OfACommand_IsNeverCalledUnderALock(CommandPolicy policy)
    {
        var clock = new ProbingClock();
        var loop = new TestLoop(clock);
        var scope = new TaskScope(loop, "app");
        loop.RunUntilIdle();
        var command = new TaskCommand(scope, task => task.Delay(TimeSpan.FromHours(1))) { Policy = policy };
        (clock.Scope, clock.Command) = (scope, command);

        BackgroundTask[] runs = [command.ExecuteAsync(), command.ExecuteAsync(), command.ExecuteAsync()];
        BackgroundTask inside = scope.Run(async _ =>
        {
            Task<CloseReport> close = scope.CloseAsync();
            runs = [.. runs, command.ExecuteAsync()];
            await close;
        });
        loop.RunUntilEnded(inside);

        Assert.All(runs, run => Assert.Equal(BackgroundTaskState.Canceled, run.State));
        Assert.False(clock.WasEverBlocked);
    }

    [Fact, Trait("Behaviour", "B91")]
    public void Clock_ThatThrows_IsAFaultAndTheTasksGoOn()
    {
        var clock = new BrokenClock();
        var loop = new TestLoop(clock);
        var scope = new TaskScope(loop, "app");
        loop.RunUntilIdle();

        BackgroundTask task = scope.Run(task => task.Delay(TimeSpan.FromMilliseconds(5)), new TaskOptions { Deadline = TimeSpan.FromMinutes(5) });
        loop.RunUntilEnded(task);
        loop.RunUntilEnded(scope.CloseAsync());

        Assert.Equal(BackgroundTaskState.Succeeded, task.State);
        Assert.Equal("Callback 'the loop's clock' failed: The clock is broken.", Assert.Single(loop.UnhandledFaults).Message);
    }

    [Theory, Trait("Behaviour", "B91")]
    [InlineData(0)]
    [InlineData(-1)]
    public void Clock_WithoutAFrequency_IsAFaultAndTheAppGoesOn(long frequency)
    {
        var loop = new TestLoop(new SettableClock(frequency));
        var app = new UiApp("app");
        BackgroundTask task = app.Tasks.Run(() =>
        {
            app.Exit();
            return Task.CompletedTask;
        });

        app.Run(loop);

        Assert.Equal(BackgroundTaskState.Succeeded, task.State);
        Assert.Equal(
            $"Callback 'the loop's clock' failed: The TimestampFrequency of the clock is {frequency}. It must be positive.",
            Assert.Single(loop.UnhandledFaults).Message);
    }

    [Fact, Trait("Behaviour", "B91")]
    public void Clock_ThatGoesBack_ClosesAreNotDisturbed()
    {
        var clock = new SettableClock { Now = TimeSpan.FromHours(1).Ticks };
        var loop = new TestLoop(clock);
        var scope = new TaskScope(loop, "app");
        loop.RunUntilIdle();
        BackgroundTask task = scope.Run(task => task.Delay(TimeSpan.FromHours(1)), new TaskOptions { OnClose = ClosePolicy.Finish(TimeSpan.FromDays(1)) });
        Task<CloseReport> first = scope.CloseAsync();

        clock.Now = 0;
        Task<CloseReport> second = scope.CloseAsync(within: TimeSpan.Zero);
        loop.RunUntilEnded(second);

        Assert.Equal(BackgroundTaskState.Canceled, task.State);
        Assert.Same(first, second);
    }

    [Fact, Trait("Behaviour", "B91")]
    public void Clock_ThatGoesBackAndStandsStill_DoesNotHoldACloseUp()
    {
        var clock = new SettableClock { Now = TimeSpan.FromHours(1).Ticks };
        var loop = new TestLoop(clock);
        var scope = new TaskScope(loop, "app") { CloseGrace = TimeSpan.FromMilliseconds(20) };
        loop.RunUntilIdle();
        scope.Run(() => new TaskCompletionSource().Task, new TaskOptions { Name = "Endless" });
        scope.Run(() => new TaskCompletionSource().Task, new TaskOptions { Name = "Longer", OnClose = ClosePolicy.Finish(TimeSpan.FromMilliseconds(40)) });

        Task<CloseReport> close = scope.CloseAsync();
        clock.Now = 0;
        loop.RunUntilEnded(close);

        Assert.Equal(["Endless", "Longer"], close.Result.Survivors.Select(static survivor => survivor.Name).Order());
    }

    [Fact, Trait("Behaviour", "B91")]
    public void Message_OfAnError_IsNeverReadUnderALock()
    {
        var clock = new ProbingClock();
        var loop = StartedLoop.Create();
        var scope = new TaskScope(loop, "app");
        clock.Scope = scope;
        BackgroundTask failed = scope.Run(task => task.RunGroupAsync(group =>
        {
            group.Run(() => throw new Telling(clock.Probe));
            return Task.CompletedTask;
        }).AsTask());
        loop.RunUntilEnded(failed);
        loop.RunUntilIdle();

        _ = failed.Explain();
        loop.RunUntilEnded(scope.CloseAsync());

        Assert.False(clock.WasEverBlocked);
        Assert.True(clock.Calls > 0);
    }

    [Fact, Trait("Behaviour", "B91")]
    public void Key_IsNeverComparedUnderItsLock()
    {
        ObservableValue<Telling>? key = null;
        bool wasBlocked = false;
        key = new ObservableValue<Telling>(new Telling(() =>
        {
            var thread = new Thread(() => _ = key!.Value);
            thread.Start();
            wasBlocked |= !thread.Join(TimeSpan.FromSeconds(20));
        }));

        key.Value = new Telling(static () => { });

        Assert.False(wasBlocked);
    }

    private sealed class Telling(Action tell) : Exception
    {
        public override string Message
        {
            get
            {
                tell();
                return "Told.";
            }
        }

        public override bool Equals(object? obj)
        {
            tell();
            return ReferenceEquals(this, obj);
        }

        public override int GetHashCode() => 0;
    }

    private sealed class BrokenClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => throw new InvalidOperationException("The clock is broken.");

        public override long GetTimestamp() => throw new InvalidOperationException("The clock is broken.");

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            throw new InvalidOperationException("The clock is broken.");
    }

    private sealed class ClockOfBrokenTimers : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new BrokenTimer(System.CreateTimer(callback, state, dueTime, period));
    }

    private sealed class BrokenTimer(ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

        public void Dispose()
        {
            timer.Dispose();
            throw new InvalidOperationException("The timer is broken.");
        }

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }

    private sealed class SettableClock(long frequency = TimeSpan.TicksPerSecond) : TimeProvider
    {
        public long Now { get; set; }

        public override long TimestampFrequency => frequency;

        public override long GetTimestamp() => Now;
    }
}
