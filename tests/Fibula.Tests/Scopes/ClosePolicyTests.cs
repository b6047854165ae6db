using Fibula.Diagnostics;
using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Scopes;

public sealed class ClosePolicyTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _app;
    private readonly TaskScope _window;
    private readonly List<CloseQuestion> _asked = [];

    public ClosePolicyTests()
    {
        _app = new TaskScope(_loop, "app");
        _window = _app.CreateChild("window");
    }

    [Fact, Trait("Behaviour", "B40")]
    public void ToString_OfEachPolicy_IsItsName()
    {
        ClosePolicy[] all = [ClosePolicy.Cancel, ClosePolicy.Abandon, ClosePolicy.Ask, ClosePolicy.Finish(TimeSpan.FromSeconds(2)), ClosePolicy.Finish(Timeout.InfiniteTimeSpan)];

        Assert.Equal(["Cancel", "Abandon", "Ask", "Finish(00:00:02)", "Finish"], all.Select(policy => policy.ToString()));
        Assert.Same(ClosePolicy.Cancel, ClosePolicy.Finish(TimeSpan.Zero));
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public void Finish_WaitsForItsTimeThenTells()
    {
        BackgroundTask task = _window.Run(async task => await task.Delay(Hour), new TaskOptions { OnClose = ClosePolicy.Finish(TimeSpan.FromSeconds(5)) });

        Task<CloseReport> close = _window.CloseAsync();
        _loop.RunUntilEnded(close);

        Assert.Equal(TimeSpan.FromSeconds(5), close.Result.Duration);
        Assert.Equal(BackgroundTaskState.Canceled, task.State);
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public void Finish_OfATaskThatEndsInTime_IsNotTold()
    {
        BackgroundTask task = _window.Run(
            async task => await task.Delay(TimeSpan.FromSeconds(2)),
            new TaskOptions { OnClose = ClosePolicy.Finish(TimeSpan.FromSeconds(5)) });

        Task<CloseReport> close = _window.CloseAsync();
        _loop.RunUntilEnded(close);

        Assert.Equal((TimeSpan.FromSeconds(2), BackgroundTaskState.Succeeded), (close.Result.Duration, task.State));
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public void Abandon_NeverDelays()
    {
        _window.Run(() => new TaskCompletionSource().Task, new TaskOptions { Name = "Upload", OnClose = ClosePolicy.Abandon });

        Task<CloseReport> close = _window.CloseAsync();
        _loop.RunUntilEnded(close);

        Assert.Equal(TimeSpan.Zero, close.Result.Duration);
        Assert.Equal("Upload", Assert.Single(close.Result.Abandoned).Name);
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public void Ask_IsAskedWithTheListOfWhatRuns()
    {
        Answer(CloseAnswer.Cancel);
        StartAsking("Export");
        StartAsking("Upload");
        _window.Run(task => task.Delay(Hour), new TaskOptions { Name = "Tick" });

        _loop.RunUntilEnded(_window.RequestCloseAsync());

        CloseQuestion question = Assert.Single(_asked);
        Assert.Equal(("window", false), (question.Name, question.IsExit));
        Assert.Equal(["Export", "Upload"], question.Tasks.Select(task => task.Name));
        Assert.Equal([CloseAnswer.Wait, CloseAnswer.Cancel, CloseAnswer.KeepRunning, CloseAnswer.Stay], question.Answers);
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public void Ask_Cancel_TellsTheTask()
    {
        Answer(CloseAnswer.Cancel);
        BackgroundTask task = StartAsking("Export");

        Task<CloseReport?> close = _window.RequestCloseAsync("The user closes.");
        _loop.RunUntilEnded(close);

        Assert.Equal("The user closes.", task.CancelReason!.Message);
        Assert.Equal("Export", Assert.Single(close.Result!.Canceled).Name);
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public void Ask_Stay_LeavesEverythingAsItIs()
    {
        Answer(CloseAnswer.Stay);
        BackgroundTask task = StartAsking("Export");
        BackgroundTask other = _window.Run(task => task.Delay(Hour));

        Task<CloseReport?> close = _window.RequestCloseAsync();
        _loop.RunUntilEnded(close);

        Assert.Null(close.Result);
        Assert.Equal((BackgroundTaskState.Running, BackgroundTaskState.Running), (task.State, other.State));
        Assert.Equal(BackgroundTaskState.Succeeded, _window.Run(() => Task.CompletedTask).State);
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public void Ask_AnAnswerThatThereIsNot_IsAFaultAndStays()
    {
        Answer((CloseAnswer)99);
        BackgroundTask task = StartAsking("Export");

        Task<CloseReport?> close = _window.RequestCloseAsync();
        _loop.RunUntilEnded(close);
        _loop.RunUntilIdle();

        Assert.Null(close.Result);
        Assert.Equal(BackgroundTaskState.Running, task.State);
        Assert.Equal(
            "The question about 'window' was answered with '99'. Answer with one of CloseQuestion.Answers.",
            Assert.Single(_loop.UnhandledFaults).Exception.Message);
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public void Ask_Wait_ClosesWhenTheTaskHasEnded()
    {
        Answer(CloseAnswer.Wait);
        BackgroundTask task = StartAsking("Export", TimeSpan.FromMinutes(20));

        Task<CloseReport?> close = _window.RequestCloseAsync();
        _loop.RunUntilEnded(close);

        Assert.Equal(BackgroundTaskState.Succeeded, task.State);
        Assert.Equal(TimeSpan.FromMinutes(20), close.Result!.Duration);
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public void Ask_KeepRunning_MovesTheTaskToTheApp()
    {
        Answer(CloseAnswer.KeepRunning);
        BackgroundTask task = StartAsking("Export");

        Task<CloseReport?> close = _window.RequestCloseAsync();
        _loop.RunUntilEnded(close);

        Assert.Same(_app, task.Scope);
        Assert.Equal(BackgroundTaskState.Running, task.State);
        Assert.Equal(0, close.Result!.LivingCount);
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public void Ask_ATaskThatEndsMeanwhile_TakesTheQuestionBack()
    {
        var never = new TaskCompletionSource<CloseAnswer>();
        CancellationToken takenBack = default;
        _loop.OnAsk = question =>
        {
            takenBack = question.CancellationToken;
            return never.Task;
        };
        StartAsking("Export", TimeSpan.FromSeconds(3));

        Task<CloseReport?> close = _window.RequestCloseAsync();
        _loop.RunUntilEnded(close);

        Assert.True(takenBack.IsCancellationRequested);
        Assert.NotNull(close.Result);
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public void Ask_AQuestionThatIsTakenBackAndNeverAnswered_HoldsUpNothing()
    {
        _loop.OnAsk = _ => new TaskCompletionSource<CloseAnswer>().Task;
        StartAsking("Export", TimeSpan.FromSeconds(3));
        _loop.RunUntilEnded(_window.RequestCloseAsync());

        Task<CloseReport> close = _app.CloseAsync();
        _loop.RunUntilEnded(close);

        Assert.Equal(TimeSpan.Zero, close.Result.Duration);
        Assert.Empty(close.Result.Abandoned);
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public void Ask_ATaskWithChildren_IsAskedAboutTheTaskAlone()
    {
        Answer(CloseAnswer.Cancel);
        _window.Run(
            async task =>
            {
                task.Run(child => child.Delay(Hour), new TaskOptions { Name = "part" });
                await task.Delay(Hour);
            },
            new TaskOptions { Name = "Export", OnClose = ClosePolicy.Ask });

        _loop.RunUntilEnded(_window.RequestCloseAsync());

        Assert.Equal(["Export"], Assert.Single(_asked).Tasks.Select(task => task.Name));
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public void Ask_Twice_IsOneQuestion()
    {
        var answer = new TaskCompletionSource<CloseAnswer>();
        _loop.OnAsk = question =>
        {
            _asked.Add(question);
            return answer.Task;
        };
        StartAsking("Export");

        Task<CloseReport?> close = _window.RequestCloseAsync();
        Task<CloseReport?> again = _window.RequestCloseAsync();
        answer.SetResult(CloseAnswer.Stay);
        _loop.RunUntilEnded(Task.WhenAll(close, again));

        Assert.Single(_asked);
        Assert.Null(again.Result);
    }

    [Theory]
    [Trait("Behaviour", "B40")]
    [InlineData("Close 'window'?", false, BackgroundTaskState.Running)]
    [InlineData("Export", true, BackgroundTaskState.Canceled)]
    public void Ask_AQuestionThatIsCanceled_CountsAsStay(string canceled, bool isClosed, BackgroundTaskState expected)
    {
        _loop.OnAsk = question => new TaskCompletionSource<CloseAnswer>().Task.WaitAsync(question.CancellationToken);
        BackgroundTask task = StartAsking("Export");
        Task<CloseReport?> close = _window.RequestCloseAsync();
        _loop.RunUntilIdle();

        using var panel = new TaskBoard(_app);
        _loop.RunUntilIdle();
        panel.Cancel(Tasks(_app.Snapshot()).Single(row => row.Name == canceled).Id);      // the question has no row
        _loop.RunUntilEnded(close);

        Assert.Equal(isClosed, close.Result is not null);
        Assert.Equal(expected, task.State);
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public void Ask_AQuestionThatFails_CountsAsStay()
    {
        _loop.OnAsk = _ => throw new InvalidOperationException("No screen.");
        BackgroundTask task = StartAsking("Export");

        Task<CloseReport?> close = _window.RequestCloseAsync();
        _loop.RunUntilEnded(close);
        _loop.RunUntilIdle();

        Assert.Null(close.Result);
        Assert.Equal(BackgroundTaskState.Running, task.State);
        Assert.Equal("No screen.", Assert.Single(_loop.UnhandledFaults).Exception.Message);
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public void Ask_ByCloseAsync_IsAsCancel()
    {
        Answer(CloseAnswer.Stay);
        BackgroundTask task = StartAsking("Export");

        _loop.RunUntilEnded(_window.CloseAsync());

        Assert.Empty(_asked);
        Assert.Equal(BackgroundTaskState.Canceled, task.State);
    }

    [Theory]
    [Trait("Behaviour", "B40")]
    [InlineData(CloseAnswer.Stay, ExitDecision.Refused)]
    [InlineData(CloseAnswer.Cancel, ExitDecision.Leaving)]
    public void Exit_AsksToo(CloseAnswer answer, ExitDecision expected)
    {
        Answer(answer);
        UiApp app = _loop.UseFibula();
        app.Tasks.Run(async task => await task.Delay(Hour), new TaskOptions { Name = "Export", OnClose = ClosePolicy.Ask });

        Task<ExitDecision> decision = app.RequestExitAsync();
        _loop.RunUntilEnded(decision);

        Assert.Equal(expected, decision.Result);
        CloseQuestion question = Assert.Single(_asked);
        Assert.True(question.IsExit);
        Assert.Equal([CloseAnswer.Wait, CloseAnswer.Cancel, CloseAnswer.Stay], question.Answers);
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public void Exit_ByASignal_DoesNotAsk()
    {
        Answer(CloseAnswer.Stay);
        UiApp app = _loop.UseFibula();
        app.Tasks.Run(async task => await task.Delay(Hour), new TaskOptions { OnClose = ClosePolicy.Ask });

        Task<ExitDecision> decision = app.RequestExitAsync(ExitCause.SessionEnding);
        _loop.RunUntilEnded(decision);

        Assert.Equal(ExitDecision.Leaving, decision.Result);
        Assert.Empty(_asked);
    }

    private void Answer(CloseAnswer answer) => _loop.OnAsk = question =>
    {
        _asked.Add(question);
        return Task.FromResult(answer);
    };

    private BackgroundTask StartAsking(string name, TimeSpan? duration = null) =>
        _window.Run(async task => await task.Delay(duration ?? Hour), new TaskOptions { Name = name, OnClose = ClosePolicy.Ask });

    private static IEnumerable<TaskSnapshot> Tasks(ScopeSnapshot scope) => scope.Tasks.Concat(scope.Children.SelectMany(Tasks));
}
