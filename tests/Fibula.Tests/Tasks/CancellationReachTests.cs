using Fibula.Diagnostics;
using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Tasks;

/// <summary>Whom a cancellation reaches: children that run, children that start later, and those who ended all the same.</summary>
public sealed class CancellationReachTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _window;
    private BackgroundTask? _child;

    public CancellationReachTests()
    {
        _window = new TaskScope(_loop, "window");
    }

    [Theory, Trait("Behaviour", "B93")]
    [InlineData(1)]
    [InlineData(2)]
    public void Cancel_ReachesWhatTheTaskAndItsChildrenStartLater(int times)
    {
        BackgroundTask? grandchild = null;
        BackgroundTask task = _window.Run(task => AfterwardsAsync(task, () => _child = task.Run(async child =>
        {
            grandchild = child.Run(WaitAsync);
            await grandchild;
        })));

        for (int i = 0; i < times; i++)
        {
            task.Cancel("Enough.");
        }

        _loop.RunUntilEnded(task);

        Assert.Equal(("Enough.", "Enough."), (_child!.CancelReason?.Message, grandchild!.CancelReason?.Message));
        Assert.Equal(TimeSpan.Zero, task.Elapsed);
    }

    [Fact, Trait("Behaviour", "B93")]
    public void CloseAsync_AParentThatIsCanceled_LeavesItsChildTheTimeOfItsPolicy()
    {
        _window.Run(async task =>
        {
            _child = task.Run(child => child.Delay(TimeSpan.FromSeconds(2)), new TaskOptions { OnClose = ClosePolicy.Finish(TimeSpan.FromSeconds(3)) });
            await task.Delay(Hour);
        });

        _loop.RunUntilEnded(_window.CloseAsync());

        Assert.Equal(BackgroundTaskState.Succeeded, _child!.State);
    }

    [Fact, Trait("Behaviour", "B93")]
    public void Run_OfAChildInAScopeThatCloses_IsCanceledForTheReasonOfItsParent()
    {
        BackgroundTask task = _window.Run(task => AfterwardsAsync(task, () => _child = task.Run(WaitAsync)), new TaskOptions { OnClose = ClosePolicy.Finish(Hour) });
        _ = _window.CloseAsync("Closed.");
        _loop.RunUntilIdle();

        task.Cancel("Enough.");
        _loop.RunUntilEnded(task);

        Assert.Equal("Enough.", _child!.CancelReason?.Message);
    }

    [Fact, Trait("Behaviour", "B93")]
    public void Run_OfAChildThatTheCloseLeavesNoTime_ByAParentThatMayFinish_IsCanceledForTheClose()
    {
        var go = new TaskCompletionSource();
        BackgroundTask task = _window.Run(
            async task =>
            {
                await go.Task;
                _child = task.Run(WaitAsync, new TaskOptions { OnClose = ClosePolicy.Cancel });
            },
            new TaskOptions { OnClose = ClosePolicy.Finish(Hour) });
        _ = _window.CloseAsync("Closed.");
        _loop.RunUntilIdle();

        go.SetResult();
        _loop.RunUntilEnded(task);

        Assert.Equal((BackgroundTaskState.Canceled, "Closed."), (_child!.State, _child.CancelReason?.Message));
    }

    [Fact, Trait("Behaviour", "B25")]
    public void Cancel_AShieldInTheCleanUpThatFails_EndsItsChildren()
    {
        BackgroundTask task = _window.Run(task => AfterwardsAsync(task, () => task.ShieldAsync(shield =>
        {
            _child = shield.Run(WaitAsync);
            throw new IOException("No disk.");
        }).AsTask()));

        task.Cancel();
        _loop.RunUntilEnded(task);

        Assert.Equal((BackgroundTaskState.Canceled, TimeSpan.Zero), (_child!.State, task.Elapsed));
    }

    [Fact, Trait("Behaviour", "B24")]
    public void Cancel_AGroupWhoseChildrenEndNormallyAllTheSame_HasSucceeded()
    {
        bool hasSucceeded = false;
        BackgroundTask task = _window.Run(async task =>
        {
            await task.RunGroupAsync(group =>
            {
                group.Run(child => Task.WhenAny(child.Delay(Hour)));
                return Task.WhenAny(group.Delay(Hour));
            });
            hasSucceeded = true;
        });

        task.Cancel();
        _loop.RunUntilEnded(task);

        Assert.True(hasSucceeded);
    }

    [Fact, Trait("Behaviour", "B44")]
    public void CloseAsync_CallbackOfTheFirstTask_SeesTheOthersCanceling()
    {
        List<string> seen = [];
        BackgroundTask? second = null;
        _window.Run(async task =>
        {
            using CancellationTokenRegistration registration = task.CancellationToken.Register(() =>
            {
                TaskSnapshot shown = _window.Snapshot().Tasks.Single(each => each.Name == "second");
                seen.AddRange([$"{second!.State}", second.CancelReason!.Message, $"{shown.State}"]);
            });
            await task.Delay(Hour);
        });
        second = _window.Run(WaitAsync, new TaskOptions { Name = "second" });

        _loop.RunUntilEnded(_window.CloseAsync("Closed."));

        Assert.Equal(["Canceling", "Closed.", "Canceling"], seen);
    }

    [Fact, Trait("Behaviour", "B44")]
    public void Cancel_OfVeryManyTasksThatEndAsTheyAreCanceled_ReachesAll()
    {
        TaskScope tab = _window.CreateChild("tab");
        _window.Run(WaitAsync);
        BackgroundTask[] queued = [];
        var starter = new Thread(() => queued = [.. Enumerable.Range(0, 1000).Select(_ => tab.Run(WaitAsync))]);
        starter.Start();
        starter.Join();

        _window.Cancel();

        Assert.All(queued, task => Assert.Equal(BackgroundTaskState.Canceled, task.State));
    }

    [Fact, Trait("Behaviour", "B26")]
    public void ShieldAsync_AfterAReport_GoesOnWithTheProgressOfItsTask()
    {
        BackgroundTask task = _window.Run(async task =>
        {
            task.Report(1, 10);
            await task.ShieldAsync(shield =>
            {
                shield.Advance();
                return Task.CompletedTask;
            });
        });
        _loop.RunUntilEnded(task);

        Assert.Equal((2, 10), (task.Progress.Completed, task.Progress.Total));
    }

    private static Task WaitAsync(TaskContext task) => task.Delay(Hour);

    private static async Task AfterwardsAsync(TaskContext task, Func<object> cleanUp)
    {
        try
        {
            await task.Delay(Hour);
        }
        finally
        {
            await (cleanUp() as Task ?? Task.CompletedTask);
        }
    }
}
