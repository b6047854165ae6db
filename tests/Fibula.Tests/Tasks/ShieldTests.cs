using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Tasks;

public sealed class ShieldTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _window;
    private readonly List<string> _seen = [];

    public ShieldTests()
    {
        _window = new TaskScope(_loop, "window");
    }

    [Fact]
    [Trait("Behaviour", "B35")]
    public void Cancel_OfTheTask_LetsTheShieldedPartComplete()
    {
        BackgroundTask task = _window.Run(async task =>
        {
            await task.ShieldAsync(async inner =>
            {
                await inner.Delay(TimeSpan.FromSeconds(2));
                _seen.Add("written");
            });
            await task.Delay(Hour);
        });
        _loop.RunUntilIdle();

        task.Cancel();
        _loop.RunUntilEnded(task);

        Assert.Equal(["written"], _seen);
        Assert.Equal(BackgroundTaskState.Canceled, task.State);
        Assert.Equal(TimeSpan.FromSeconds(2), task.Elapsed);
    }

    [Fact]
    [Trait("Behaviour", "B35")]
    public void ShieldAsync_InATaskThatWasTold_Completes()
    {
        BackgroundTask task = _window.Run(async task =>
        {
            try
            {
                await task.Delay(Hour);
            }
            finally
            {
                int written = await task.ShieldAsync(async inner =>
                {
                    await inner.Delay(TimeSpan.FromSeconds(1));
                    return 3;
                });
                _seen.Add($"{written} written");
            }
        });
        _loop.RunUntilIdle();

        task.Cancel();
        _loop.RunUntilEnded(task);

        Assert.Equal(["3 written"], _seen);
    }

    [Fact]
    [Trait("Behaviour", "B35")]
    public void Children_OfTheShieldedPart_AreShieldedToo()
    {
        BackgroundTask task = _window.Run(async task => await task.ShieldAsync(async inner =>
        {
            await inner.Run(async child =>
            {
                await child.Delay(TimeSpan.FromSeconds(1));
                _seen.Add("child");
            });
        }));
        _loop.RunUntilIdle();

        _window.Cancel();
        _loop.RunUntilEnded(task);

        Assert.Equal(["child"], _seen);
        Assert.Equal(BackgroundTaskState.Succeeded, task.State);
    }

    [Fact]
    [Trait("Behaviour", "B35")]
    public void CloseAsync_CutsShieldsAtItsDeadline()
    {
        TimeSpan cutAt = default;
        BackgroundTask task = _window.Run(async task => await task.ShieldAsync(async inner =>
        {
            try
            {
                await inner.Delay(Hour);
            }
            finally
            {
                cutAt = inner.TimeProvider.GetElapsedTime(0);
            }
        }));
        _loop.RunUntilIdle();
        TimeSpan began = _loop.TimeProvider.GetElapsedTime(0);

        Task<CloseReport> close = _window.CloseAsync();
        _loop.RunUntilEnded(close);

        Assert.Equal(TimeSpan.FromSeconds(5), cutAt - began);
        Assert.Equal(BackgroundTaskState.Canceled, task.State);
        Assert.Empty(close.Result.Survivors);
    }

    [Fact]
    [Trait("Behaviour", "B35")]
    public void ShieldAsync_AfterTheShieldsWereCut_IsToldAtOnce()
    {
        BackgroundTask task = _window.Run(async task =>
        {
            try
            {
                await task.ShieldAsync(inner => inner.Delay(Hour));
            }
            finally
            {
                await task.ShieldAsync(inner => inner.Delay(Hour));
            }
        });
        _loop.RunUntilIdle();

        Task<CloseReport> close = _window.CloseAsync();
        _loop.RunUntilEnded(close);

        Assert.Equal(TimeSpan.FromSeconds(5), close.Result.Duration);
        Assert.Equal(BackgroundTaskState.Canceled, task.State);
    }

    [Fact]
    [Trait("Behaviour", "B35")]
    public void Cancel_FromInside_ReachesThePart()
    {
        BackgroundTask? child = null;
        BackgroundTask task = _window.Run(async task => await task.ShieldAsync(async inner =>
        {
            child = inner.Run(child => child.Delay(Hour));
            try
            {
                await child;
            }
            catch (BackgroundTaskCanceledException error)
            {
                _seen.Add(error.Reason.Message);
            }
        }));
        _loop.RunUntilIdle();
        task.Cancel("From outside.");

        child!.Cancel("From inside.");
        _loop.RunUntilEnded(task);

        Assert.Equal(["From inside."], _seen);
    }

    [Fact]
    public void ADroppedPart_IsWaitedFor()
    {
        BackgroundTask task = _window.Run(task =>
        {
            task.ShieldAsync(async inner =>
            {
                await inner.Delay(TimeSpan.FromSeconds(1));
                _seen.Add("written");
            });
            return Task.CompletedTask;
        });
        _loop.RunUntilEnded(task);

        Assert.Equal(["written"], _seen);
    }

    [Fact]
    public void ShieldAsync_OnThePool_BeginsThere()
    {
        bool isOnUi = true;
        BackgroundTask task = _window.RunOnThreadPool(async task => await task.ShieldAsync(_ =>
        {
            isOnUi = _loop.CheckAccess();
            return Task.CompletedTask;
        }));
        _loop.RunUntilEnded(task);

        Assert.False(isOnUi);
    }

    [Fact]
    [Trait("Behaviour", "B36")]
    public void Deadline_OfTheTask_TellsItWithItsName()
    {
        BackgroundTask task = _window.Run(task => task.Delay(Hour), new TaskOptions { Name = "Load", Deadline = TimeSpan.FromSeconds(3) });
        _loop.RunUntilEnded(task);

        Assert.Equal(TimeSpan.FromSeconds(3), task.Elapsed);
        Assert.Equal("the deadline of 'Load'", task.CancelReason!.RequestedBy);
        Assert.Equal("'Load' was not done within 3 s.", task.CancelReason.Message);
    }

    [Theory]
    [Trait("Behaviour", "B36")]
    [InlineData(2, 5, "Outer", 2)]
    [InlineData(5, 2, "Inner", 2)]
    public void Deadlines_OfTaskAndChild_TheEarlierWins(int outerSeconds, int innerSeconds, string expectedName, int expectedSeconds)
    {
        BackgroundTask? inner = null;
        BackgroundTask outer = _window.Run(
            async task => await (inner = task.Run(child => child.Delay(Hour), Within("Inner", innerSeconds))),
            Within("Outer", outerSeconds));
        _loop.RunUntilEnded(outer);

        Assert.Equal($"the deadline of '{expectedName}'", inner!.CancelReason!.RequestedBy);
        Assert.Equal(TimeSpan.FromSeconds(expectedSeconds), inner.Elapsed);
    }

    [Fact]
    [Trait("Behaviour", "B36")]
    public void Deadline_OutsideAShield_DoesNotReachIn()
    {
        BackgroundTask task = _window.Run(
            async task => await task.ShieldAsync(inner => inner.Delay(Hour), Within("Save", 4)),
            Within("Outer", 2));
        _loop.RunUntilEnded(task);

        Assert.Equal(TimeSpan.FromSeconds(4), task.Elapsed);
        Assert.Equal("the deadline of 'Outer'", task.CancelReason!.RequestedBy);
    }

    [Fact]
    [Trait("Behaviour", "B36")]
    public void Deadline_OfAGroup_EndsItsChildren()
    {
        BackgroundTask? child = null;
        BackgroundTask task = _window.Run(async task =>
        {
            try
            {
                await task.RunGroupAsync(
                    group =>
                    {
                        child = group.Run(child => child.Delay(Hour));
                        return Task.CompletedTask;
                    },
                    Within("Both", 2));
            }
            catch (BackgroundTaskCanceledException error)
            {
                _seen.Add(error.Reason.RequestedBy);
            }
        });
        _loop.RunUntilEnded(task);

        Assert.Equal(["the deadline of 'Both'"], _seen);
        Assert.Equal("the deadline of 'Both'", child!.CancelReason!.RequestedBy);
        Assert.Equal(BackgroundTaskState.Succeeded, task.State);
    }

    [Fact]
    [Trait("Behaviour", "B36")]
    public void Deadline_OfATaskThatEndedBefore_LeavesNoTimer()
    {
        var clock = new CountingTimeProvider();
        var loop = new TestLoop(clock);
        var scope = new TaskScope(loop, "window");
        loop.RunUntilIdle();

        scope.Run(() => Task.CompletedTask, Within("Load", 3));

        Assert.Equal((1, 0), (clock.Made, clock.Live));
    }

    [Fact, Trait("Behaviour", "B36")]
    public void Deadline_OfZero_BeginsTheTaskWithItsTokenSignaled()
    {
        bool isSignaled = false;

        BackgroundTask task = _window.Run(task => Note(task.CancellationToken), Within("Load", 0));
        _loop.RunUntilEnded(task);

        Assert.True(isSignaled);
        Assert.Equal("the deadline of 'Load'", task.CancelReason!.RequestedBy);

        Task Note(CancellationToken token)
        {
            isSignaled = token.IsCancellationRequested;
            return Task.CompletedTask;
        }
    }

    private static TaskOptions Within(string name, int seconds) => new() { Name = name, Deadline = TimeSpan.FromSeconds(seconds) };
}
