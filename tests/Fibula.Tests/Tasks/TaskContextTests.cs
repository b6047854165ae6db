using Fibula.Diagnostics;
using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Tasks;

public sealed class TaskContextTests
{
    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _window;

    public TaskContextTests()
    {
        _window = new TaskScope(_loop, "window");
    }

    [Fact]
    public void Delay_WaitsOnTheLoopsClock()
    {
        BackgroundTask task = _window.Run(task => task.Delay(TimeSpan.FromMinutes(7)));

        _loop.Advance(TimeSpan.FromMinutes(7) - TimeSpan.FromTicks(1));
        Assert.Equal(BackgroundTaskState.Running, task.State);
        _loop.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(BackgroundTaskState.Succeeded, task.State);
        Assert.Equal(TimeSpan.FromMinutes(7), task.Elapsed);
    }

    [Fact]
    public void Scope_IsTheOwners_AlsoAfterAMove()
    {
        TaskScope other = _window.CreateChild("other");
        var scopes = new List<TaskScope>();
        BackgroundTask task = _window.Run(async task =>
        {
            scopes.Add(task.Scope);
            await task.Delay(TimeSpan.FromHours(1));
            scopes.Add(task.Scope);
        });

        task.MoveTo(other);
        _loop.RunUntilEnded(task);

        Assert.Equal([_window, other], scopes);
    }

    [Theory]
    [InlineData("00:00:00.0600000", "0.06 s")]
    [InlineData("00:00:59", "59 s")]
    [InlineData("00:01:30", "1.5 min")]
    [InlineData("02:00:00", "2 h")]
    [InlineData("1.00:00:00", "1 day")]
    [InlineData("60.00:00:00", "60 days")]
    public void Delay_IsNamedByItsTime(string delay, string expected)
    {
        _window.Run(task => task.Delay(TimeSpan.Parse(delay, System.Globalization.CultureInfo.InvariantCulture)));

        Assert.Equal($"a delay of {expected}", Assert.Single(_window.Snapshot().Tasks).WaitsFor);
    }

    [Fact]
    public void Delay_WithoutEnd_IsNamedByWhatEndsIt()
    {
        _window.Run(task => task.Delay(Timeout.InfiniteTimeSpan));

        Assert.Equal("its cancellation", Assert.Single(_window.Snapshot().Tasks).WaitsFor);
    }

    [Fact]
    public void Delay_ToldToCancel_EndsAtOnce()
    {
        BackgroundTask task = _window.Run(task => task.Delay(TimeSpan.FromHours(1)));
        _loop.Advance(TimeSpan.FromSeconds(3));

        task.Cancel();
        _loop.RunUntilEnded(task);

        Assert.Equal(BackgroundTaskState.Canceled, task.State);
        Assert.Equal(TimeSpan.FromSeconds(3), task.Elapsed);
    }

    [Fact]
    public void Delay_IsWhatTheTaskWaitsFor()
    {
        _window.Run(task => task.Delay(TimeSpan.FromSeconds(90)));

        Assert.Equal("a delay of 1.5 min", Assert.Single(_window.Snapshot().Tasks).WaitsFor);
    }

    [Fact]
    public void TimeProvider_IsTheLoopsClock()
    {
        TimeProvider? clock = null;

        _window.Run(task =>
        {
            clock = task.TimeProvider;
            return Task.CompletedTask;
        });

        Assert.Same(_loop.TimeProvider, clock);
    }

    [Fact]
    public void CancellationToken_Told_StaysSignaled()
    {
        var caught = 0;
        BackgroundTask task = _window.Run(async task =>
        {
            for (int i = 0; i < 2; i++)
            {
                try
                {
                    await Task.Delay(TimeSpan.FromHours(1), task.TimeProvider, task.CancellationToken);
                }
                catch (OperationCanceledException)
                {
                    caught++;
                }
            }
        });

        task.Cancel();
        _loop.RunUntilEnded(task);

        Assert.Equal(2, caught);
        Assert.Equal(BackgroundTaskState.Succeeded, task.State);
    }

    [Fact]
    public void CancellationToken_FirstReadAfterTheTaskWasTold_IsSignaled()
    {
        bool isSignaled = false;
        BackgroundTask task = _window.Run(async task =>
        {
            await Task.Yield();
            isSignaled = task.CancellationToken.IsCancellationRequested;
        });

        task.Cancel();
        _loop.RunUntilEnded(task);

        Assert.True(isSignaled);
    }

    [Fact]
    public void Cancel_FromACallersToken_NamesItAndLetsGoOfItAtTheEnd()
    {
        using var source = new CancellationTokenSource();
        BackgroundTask task = _window.Run(task => task.Delay(TimeSpan.FromHours(1)), new TaskOptions { CancellationToken = source.Token });

        source.Cancel();
        _loop.RunUntilEnded(task);

        Assert.Equal("the caller's token", task.CancelReason!.RequestedBy);
    }

    [Fact]
    public void ChildOfAToldTask_TheLoopEndsBeforeItBegins_IsCanceledAndItsParentEnds()
    {
        var finish = new TaskCompletionSource();
        BackgroundTask? child = null;
        BackgroundTask parent = _window.Run(async task =>
        {
            task.CancellationToken.Register(() => OnAnotherThread(() => child = task.Run(() => Task.CompletedTask)));
            await finish.Task.ConfigureAwait(false);
        });
        parent.Cancel();
        Assert.Equal(BackgroundTaskState.Queued, child!.State);

        _loop.End();
        finish.SetResult();
        _loop.RunUntil(() => parent.IsCompleted);

        Assert.Equal(BackgroundTaskState.Canceled, child.State);
        Assert.Equal(BackgroundTaskState.Succeeded, parent.State);
    }

    private static void OnAnotherThread(Action action)
    {
        var thread = new Thread(() => action());
        thread.Start();
        thread.Join();
    }
}
