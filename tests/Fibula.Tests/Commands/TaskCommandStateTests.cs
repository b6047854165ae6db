using System.Windows.Input;
using static Fibula.BackgroundTaskState;

namespace Fibula.Tests.Commands;

/// <summary>What a view binds to.</summary>
public sealed class TaskCommandStateTests : CommandTests
{
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
    public void CancelCommand_AfterARunThatWasCanceledInsideAHandlerOfItsBeginning_IsRightForTheNextRun()
    {
        TaskCommand command = Command(CommandPolicy.Drop);
        var raised = new List<bool>();
        command.CancelCommand.CanExecuteChanged += (_, _) => raised.Add(command.CancelCommand.CanExecute(null));
        bool isFirst = true;
        command.PropertyChanged += (_, e) =>
        {
            // Like a dialog that is shown there, whose loop goes on. The work has not taken its first step, and cannot while the handler runs.
            if (e.PropertyName == nameof(TaskCommand.IsRunning) && isFirst)
            {
                isFirst = false;
                command.Cancel();
                _loop.RunUntilIdle();
            }
        };

        BackgroundTask first = command.ExecuteAsync();
        _loop.RunUntilEnded(first);
        raised.Clear();
        BackgroundTask second = command.ExecuteAsync();
        _loop.RunUntilIdle();

        Assert.Equal([true], raised);
        second.Cancel();
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

    [Theory, Trait("Behaviour", "B64")]
    [InlineData("the run")]
    [InlineData("a child")]
    [InlineData("a task that the run awaits")]
    public void CancelAsync_InARun_WaitsForTheOtherRuns(string place)
    {
        BackgroundTask other = null!;
        BackgroundTaskState? afterwards = null;
        TaskCommand<bool> command = null!;
        command = new TaskCommand<bool>(_window, (asks, task) => asks ? AskAsync(task) : SlowToStopAsync(task)) { Policy = CommandPolicy.Parallel };

        other = command.ExecuteAsync(false);
        BackgroundTask asker = command.ExecuteAsync(true);
        _loop.RunUntilEnded(asker);

        Assert.Equal(Canceled, afterwards);

        async Task AskAsync(TaskContext task)
        {
            switch (place)
            {
                case "the run":
                    await CancelAsync();
                    break;
                case "a child":
                    await task.Run(CancelAsync);
                    break;
                default:
                    await _window.Run(CancelAsync);
                    break;
            }
        }

        async Task CancelAsync()
        {
            await command.CancelAsync();
            afterwards = other.State;
        }
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

    [Theory]
    [InlineData(null)]
    [InlineData("one")]
    [InlineData(1L)]
    public void Execute_WithAParameterOfAnotherType_DoesNothing(object? parameter)
    {
        ICommand command = new TaskCommand<int>(_window, NumberAsync) { CanExecuteWhen = number => number >= 0 };

        bool canExecute = command.CanExecute(parameter);
        command.Execute(parameter);

        Assert.False(canExecute);
        Assert.Empty(_ran);
        Assert.True(command.CanExecute(1));
    }

    [Fact]
    public void Execute_WithoutAParameterThatMayBeNull_Runs()
    {
        ICommand command = new TaskCommand<string?>(_window, (name, _) =>
        {
            _ran.Add(name ?? "none");
            return Task.CompletedTask;
        });

        command.Execute(null);

        Assert.True(command.CanExecute(null));
        Assert.Equal(["none"], _ran);
    }

    [Fact, Trait("Behaviour", "B48")]
    public void Subscriber_Throws_TheOthersAreCalledAndTheRunGoesOn()
    {
        TaskCommand command = Command(CommandPolicy.Drop);
        var raised = new List<string>();
        command.PropertyChanged += (_, _) => throw new FormatException();
        command.CanExecuteChanged += (_, _) => throw new FormatException();
        command.CancelCommand.CanExecuteChanged += (_, _) => throw new FormatException();
        command.PropertyChanged += (_, e) => raised.Add(e.PropertyName!);
        command.CanExecuteChanged += (_, _) => raised.Add("CanExecute");
        command.CancelCommand.CanExecuteChanged += (_, _) => raised.Add("CanCancel");

        BackgroundTask run = command.ExecuteAsync();
        command.NotifyCanExecuteChanged();
        _loop.RunUntilEnded(run);
        _loop.RunUntilIdle();

        Assert.Equal(
            ["IsRunning", "RunningCount", "Last", "CanExecute", "CanCancel", "CanExecute", "IsRunning", "RunningCount", "LastSucceeded", "CanExecute", "CanCancel"],
            raised);
        Assert.Empty(_loop.UnhandledFaults);
    }

    [Fact]
    public void Execute_ByAButton_MakesAnErrorAFault()
    {
        ICommand command = new TaskCommand(_window, () => throw new InvalidOperationException("No disk."));

        command.Execute(null);
        _loop.RunUntilIdle();

        Assert.Equal("No disk.", Assert.Single(_loop.UnhandledFaults).Exception.Message);
    }
}
