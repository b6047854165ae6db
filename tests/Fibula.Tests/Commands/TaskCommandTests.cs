using System.Windows.Input;
using Fibula.Testing;
using Fibula.Tests.Loops;
using static Fibula.BackgroundTaskState;

namespace Fibula.Tests.Commands;

public sealed class TaskCommandTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _window;
    private readonly List<string> _ran = [];

    public TaskCommandTests()
    {
        _window = new TaskScope(_loop, "window");
    }

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
    [MemberData(nameof(CommandDecisionTests.Policies), MemberType = typeof(CommandDecisionTests))]
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
    [Trait("Behaviour", "B62")]
    public void State_IsRightInTheSameTurn()
    {
        bool fails = false;
        var command = new TaskCommand(_window, () => fails ? throw new InvalidOperationException() : Task.CompletedTask);

        BackgroundTask good = command.ExecuteAsync();
        var afterTheGood = (command.Last, command.LastSucceeded, command.LastFaulted);
        fails = true;
        BackgroundTask bad = command.ExecuteAsync();
        var afterTheBad = (command.Last, command.LastSucceeded, command.LastFaulted);
        TaskCommand endless = Command(CommandPolicy.Drop);
        BackgroundTask stopped = endless.ExecuteAsync();
        bool wasRunning = endless.IsRunning;
        endless.Cancel();
        bool isRunningWhileCanceling = endless.IsRunning;
        _loop.RunUntilEnded(stopped);

        Assert.Equal((good, good, null), afterTheGood);
        Assert.Equal((bad, good, bad), afterTheBad);
        Assert.Equal((true, true, false), (wasRunning, isRunningWhileCanceling, endless.IsRunning));
        Assert.Equal(stopped, endless.LastCanceled);
    }

    [Fact]
    [Trait("Behaviour", "B62")]
    public void PropertyChanged_IsRaisedOnTheUiThreadOncePerChange()
    {
        TaskCommand command = Command(CommandPolicy.Drop);
        var raised = new List<string>();
        command.PropertyChanged += (_, e) => raised.Add($"{e.PropertyName} {_loop.CheckAccess()}");

        BackgroundTask run = command.ExecuteAsync();
        string[] atTheStart = [.. raised];
        raised.Clear();
        _loop.RunUntilEnded(run);
        _loop.RunUntilIdle();

        Assert.Equal(["IsRunning True", "RunningCount True", "Last True"], atTheStart);
        Assert.Equal(["IsRunning True", "RunningCount True", "LastSucceeded True"], raised);
    }

    [Fact]
    [Trait("Behaviour", "B62")]
    public void ExecuteAsync_FromAnotherThread_RaisesOnTheUiThread()
    {
        TaskCommand command = Command(CommandPolicy.Drop);
        var raised = new List<bool>();
        command.PropertyChanged += (_, _) => raised.Add(_loop.CheckAccess());
        BackgroundTask? run = null;
        var thread = new Thread(() => run = command.ExecuteAsync());
        thread.Start();
        thread.Join();

        _loop.RunUntilEnded(run!);
        _loop.RunUntilIdle();

        Assert.Equal(Succeeded, run!.State);
        Assert.NotEmpty(raised);
        Assert.DoesNotContain(false, raised);
    }

    [Fact]
    [Trait("Behaviour", "B63")]
    public void CanExecute_SaysWhatWouldHappenNow()
    {
        TaskCommand drop = Command(CommandPolicy.Drop);
        TaskCommand queue = Command(CommandPolicy.Queue);
        var raised = new List<bool>();
        drop.CanExecuteChanged += (_, _) => raised.Add(drop.CanExecute());

        BackgroundTask run = drop.ExecuteAsync();
        queue.ExecuteAsync();
        bool canQueue = queue.CanExecute();
        bool couldBefore = drop.CanExecute();
        _loop.RunUntilEnded(run);
        _loop.RunUntilIdle();

        Assert.False(couldBefore);
        Assert.True(canQueue);
        Assert.Equal([false, true], raised);
    }

    [Fact]
    [Trait("Behaviour", "B63")]
    public void CanExecute_OfAClosedScope_IsFalse()
    {
        TaskCommand command = Command(CommandPolicy.Drop);

        _loop.RunUntilEnded(_window.CloseAsync());

        Assert.False(command.CanExecute());
        Assert.Equal(Canceled, command.ExecuteAsync().State);
        Assert.Empty(_ran);
    }

    [Fact]
    [Trait("Behaviour", "B63")]
    public void CanExecute_WithACondition_AsksIt()
    {
        bool isLoaded = false;
        int asked = 0;
        var command = new TaskCommand(_window, SearchAsync) { CanExecuteWhen = () => isLoaded };
        command.CanExecuteChanged += (_, _) => asked++;

        bool before = command.CanExecute();
        isLoaded = true;
        command.NotifyCanExecuteChanged();

        Assert.False(before);
        Assert.True(((ICommand)command).CanExecute(null));
        Assert.Equal(1, asked);
    }

    [Fact]
    [Trait("Behaviour", "B64")]
    public void CancelAsync_UnderDrop_LetsTheNextRunStart()
    {
        var command = new TaskCommand(_window, SlowToStopAsync);
        BackgroundTask first = command.ExecuteAsync();
        BackgroundTask? second = null;
        BackgroundTask script = _window.Run(async () =>
        {
            await command.CancelAsync();
            second = command.ExecuteAsync();
        });
        _loop.RunUntilEnded(script);

        Assert.Equal((Canceled, Running), (first.State, second!.State));
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

    [Fact]
    public void CancelCommand_TellsAllRuns()
    {
        TaskCommand command = Command(CommandPolicy.Queue);
        var raised = new List<bool>();
        command.CancelCommand.CanExecuteChanged += (_, _) => raised.Add(command.CancelCommand.CanExecute(null));

        BackgroundTask[] runs = Execute(command, 2);
        command.CancelCommand.Execute(null);
        _loop.RunUntilEnded(runs[0]);
        _loop.RunUntilIdle();

        Assert.All(runs, run => Assert.Equal("the cancel command of 'SearchAsync'", run.CancelReason!.RequestedBy));
        Assert.Equal([true, false], raised);
    }

    [Fact]
    public void Execute_WithAParameterOfAnotherType_SaysWhatToDo()
    {
        ICommand command = new TaskCommand<int>(_window, NumberAsync);

        ArgumentException error = Assert.Throws<ArgumentException>(() => command.Execute("one"));

        Assert.StartsWith("'NumberAsync' takes a Int32, and was given String. Bind its CommandParameter to a value of that type.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Execute_ByAButton_MakesAnErrorAFault()
    {
        ICommand command = new TaskCommand(_window, () => throw new InvalidOperationException("No disk."));

        command.Execute(null);
        _loop.RunUntilIdle();

        Assert.Equal("No disk.", Assert.Single(_loop.UnhandledFaults).Exception.Message);
    }

    private static BackgroundTask[] Execute(TaskCommand command, int count) => [.. Enumerable.Range(0, count).Select(_ => command.ExecuteAsync())];

    private static BackgroundTaskState[] States(BackgroundTask[] runs) => [.. runs.Select(run => run.State)];

    private TaskCommand Command(CommandPolicy policy) => new(_window, SearchAsync) { Policy = policy };

    private async Task SearchAsync(TaskContext task)
    {
        _ran.Add("search");
        await task.Delay(TimeSpan.FromMinutes(1));
    }

    private async Task NumberAsync(int number, TaskContext task)
    {
        _ran.Add($"{number}");
        await task.Delay(Second);
    }

    private async Task SlowToStopAsync(TaskContext task)
    {
        _ran.Add("began");
        try
        {
            await task.Delay(TimeSpan.FromMinutes(1));
        }
        finally
        {
            await task.ShieldAsync(inner => inner.Delay(Second));
            _ran.Add("stopped");
        }
    }
}
