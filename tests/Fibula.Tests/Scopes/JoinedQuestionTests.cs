using Fibula.Diagnostics;
using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Scopes;

/// <summary>A window on a UI thread of its own has tasks that ask, and its owner is to close. Two loops on one thread, as in <see cref="Scopes.JoinedRootTests"/>.</summary>
public sealed class JoinedQuestionTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TestLoop _otherLoop = StartedLoop.Create();
    private readonly UiApp _app;
    private readonly TaskScope _window;
    private readonly TaskCompletionSource _finish = new();
    private readonly BackgroundTask _task;
    private readonly List<CloseQuestion> _asked = [];

    public JoinedQuestionTests()
    {
        _app = _loop.UseFibula();
        _loop.RunUntilIdle();
        _window = new TaskScope(_otherLoop, "second window", _app.Tasks);
        _task = Start(_window, "Plot");
    }

    [Fact]
    [Trait("Behaviour", "B84")]
    public void Question_OfTheOwner_ListsTheTasksOfBoth()
    {
        Start(_app.Tasks, "Export");
        Start(new TaskScope(new TestLoop(), "third window", _window), "Print");
        Answer(CloseAnswer.Stay);

        Task<CloseReport?> close = _app.Tasks.RequestCloseAsync();
        Run(close);

        CloseQuestion question = Assert.Single(_asked);
        Assert.Equal(["Export", "Plot", "Print"], question.Tasks.Select(task => task.Name).Order());
        Assert.Equal([CloseAnswer.Wait, CloseAnswer.Cancel, CloseAnswer.Stay], question.Answers);
        Assert.Null(close.Result);
        Assert.Equal(BackgroundTaskState.Running, _task.State);
    }

    [Fact]
    [Trait("Behaviour", "B84")]
    public void Cancel_TellsTheTaskOverThere()
    {
        Answer(CloseAnswer.Cancel);

        Task<CloseReport?> close = _app.Tasks.RequestCloseAsync("The program ends.");
        Run(close);

        Assert.Equal(BackgroundTaskState.Canceled, _task.State);
        Assert.Equal("The program ends.", _task.CancelReason!.Message);
        Assert.Single(_asked);
    }

    [Fact]
    [Trait("Behaviour", "B84")]
    public void Wait_LeavesTheTaskOverThereAlone_AndClosesAfterIt()
    {
        Answer(CloseAnswer.Wait);

        Task<CloseReport?> close = _app.Tasks.RequestCloseAsync();
        _loop.RunUntil(() => _app.Tasks.Snapshot().Tasks.Any(task => task.State == BackgroundTaskState.Canceling));
        _otherLoop.RunUntilIdle();
        _loop.Advance(TimeSpan.FromHours(1));
        _otherLoop.Advance(TimeSpan.FromHours(1));
        (BackgroundTaskState State, bool IsClosed) meanwhile = (_task.State, close.IsCompleted);
        _finish.SetResult();
        Run(close);

        Assert.Equal((BackgroundTaskState.Running, false), meanwhile);
        Assert.Equal(BackgroundTaskState.Succeeded, _task.State);
        Assert.Equal(0, close.Result!.LivingCount);
    }

    [Theory]
    [InlineData(CloseAnswer.Stay, ExitDecision.Refused)]
    [InlineData(CloseAnswer.Cancel, ExitDecision.Leaving)]
    [Trait("Behaviour", "B84")]
    public void Exit_OfTheOwner_AsksToo(CloseAnswer answer, ExitDecision expected)
    {
        Answer(answer);

        Task<ExitDecision> decision = _app.RequestExitAsync();
        Run(decision);

        Assert.Equal(expected, decision.Result);
        Assert.Equal("Plot", Assert.Single(Assert.Single(_asked).Tasks).Name);
    }

    [Fact]
    [Trait("Behaviour", "B84")]
    public void KeepRunning_ThatWasNotOffered_StaysAndSaysWhy()
    {
        Answer(CloseAnswer.KeepRunning);

        Task<CloseReport?> close = _app.Tasks.RequestCloseAsync();
        Run(close);
        _loop.RunUntilIdle();

        Assert.Null(close.Result);
        Assert.Equal(BackgroundTaskState.Running, _task.State);
        Assert.Equal(
            $"'Plot' is on another UI thread, which ends with '{_app.Tasks.Name}', so it cannot keep running. Answer with one of CloseQuestion.Answers.",
            Assert.Single(_loop.UnhandledFaults).Exception.Message);
    }

    [Fact]
    [Trait("Behaviour", "B84")]
    public void TheEndOfTheTaskOverThere_TakesTheQuestionBack()
    {
        _loop.OnAsk = question => new TaskCompletionSource<CloseAnswer>().Task.WaitAsync(question.CancellationToken);

        Task<CloseReport?> close = _app.Tasks.RequestCloseAsync();
        _loop.RunUntilIdle();
        _finish.SetResult();
        Run(close);

        Assert.NotNull(close.Result);
        Assert.Equal(BackgroundTaskState.Succeeded, _task.State);
    }

    [Fact]
    [Trait("Behaviour", "B84")]
    public void Changed_OfATaskOverThere_IsRaisedByTheClockOfTheOwner()
    {
        TaskContext context = null!;
        _window.Run(
            async task =>
            {
                context = task;
                await _finish.Task;
            },
            new TaskOptions { Name = "Print", OnClose = ClosePolicy.Ask });
        var shown = new List<string>();
        _loop.OnAsk = question =>
        {
            question.Changed += (_, _) => shown.Add(TaskText.Amount(question.Tasks[1].Progress));
            return new TaskCompletionSource<CloseAnswer>().Task;
        };

        _ = _app.Tasks.RequestCloseAsync();
        _loop.RunUntilIdle();
        context.Report(0.5);
        _otherLoop.RunUntilIdle();
        string[] before = [.. shown];
        _loop.Advance(Second);

        Assert.Empty(before);
        Assert.Equal(["50 %"], shown);
    }

    private void Answer(CloseAnswer answer) => _loop.OnAsk = question =>
    {
        _asked.Add(question);
        return Task.FromResult(answer);
    };

    private BackgroundTask Start(TaskScope scope, string name) =>
        scope.Run(token => _finish.Task.WaitAsync(token), new TaskOptions { Name = name, OnClose = ClosePolicy.Ask });

    // Both loops turn.
    private void Run(Task end) => _loop.RunUntil(() =>
    {
        _otherLoop.RunUntilIdle();
        return end.IsCompleted;
    });
}
