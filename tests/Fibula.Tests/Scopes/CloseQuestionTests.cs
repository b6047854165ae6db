using System.ComponentModel;
using Fibula.Diagnostics;
using Fibula.Testing;
using Fibula.Tests.Loops;
using Microsoft.Extensions.Time.Testing;

namespace Fibula.Tests.Scopes;

/// <summary>What a dialog hears while its question is open.</summary>
public sealed class CloseQuestionTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource<CloseAnswer> _answer = new();
    private readonly TaskCompletionSource _finish = new();
    private readonly List<string> _shown = [];
    private CloseQuestion _question = null!;
    private Action _answerOnTakeBack;

    public CloseQuestionTests()
    {
        _answerOnTakeBack = () => _answer.TrySetResult(CloseAnswer.Cancel);
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public void Changed_WhileTheTasksReportNothing_IsRaisedOnceASecond()
    {
        TestLoop loop = StartedLoop.Create();
        Ask(loop, Show);

        loop.Advance(Second * 3.5);
        _answer.SetResult(CloseAnswer.Stay);
        loop.RunUntilIdle();
        loop.Advance(Second * 3);

        Assert.Equal(["Export: 0:01", "Export: 0:02", "Export: 0:03"], _shown);
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public void Changed_ByTheClock_IsRaisedOnTheUiThread()
    {
        var clock = new FakeTimeProvider();
        var loop = new TestLoop(clock);
        int? thread = null;
        Ask(loop, (_, _) => thread = Environment.CurrentManagedThreadId);

        var other = new Thread(() => clock.Advance(Second));
        other.Start();
        other.Join();
        int? before = thread;
        loop.RunUntilIdle();

        Assert.Equal((null, Environment.CurrentManagedThreadId), (before, thread));
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public void Changed_OfASubscriberThatThrows_ReachesTheOthers()
    {
        TestLoop loop = StartedLoop.Create();
        Ask(loop, (_, _) => throw new InvalidOperationException("No screen."));
        _question.Changed += Show;

        loop.Advance(Second * 2);

        Assert.Equal(["Export: 0:01", "Export: 0:02"], _shown);
    }

    [Theory]
    [InlineData("answered")]
    [InlineData("taken back")]
    [InlineData("the app leaves")]
    [InlineData("nobody shows it")]
    [Trait("Behaviour", "B40")]
    public void Timer_OnceTheQuestionIsOver_IsNone(string end)
    {
        var clock = new CountingTimeProvider();
        var loop = new TestLoop(clock);
        UiApp app = Ask(loop, Show);
        int before = clock.Live;

        switch (end)
        {
            case "answered":
                _answer.SetResult(CloseAnswer.Stay);
                break;
            case "taken back":
                _finish.SetResult();
                break;
            case "the app leaves":
                app.Exit();
                break;
            default:
                _question.Changed -= Show;
                break;
        }

        loop.RunUntil(() => clock.Live == 0);
        _question.Changed += end == "nobody shows it" ? null : Show;
        Assert.Equal((1, 0), (before, clock.Live));
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public void Report_AfterTheQuestionWasTakenBack_DoesNotNameTheDialog()
    {
        TestLoop loop = StartedLoop.Create();
        UiApp app = Ask(loop, Show);
        _answerOnTakeBack = static () => { };
        _finish.SetResult();
        loop.RunUntilIdle();

        app.Exit();
        loop.RunUntilIdle();

        Assert.Empty(app.CloseReport!.Abandoned);
        Assert.Equal(0, app.CloseReport.LivingCount);
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public void Dialog_ThatFailsAfterTheQuestionWasTakenBack_IsAFault()
    {
        TestLoop loop = StartedLoop.Create();
        Ask(loop, Show);
        _answerOnTakeBack = () => _answer.TrySetException(new InvalidOperationException("No screen."));

        _finish.SetResult();
        loop.RunUntil(() => loop.UnhandledFaults.Count > 0);

        Assert.Equal("No screen.", Assert.Single(loop.UnhandledFaults).Exception.Message);
    }

    [Theory]
    [InlineData(1, "Wait for it, Cancel it, Keep it running, Stay")]
    [InlineData(2, "Wait for them, Cancel them, Keep them running, Stay")]
    [Trait("Behaviour", "B40")]
    public void Answers_OnTheirButtons_SpeakOfAsManyTasksAsThereAre(int tasks, string expected)
    {
        Ask(StartedLoop.Create(), Show, tasks);

        Assert.Equal(expected, string.Join(", ", _question.Answers.Select(answer => TaskText.Answer(answer, _question))));
    }

    private UiApp Ask(TestLoop loop, PropertyChangedEventHandler onChanged, int tasks = 1)
    {
        loop.OnAsk = question =>
        {
            _question = question;
            question.Changed += onChanged;
            question.CancellationToken.Register(() => _answerOnTakeBack());
            return _answer.Task;
        };
        UiApp app = loop.UseFibula();
        loop.RunUntilIdle();
        TaskScope window = app.Tasks.CreateChild("window");
        for (int task = 0; task < tasks; task++)
        {
            window.Run(token => _finish.Task.WaitAsync(token), new TaskOptions { Name = "Export", OnClose = ClosePolicy.Ask });
        }

        _ = window.RequestCloseAsync();
        loop.RunUntilIdle();
        return app;
    }

    private void Show(object? sender, PropertyChangedEventArgs e) => _shown.AddRange(_question.Tasks.Select(TaskText.Line));
}
