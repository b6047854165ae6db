using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Tasks;

public sealed class StateChangedTests
{
    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _window;
    private readonly List<string> _seen = [];

    public StateChangedTests()
    {
        _window = new TaskScope(_loop, "window");
    }

    [Fact]
    [Trait("Behaviour", "B33")]
    public void StateChanged_EveryTransition_IsRaisedInOrderOnTheUiThread()
    {
        BackgroundTask? task = null;
        OnAnotherThread(() =>
        {
            task = _window.RunOnThreadPool(task => task.Delay(TimeSpan.FromHours(1)));
            task.StateChanged += (old, now) => _seen.Add($"{old} > {now}, on the UI thread: {_loop.CheckAccess()}");
        });
        _loop.RunUntil(() => task!.State == BackgroundTaskState.Running);

        OnAnotherThread(() => task!.Cancel());
        _loop.RunUntil(() => _seen.Exists(line => line.Contains("> Canceled", StringComparison.Ordinal)));
        _loop.RunUntilIdle();

        // Whether the first one is seen depends on who was faster: the pool or the subscription.
        _seen.Remove("Queued > Running, on the UI thread: True");
        Assert.Equal(["Running > Canceling, on the UI thread: True", "Canceling > Canceled, on the UI thread: True"], _seen);
    }

    [Fact]
    [Trait("Behaviour", "B33")]
    public void StateChanged_OfAQueuedTask_ShowsItBeginAndEnd()
    {
        BackgroundTask? task = null;
        OnAnotherThread(() => task = _window.Run(task => task.Delay(TimeSpan.FromSeconds(1))));
        task!.StateChanged += (old, now) => _seen.Add($"{old} > {now}");

        _loop.RunUntilEnded(task);
        _loop.RunUntilIdle();

        Assert.Equal(["Queued > Running", "Running > Succeeded"], _seen);
    }

    [Fact]
    [Trait("Behaviour", "B33")]
    public void StateChanged_ComesAfterTheStateIsSetAndNotInsideCancel()
    {
        BackgroundTask task = _window.Run(async task => await task.Delay(TimeSpan.FromHours(1)));
        task.StateChanged += (_, now) => _seen.Add($"{now}");

        task.Cancel();

        Assert.Equal(BackgroundTaskState.Canceling, task.State);
        Assert.Empty(_seen);
        _loop.RunUntilEnded(task);
        _loop.RunUntilIdle();
        Assert.Equal(["Canceling", "Canceled"], _seen);
    }

    [Fact]
    public void PropertyChanged_NamesWhatHasChanged()
    {
        BackgroundTask task = _window.Run(async task =>
        {
            await task.Delay(TimeSpan.FromSeconds(1));
            task.Report(0.5);
            await task.Delay(TimeSpan.FromHours(1));
        });
        task.PropertyChanged += (sender, e) => _seen.Add($"{e.PropertyName} of {(sender == task ? "the task" : "something else")}");

        _loop.Advance(TimeSpan.FromSeconds(1));
        task.Cancel();
        _loop.RunUntilEnded(task);
        _loop.RunUntilIdle();

        Assert.Equal(
            ["Progress", "State", "CancelReason", "State", "CancelReason", "IsCompleted"],
            _seen.Select(line => line.Replace(" of the task", "")));
    }

    [Fact]
    public void WithoutASubscriber_NothingIsPosted()
    {
        BackgroundTask task = _window.Run(task => task.Delay(TimeSpan.FromHours(1)));
        Action<BackgroundTaskState, BackgroundTaskState> subscriber = (_, _) => { };
        task.StateChanged += subscriber;
        task.StateChanged -= subscriber;
        long turns = _loop.TurnsRequested;

        task.Cancel();

        Assert.Equal(turns, _loop.TurnsRequested);
    }

    [Fact]
    public void WithASubscriber_OneTurnIsAskedForAllThatWaits()
    {
        var finish = new TaskCompletionSource();
        BackgroundTask task = _window.Run(async task =>
        {
            await finish.Task.ConfigureAwait(false);
            task.Report(0.5);
        });
        task.PropertyChanged += (_, _) => { };
        long turns = _loop.TurnsRequested;

        task.Cancel();
        finish.SetResult();

        Assert.True(task.IsCompleted);
        Assert.Equal(turns + 1, _loop.TurnsRequested);
    }

    [Fact]
    public void AfterTheLoopHasEnded_NothingIsRaised()
    {
        var finish = new TaskCompletionSource();
        BackgroundTask task = _window.Run(async () => await finish.Task.ConfigureAwait(false));
        task.StateChanged += (_, now) => _seen.Add($"{now}");

        _loop.End();
        finish.SetResult();

        Assert.Equal(BackgroundTaskState.Succeeded, task.State);
        Assert.Empty(_seen);
    }

    private static void OnAnotherThread(Action action)
    {
        var thread = new Thread(() => action());
        thread.Start();
        thread.Join();
    }
}
