using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Scopes;

/// <summary>What a close does to work that runs again and again.</summary>
public sealed class RepeatedWorkCloseTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _window;
    private int _runs;

    public RepeatedWorkCloseTests()
    {
        _window = new TaskScope(_loop, "window");
    }

    public static TheoryData<string, string> Idle => new MatrixTheoryData<string, string>(["every second", "while shown, hidden", "while shown, done"], ["Finish", "Ask", "Cancel"]);

    [Theory, Trait("Behaviour", "B94")]
    [MemberData(nameof(Idle))]
    public void CloseAsync_WorkBetweenItsRuns_EndsAtOnce(string kind, string policy)
    {
        BackgroundTask task = Repeat(kind, policy, _ => Task.CompletedTask);
        _loop.Advance(TimeSpan.FromSeconds(2.5));
        int before = _runs;

        Task<CloseReport?> close = _window.RequestCloseAsync();
        _loop.RunUntilEnded(close);

        Assert.Equal(BackgroundTaskState.Canceled, task.State);
        Assert.Equal((TimeSpan.Zero, before), (close.Result!.Duration, _runs));
    }

    [Theory, Trait("Behaviour", "B94")]
    [InlineData("every second")]
    [InlineData("while shown")]
    public void CloseAsync_WorkInTheMiddleOfARun_EndsAfterThatRun(string kind)
    {
        BackgroundTask task = Repeat(kind, "Finish", run => run.Delay(3 * Second));
        _loop.Advance(1.5 * Second);

        Task<CloseReport> close = _window.CloseAsync();
        _loop.RunUntilEnded(close);

        Assert.Equal((BackgroundTaskState.Canceled, 1), (task.State, _runs));
        Assert.InRange(close.Result.Duration, 1.4 * Second, 2.6 * Second);
    }

    [Fact, Trait("Behaviour", "B94")]
    public void RequestCloseAsync_AnsweredWithWait_EndsAfterTheRunInProgress()
    {
        _loop.OnAsk = _ => Task.FromResult(CloseAnswer.Wait);
        BackgroundTask task = Repeat("every second", "Ask", run => run.Delay(3 * Second));
        _loop.Advance(1.5 * Second);

        Task<CloseReport?> close = _window.RequestCloseAsync();
        _loop.RunUntilEnded(close);

        Assert.Equal((BackgroundTaskState.Canceled, 1), (task.State, _runs));
    }

    [Fact, Trait("Behaviour", "B23")]
    public void RunWhileShown_KeyThatCannotBeCompared_FailsAndCancelsTheRun()
    {
        var key = new ObservableValue<Fussy>(new Fussy(0));
        BackgroundTask? run = null;
        _window.TaskStarted += task => run = task;
        BackgroundTask whole = _window.RunWhileShown(key, (_, task) => task.Delay(TimeSpan.FromHours(1)));
        _loop.RunUntilIdle();

        key.Value.Throws = true;
        Assert.Throws<InvalidOperationException>(() => key.Value = new Fussy(1));
        _window.IsShown = false;
        _window.IsShown = true;
        _loop.RunUntilEnded(whole);

        Assert.Equal((BackgroundTaskState.Faulted, BackgroundTaskState.Canceled), (whole.State, run!.State));
    }

    private BackgroundTask Repeat(string kind, string policy, Func<TaskContext, Task> work)
    {
        ClosePolicy onClose = policy switch
        {
            "Finish" => ClosePolicy.Finish(6 * Second),
            "Ask" => ClosePolicy.Ask,
            _ => ClosePolicy.Cancel,
        };
        var options = new TaskOptions { OnClose = onClose };
        if (kind == "every second")
        {
            return _window.RunEvery(Second, RunAsync, options);
        }

        _window.IsShown = kind != "while shown, hidden";
        return _window.RunWhileShown(RunAsync, options);

        Task RunAsync(TaskContext task)
        {
            _runs++;
            return work(task);
        }
    }

    private sealed class Fussy(int value)
    {
        public bool Throws { get; set; }

        public override bool Equals(object? obj) => Throws ? throw new InvalidOperationException("Not comparable.") : obj is Fussy other && other.GetHashCode() == value;

        public override int GetHashCode() => value;
    }
}
