using static Fibula.BackgroundTaskState;

namespace Fibula.Tests.Commands;

/// <summary>Policies and limits.</summary>
public sealed class TaskCommandTests : CommandTests
{
    [Fact]
    [Trait("Behaviour", "B60")]
    public void Restart_ThreeTimesInOneTurn_KeepsTheLast()
    {
        TaskCommand command = Command(CommandPolicy.Restart);

        BackgroundTask[] runs = Execute(command, 3);
        BackgroundTaskState[] atOnce = States(runs);
        _loop.RunUntilEnded(runs[0]);
        BackgroundTaskState[] afterTheFirst = States(runs);

        Assert.Equal([Canceling, Canceled, Queued], atOnce);
        Assert.Equal([Canceled, Canceled, Running], afterTheFirst);
        Assert.All(runs[..2], run => Assert.Equal("the policy Restart of 'SearchAsync'", run.CancelReason!.RequestedBy));
        Assert.Equal("'SearchAsync' was canceled before it began by the policy Restart of 'SearchAsync': 'SearchAsync' was asked for again, and its policy is Restart.", runs[1].Explain());
    }

    [Fact]
    [Trait("Behaviour", "B60")]
    public void Drop_ASecondTime_NeverRuns()
    {
        TaskCommand command = Command(CommandPolicy.Drop);

        BackgroundTask[] runs = Execute(command, 2);
        _loop.RunUntilEnded(runs[0]);

        Assert.Equal([Succeeded, Canceled], States(runs));
        Assert.Equal("'SearchAsync' runs already, and its policy is Drop.", runs[1].CancelReason!.Message);
        Assert.Single(_ran);
    }

    [Fact]
    [Trait("Behaviour", "B60")]
    public void Queue_RunsInOrder()
    {
        var command = new TaskCommand<int>(_window, NumberAsync) { Policy = CommandPolicy.Queue };

        BackgroundTask[] runs = [command.ExecuteAsync(1), command.ExecuteAsync(2), command.ExecuteAsync(3)];
        BackgroundTaskState[] atOnce = States(runs);
        _loop.RunUntilEnded(runs[2]);

        Assert.Equal([Running, Queued, Queued], atOnce);
        Assert.Equal(["1", "2", "3"], _ran);
    }

    [Fact]
    [Trait("Behaviour", "B60")]
    public void Queue_OfVeryManyThatEndAtOnce_NeedsNoStack()
    {
        var gate = new TaskCompletionSource();
        int ended = 0;
        var command = new TaskCommand<bool>(_window, async isFirst =>
        {
            if (isFirst)
            {
                await gate.Task;
            }

            ended++;
        })
        { Policy = CommandPolicy.Queue };

        command.ExecuteAsync(true);
        BackgroundTask[] runs = [.. Enumerable.Range(0, 3000).Select(_ => command.ExecuteAsync(false))];
        gate.SetResult();
        _loop.RunUntilEnded(runs[^1]);

        Assert.Equal(3001, ended);
    }

    [Theory]
    [Trait("Behaviour", "B60")]
    [InlineData(1)]
    [InlineData(2)]
    public void KeepLatest_WithThreeThatWait_KeepsTheLast(int limit)
    {
        var command = new TaskCommand(_window, SearchAsync) { Policy = CommandPolicy.KeepLatest, Limit = new TaskLimit(limit) };

        BackgroundTask[] runs = Execute(command, limit + 3);

        Assert.Equal([.. Enumerable.Repeat(Running, limit), Canceled, Canceled, Queued], States(runs));
    }

    [Fact]
    [Trait("Behaviour", "B60")]
    public void Parallel_RunsAll()
    {
        TaskCommand command = Command(CommandPolicy.Parallel);

        BackgroundTask[] runs = Execute(command, 10);

        Assert.All(runs, run => Assert.Equal(Running, run.State));
        Assert.Equal(10, command.RunningCount);
    }

    [Fact]
    [Trait("Behaviour", "B61")]
    public void Restart_WaitsForTheCleanUpOfTheOldRun()
    {
        var command = new TaskCommand(_window, SlowToStopAsync) { Policy = CommandPolicy.Restart };

        BackgroundTask[] runs = Execute(command, 2);
        _loop.Advance(TimeSpan.FromSeconds(0.9));
        BackgroundTaskState[] before = States(runs);
        _loop.Advance(Second);

        Assert.Equal([Canceling, Queued], before);
        Assert.Equal([Canceled, Running], States(runs));
        Assert.Equal(["began", "stopped", "began"], _ran);
    }

    [Fact]
    [Trait("Behaviour", "B61")]
    public void Restart_ThatOverlaps_BeginsAtOnce()
    {
        var command = new TaskCommand(_window, SlowToStopAsync) { Policy = CommandPolicy.Restart, Overlap = true };

        BackgroundTask[] runs = Execute(command, 2);

        Assert.Equal([Canceling, Running], States(runs));
        Assert.Equal(2, command.RunningCount);
    }

    [Theory]
    [MemberData(nameof(CommandPolicyTests.Policies), MemberType = typeof(CommandPolicyTests))]
    [Trait("Behaviour", "B61")]
    public void ARunThatNeverAwaits_LeavesTheCommandIdle(CommandPolicy policy)
    {
        var command = new TaskCommand(_window, () => Task.CompletedTask) { Policy = policy };

        command.ExecuteAsync();

        Assert.False(command.IsRunning);
        Assert.True(command.CanExecute());
        Assert.Equal(Succeeded, command.ExecuteAsync().State);
    }

    [Fact]
    [Trait("Behaviour", "B65")]
    public void OneLimit_SharedByTwoCommands_CountsBoth()
    {
        var limit = new TaskLimit(1);
        var load = new TaskCommand(_window, SearchAsync) { Policy = CommandPolicy.Queue, Limit = limit, Name = "Load" };
        var save = new TaskCommand(_window, SearchAsync) { Policy = CommandPolicy.Queue, Limit = limit, Name = "Save" };

        BackgroundTask[] runs = [load.ExecuteAsync(), save.ExecuteAsync(), load.ExecuteAsync()];
        var before = (load.RunningCount, load.QueuedCount, save.RunningCount, save.QueuedCount);
        load.Cancel();
        var atOnce = (load.QueuedCount, save.QueuedCount);
        _loop.RunUntilEnded(runs[0]);

        Assert.Equal((1, 1, 0, 1), before);
        Assert.Equal((0, 1), atOnce);
        Assert.Equal([Canceled, Running, Canceled], States(runs));
        Assert.Equal((0, 1), (load.RunningCount, save.RunningCount));
    }

    [Fact]
    [Trait("Behaviour", "B65")]
    public void OneLimit_UsedUpByTheOther_IsSeenByCanExecute()
    {
        var limit = new TaskLimit(1);
        var load = new TaskCommand(_window, SearchAsync) { Limit = limit };
        var save = new TaskCommand(_window, SearchAsync) { Limit = limit };
        int raised = 0;
        save.CanExecuteChanged += (_, _) => raised++;

        BackgroundTask run = load.ExecuteAsync();
        bool canSave = save.CanExecute();
        _loop.RunUntilEnded(run);
        _loop.RunUntilIdle();

        Assert.False(canSave);
        Assert.True(save.CanExecute());
        Assert.Equal(2, raised);
    }
}
