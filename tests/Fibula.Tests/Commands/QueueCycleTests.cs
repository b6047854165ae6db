using static Fibula.BackgroundTaskState;

namespace Fibula.Tests.Commands;

/// <summary>A run that waits for one that is queued behind it would never end.</summary>
public sealed class QueueCycleTests : CommandTests
{
    private TaskCommand<string> _command = null!;
    private TaskCommand<string> _other = null!;

    public static TheoryData<string, string> Cycles => new()
    {
        { "own", "Task 'first' awaits 'first', which is queued behind it: a cycle." },
        { "shared", "Task 'first' awaits 'other', which is queued behind it: a cycle." },
        { "child", "Task 'child', a child of 'first', awaits 'first', which is queued behind 'first': a cycle." },
        { "outsider first", "Task 'first' awaits 'outsider', which waits for 'first', which is queued behind it: a cycle." },
        { "outsider last", "Task 'outsider' awaits 'first', which is queued behind 'first', which waits for it: a cycle." },
    };

    [Theory, Trait("Behaviour", "B42")]
    [MemberData(nameof(Cycles))]
    public void Await_OfARunQueuedBehind_ThrowsAndNamesTheCycle(string way, string message)
    {
        var limit = new TaskLimit(1);
        string? thrown = null;
        var asked = new TaskCompletionSource();
        _other = new TaskCommand<string>(_window, _ => Task.CompletedTask) { Policy = CommandPolicy.Queue, Limit = limit, Name = "other" };
        _command = new TaskCommand<string>(_window, (run, task) => run == "first" ? FirstAsync(task) : Task.CompletedTask)
        {
            Policy = CommandPolicy.Queue,
            Limit = limit,
            Name = "first",
        };

        BackgroundTask first = _command.ExecuteAsync("first");
        _loop.RunUntilEnded(first);
        _loop.RunUntilIdle();

        Assert.StartsWith(message, thrown, StringComparison.Ordinal);
        Assert.Equal((0, 0), (_command.RunningCount + _other.RunningCount, _command.QueuedCount + _other.QueuedCount));

        async Task FirstAsync(TaskContext task)
        {
            switch (way)
            {
                case "own":
                    await NoteAsync(_command.ExecuteAsync("second"));
                    break;
                case "shared":
                    await NoteAsync(_other.ExecuteAsync("second"));
                    break;
                case "child":
                    await task.Run(() => NoteAsync(_command.ExecuteAsync("second")), new TaskOptions { Name = "child" });
                    break;
                case "outsider first":
                    BackgroundTask queued = _command.ExecuteAsync("second");
                    await NoteAsync(_window.Run(async () => await queued, new TaskOptions { Name = "outsider" }));
                    break;
                default:
                    BackgroundTask outsider = _window.Run(
                        async () =>
                        {
                            await asked.Task;
                            await NoteAsync(_command.ExecuteAsync("second"));
                        },
                        new TaskOptions { Name = "outsider" });
                    _loop.Post(asked.SetResult);
                    await outsider;
                    break;
            }
        }

        async Task NoteAsync(BackgroundTask wait)
        {
            try
            {
                await wait;
            }
            catch (InvalidOperationException error)
            {
                thrown = error.Message;
            }
        }
    }

    [Theory, Trait("Behaviour", "B42")]
    [InlineData("a limit that another run will free")]
    [InlineData("a limit with room")]
    [InlineData("an outsider")]
    public void Await_OfARunThatWillBegin_Waits(string way)
    {
        var limit = new TaskLimit(2);
        var slow = new TaskCommand(_window, task => task.Delay(Second)) { Policy = CommandPolicy.Queue, Limit = limit };
        var waiting = new TaskCommand(_window, async () => await slow.ExecuteAsync()) { Policy = CommandPolicy.Queue, Limit = way == "an outsider" ? new TaskLimit(1) : limit };
        if (way != "a limit with room")
        {
            slow.ExecuteAsync();
        }

        BackgroundTask run = waiting.ExecuteAsync();
        _loop.RunUntilEnded(run);

        Assert.Equal(Succeeded, run.State);
    }

    [Theory, Trait("Behaviour", "B42")]
    [InlineData(CommandPolicy.Queue, true)]
    [InlineData(CommandPolicy.Queue, false)]
    [InlineData(CommandPolicy.KeepLatest, true)]
    [InlineData(CommandPolicy.Restart, false)]
    public void Await_OfADelayedRunThatWillBeQueuedBehind_ThrowsAndNamesTheCycle(CommandPolicy policy, bool isDebounced)
    {
        string? thrown = null;
        BackgroundTask? second = null;
        _command = new TaskCommand<string>(_window, run => run == "first" ? FirstAsync() : Task.CompletedTask)
        {
            Policy = policy,
            Name = "first",
            Debounce = isDebounced ? Second : TimeSpan.Zero,
            Throttle = isDebounced ? TimeSpan.Zero : Second,
        };

        _loop.RunUntilEnded(_command.ExecuteAsync("first"));
        _loop.RunUntilEnded(second!);

        Assert.StartsWith("Task 'first' awaits 'first', which is queued behind it: a cycle.", thrown, StringComparison.Ordinal);
        Assert.Equal(Succeeded, second!.State);

        async Task FirstAsync()
        {
            try
            {
                await (second = _command.ExecuteAsync("second"));
            }
            catch (InvalidOperationException error)
            {
                thrown = error.Message;
            }
        }
    }

    [Theory, Trait("Behaviour", "B42")]
    [InlineData(CommandPolicy.Queue, 2, Succeeded)]
    [InlineData(CommandPolicy.Parallel, 2, Succeeded)]
    [InlineData(CommandPolicy.Drop, 1, Canceled)]
    public void Await_OfADelayedRunThatWillNotBeQueued_Waits(CommandPolicy policy, int limit, BackgroundTaskState state)
    {
        BackgroundTask? second = null;
        _command = new TaskCommand<string>(_window, async run => await (run == "first" ? second = _command.ExecuteAsync("second") : _window.Run(() => Task.CompletedTask)))
        {
            Policy = policy,
            Limit = new TaskLimit(limit),
            Debounce = Second,
        };

        BackgroundTask first = _command.ExecuteAsync("first");
        _loop.RunUntilEnded(first);

        Assert.Equal((state, state), (first.State, second!.State));
    }

    [Fact, Trait("Behaviour", "B42")]
    public void Await_ByEachRunThatARunIsQueuedBehind_ThrowsForTheLast()
    {
        var asked = new TaskCompletionSource();
        var thrown = new List<string>();
        BackgroundTask queued = null!;
        _command = new TaskCommand<string>(_window, run => run == "last" ? Task.CompletedTask : WaitAsync(run))
        {
            Policy = CommandPolicy.Queue,
            Limit = new TaskLimit(2),
        };
        _command.ExecuteAsync("one");
        _command.ExecuteAsync("two");
        queued = _command.ExecuteAsync("last");

        asked.SetResult();
        _loop.RunUntilEnded(queued);

        Assert.Single(thrown);

        async Task WaitAsync(string run)
        {
            await asked.Task;
            try
            {
                await queued;
            }
            catch (InvalidOperationException)
            {
                thrown.Add(run);
            }
        }
    }

    [Fact, Trait("Behaviour", "B42")]
    public void Await_ThroughTwoQueues_NamesTheFirstQueuedRun()
    {
        string? thrown = null;
        var begins = new TaskCompletionSource();
        var goesOn = new TaskCompletionSource();
        _other = new TaskCommand<string>(_window, run => run == "first" ? OtherAsync() : Task.CompletedTask) { Policy = CommandPolicy.Queue, Name = "other" };
        _command = new TaskCommand<string>(_window, run => run == "first" ? FirstAsync() : Task.CompletedTask) { Policy = CommandPolicy.Queue, Name = "first" };
        _other.ExecuteAsync("first");
        BackgroundTask first = _command.ExecuteAsync("first");

        begins.SetResult();
        _loop.RunUntilIdle();
        goesOn.SetResult();
        _loop.RunUntilEnded(first);

        Assert.StartsWith("Task 'first' awaits 'other', which is queued behind 'other', which waits for it: a cycle.", thrown, StringComparison.Ordinal);

        async Task OtherAsync()
        {
            await begins.Task;
            await _command.ExecuteAsync("second");
        }

        async Task FirstAsync()
        {
            await goesOn.Task;
            try
            {
                await _other.ExecuteAsync("second");
            }
            catch (InvalidOperationException error)
            {
                thrown = error.Message;
            }
        }
    }
}
