using System.Runtime.CompilerServices;
using System.Windows.Input;
using static Fibula.BackgroundTaskState;

namespace Fibula.Tests.Commands;

/// <summary>What a command says and does when its scope closes.</summary>
public sealed class TaskCommandClosingTests : CommandTests
{
    private readonly List<string> _raised = [];

    public static TheoryData<string> Closers => ["the window", "a scope around it", "the app", "another thread"];

    [Theory, Trait("Behaviour", "B95")]
    [MemberData(nameof(Closers))]
    public void CloseAsync_OfAnIdleCommand_DisablesItBeforeTheCloseIsOver(string closer)
    {
        TaskScope inner = _window.CreateChild("panel").CreateChild("view");
        var command = new TaskCommand(inner, SearchAsync);
        var beside = new TaskCommand(_window.CreateChild("beside"), SearchAsync);
        Note(command);
        beside.CanExecuteChanged += (_, _) => _raised.Add("beside");

        Task closed = NoteEndAsync(closer switch
        {
            "the window" => inner.CloseAsync(),
            "a scope around it" => inner.CloseAsync(),
            "the app" => _window.CloseAsync(),
            _ => Task.Run(() => inner.CloseAsync()),
        });
        _loop.RunUntilEnded(closed);
        _loop.RunUntilIdle();

        Assert.Equal(closer == "the app" ? ["CanExecute: False", "beside", "closed"] : ["CanExecute: False", "closed"], _raised);
        Assert.Equal(closer == "the app", !beside.CanExecute());
    }

    [Fact, Trait("Behaviour", "B63")]
    public void CanExecute_WhileTheScopeCloses_IsFalseAlsoWhenARunEnds()
    {
        var command = new TaskCommand(_window, SlowToStopAsync);
        Note(command);

        BackgroundTask run = command.ExecuteAsync();
        Task close = _window.CloseAsync();
        bool whileClosing = command.CanExecute();
        bool clicked = command.ExecuteAsync().State == Canceled;
        _loop.RunUntilEnded(close);
        _loop.RunUntilIdle();

        Assert.Equal((false, true, Canceled), (whileClosing, clicked, run.State));
        Assert.Equal(["CanExecute: False"], _raised);
    }

    [Theory, Trait("Behaviour", "B63")]
    [InlineData("its delay")]
    [InlineData("a slot")]
    public void ExecuteAsync_InTheCleanUpOfATaskThatWasTold_DoesNotWait(string what)
    {
        var command = new TaskCommand(_window, SlowToStopAsync)
        {
            Policy = CommandPolicy.Queue,
            Debounce = what == "its delay" ? TimeSpan.FromDays(60) : TimeSpan.Zero,
        };
        BackgroundTask first = command.ExecuteAsync();
        BackgroundTaskState? atOnce = null;
        _window.Run(async task =>
        {
            try
            {
                await task.Delay(TimeSpan.FromHours(1));
            }
            finally
            {
                atOnce = command.ExecuteAsync().State;
            }
        });
        _loop.RunUntilIdle();

        Task<CloseReport> close = _window.CloseAsync();
        _loop.RunUntilEnded(close);

        Assert.Equal((Canceled, Canceled), (first.State, atOnce));
        Assert.Empty(close.Result.Survivors);
    }

    [Fact, Trait("Behaviour", "B14")]
    public void Last_AfterTheClose_IsNullAndHeldByNothing()
    {
        bool fails = false;
        var command = new TaskCommand(_window, async task =>
        {
            await task.Delay(Second);
            if (fails)
            {
                throw new InvalidOperationException();
            }
        });
        _window.Faulted += static fault => fault.Handled = true;
        List<(string Name, WeakReference Run)> runs = RunThree(command, () => fails = true);
        bool hadAll = command is { Last: not null, LastSucceeded: not null, LastFaulted: not null, LastCanceled: not null };

        _loop.RunUntilEnded(_window.CloseAsync());
        _loop.RunUntilIdle();
        Collector.Collect();
        IEnumerable<string> held = runs.Where(static run => run.Run.IsAlive).Select(static run => run.Name);

        Assert.True(hadAll);
        Assert.Equal((null, null, null, null), (command.Last, command.LastSucceeded, command.LastFaulted, command.LastCanceled));
        Assert.Empty(held);
    }

    [Fact]
    public void Subscriber_OfACloseThatAsksForARun_IsRefused()
    {
        TaskCommand command = Command(CommandPolicy.Queue);
        BackgroundTask? late = null;
        command.CanExecuteChanged += (_, _) => late = command.ExecuteAsync();

        _loop.RunUntilEnded(_window.CloseAsync());

        Assert.Equal(Canceled, late!.State);
        Assert.Empty(_ran);
    }

    [Fact]
    public void NotifyCanExecuteChanged_AfterTheClose_RaisesNothing()
    {
        TaskCommand command = Command(CommandPolicy.Drop);
        _loop.RunUntilEnded(_window.CloseAsync());
        Note(command);

        command.NotifyCanExecuteChanged();
        _loop.RunUntilIdle();

        Assert.Empty(_raised);
    }

    [Fact, Trait("Behaviour", "B65")]
    public void OneLimit_WhoseOtherCommandEndsAfterTheClose_RaisesNothingForTheClosedOne()
    {
        var limit = new TaskLimit(1);
        TaskScope other = _window.CreateChild("other");
        TaskScope view = _window.CreateChild("view");
        var save = new TaskCommand(other, SearchAsync) { Limit = limit };
        var load = new TaskCommand(view, SearchAsync) { Limit = limit };
        BackgroundTask run = save.ExecuteAsync();
        _loop.RunUntilEnded(view.CloseAsync());
        load.CanExecuteChanged += (_, _) => _raised.Add("load");
        load.PropertyChanged += (_, _) => _raised.Add("load");

        _loop.RunUntilEnded(run);
        _loop.RunUntilIdle();

        Assert.Empty(_raised);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private List<(string Name, WeakReference Run)> RunThree(TaskCommand command, Action fail)
    {
        var runs = new List<(string, WeakReference)>();
        Add("succeeded", command.ExecuteAsync());
        BackgroundTask stopped = command.ExecuteAsync();
        stopped.Cancel();
        Add("canceled", stopped);
        fail();
        Add("faulted", command.ExecuteAsync());
        return runs;

        void Add(string name, BackgroundTask run)
        {
            _loop.RunUntilEnded(run);
            _loop.RunUntilIdle();
            runs.Add((name, new WeakReference(run)));
        }
    }

    private void Note(TaskCommand command) => command.CanExecuteChanged += (_, _) => _raised.Add($"CanExecute: {((ICommand)command).CanExecute(null)}");

    private async Task NoteEndAsync(Task close)
    {
        await close;
        _raised.Add("closed");
    }
}
