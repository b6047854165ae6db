using Fibula.Tests.Commands;

namespace Fibula.Tests.Faults;

/// <summary>An await that is refused observes nothing: the error of what was to be awaited is reported as if nobody had tried.</summary>
public sealed class RefusedAwaitTests : CommandTests
{
    private static readonly Dictionary<string, Func<BackgroundTask<int>, Task>> Waits = new()
    {
        ["await"] = async task => await (BackgroundTask)task,
        ["await, with a result"] = async task => await task,
        ["ConfigureAwait"] = async task => await ((BackgroundTask)task).ConfigureAwait(false),
        ["ConfigureAwait, with a result"] = async task => await task.ConfigureAwait(false),
        ["AsTask"] = async task => await ((BackgroundTask)task).AsTask(),
        ["AsTask, with a result"] = async task => await task.AsTask(),
        ["WaitAsync"] = async task => await task.AsTask().WaitAsync(TimeSpan.FromHours(1), TimeProvider.System),
        ["WhenAll"] = async task => await Task.WhenAll(Task.CompletedTask, task.AsTask()),
        ["GetResult"] = task => Task.FromResult(task.GetAwaiter().GetResult()),
    };

    private readonly List<string> _faults = [];
    private readonly List<string> _refusals = [];

    public RefusedAwaitTests()
    {
        _window.Faulted += fault => _faults.Add(fault.Exception.GetBaseException().Message);
    }

    public static TheoryData<string> WaysToWait => [.. Waits.Keys];

    [Theory, Trait("Behaviour", "B45")]
    [MemberData(nameof(WaysToWait))]
    public void Faulted_OnlyTheTaskItselfHasTriedToAwait_IsRaised(string way)
    {
        BackgroundTask<int>? self = null;

        self = _window.Run<int>(async () =>
        {
            await Task.Yield();
            await TryAsync(way, self!);
            throw new IOException("Its own.");
        });
        _loop.RunUntilIdle();

        Assert.Single(_refusals);
        Assert.Equal(["Its own."], _faults);
    }

    [Theory, Trait("Behaviour", "B45")]
    [MemberData(nameof(WaysToWait))]
    public void Faulted_OnlyAChildHasTriedToAwait_IsRaised(string way)
    {
        BackgroundTask<int>? parent = null;

        parent = _window.Run<int>(async task =>
        {
            await Task.Yield();
            await task.Run(() => TryAsync(way, parent!));
            throw new IOException("The parent's.");
        });
        _loop.RunUntilIdle();

        Assert.Single(_refusals);
        Assert.Equal(["The parent's."], _faults);
    }

    [Theory, Trait("Behaviour", "B45")]
    [InlineData("await")]
    [InlineData("ConfigureAwait")]
    [InlineData("AsTask")]
    public void Faulted_TheRunInFrontHasTriedToAwaitTheOneBehind_IsRaised(string way)
    {
        TaskCommand<bool>? command = null;
        command = new TaskCommand<bool>(_window, async (isFirst, _) =>
        {
            if (!isFirst)
            {
                throw new IOException("The second's.");
            }

            await TryAsync(way, command!.ExecuteAsync(false));
        })
        {
            Policy = CommandPolicy.Queue,
        };

        command.ExecuteAsync(true);
        _loop.RunUntilIdle();

        Assert.Single(_refusals);
        Assert.Equal(["The second's."], _faults);
    }

    [Fact, Trait("Behaviour", "B45")]
    public void Faulted_OnlyAChildOfTheGroupHasTriedToAwait_IsRaised()
    {
        _window.Run(async task =>
        {
            BackgroundTask? group = null;
            group = task.RunGroupAsync(async children =>
            {
                await Task.Yield();
                await children.Run(() => TryAsync("await", group!));
                throw new IOException("The group's.");
            });
            await task.Delay(Second);
        });
        _loop.Advance(Second);

        Assert.Single(_refusals);
        Assert.Equal(["The group's."], _faults);
    }

    [Theory, Trait("Behaviour", "B46")]
    [MemberData(nameof(WaysToWait))]
    public void Fault_AnotherAwaitWasRefused_ArrivesAtTheOneThatWaits(string way)
    {
        BackgroundTask<int>? self = null;
        self = _window.Run<int>(async () =>
        {
            await Task.Yield();
            await TryAsync(way, self!);
            throw new IOException("Its own.");
        });
        Task waiter = self.AsTask();

        _loop.RunUntilEnded(waiter);

        Assert.Single(_refusals);
        Assert.IsType<IOException>(waiter.Exception!.InnerException);
        Assert.Empty(_faults);
    }

    private static Task WaitAsync(string way, BackgroundTask task) => way switch
    {
        "AsTask" => task.AsTask(),
        "ConfigureAwait" => Configured(task),
        _ => Plain(task),
    };

    private static async Task Plain(BackgroundTask task) => await task;

    private static async Task Configured(BackgroundTask task) => await task.ConfigureAwait(false);

    private Task TryAsync(string way, BackgroundTask task) =>
        NoteAsync(() => task is BackgroundTask<int> withResult ? Waits[way](withResult) : WaitAsync(way, task));

    private async Task NoteAsync(Func<Task> wait)
    {
        try
        {
            await wait();
        }
        catch (InvalidOperationException refusal)
        {
            _refusals.Add(refusal.Message);
        }
    }
}
