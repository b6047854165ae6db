using Fibula.Testing;
using Fibula.Toolkits;

namespace Fibula.Tests.Toolkits;

public sealed class WindowClosingTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly TestLoop _loop = new();
    private readonly UiApp _app;
    private readonly FakeWindow _window;

    public WindowClosingTests()
    {
        _app = _loop.UseFibula();
        _loop.RunUntilIdle();
        _window = new FakeWindow(_loop, "Import");
    }

    [Fact]
    [Trait("Behaviour", "B96")]
    public void Click_WithALiveTask_ClosesOnceTheTaskHasEnded()
    {
        BackgroundTask task = _window.Tasks.Run(CleanUpAsync(Second));

        bool isClosedAtOnce = _window.Click();
        _loop.RunUntilEnded(task);
        bool isOpenWithIt = _window.IsOpen;
        _loop.RunUntil(() => !_window.IsOpen);

        Assert.False(isClosedAtOnce);
        Assert.True(isOpenWithIt);
        Assert.Equal("'Import' was closed.", task.CancelReason!.Message);
        Assert.Equal("closed", _window.Log[^1]);
        Assert.Single(_window.Log, "closed");
    }

    [Fact]
    [Trait("Behaviour", "B96")]
    public void Click_OnALoopWithoutAnApp_ClosesAtOnce()
    {
        var loop = new TestLoop();
        loop.RunUntilIdle();
        var window = new AppLessWindow(loop);
        window.WaitForTasks(static () => Task.FromResult(false));

        bool isHeld = window.Click();
        loop.RunUntilIdle();

        Assert.False(isHeld);
        Assert.Empty(loop.UnhandledFaults);
    }

    [Fact]
    [Trait("Behaviour", "B96")]
    public void Click_WithoutATask_ClosesAtOnce()
    {
        Assert.True(_window.Click());

        Assert.Equal(["closed"], _window.Log);
    }

    [Theory]
    [InlineData("abandoned")]
    [InlineData("between two runs")]
    [InlineData("of another window")]
    [Trait("Behaviour", "B96")]
    public void Click_WithNothingToWaitFor_ClosesAtOnce(string work)
    {
        switch (work)
        {
            case "abandoned":
                _window.Tasks.Run(static () => new TaskCompletionSource().Task, new TaskOptions { OnClose = ClosePolicy.Abandon });
                break;
            case "between two runs":
                _window.Tasks.RunEvery(Second, static () => Task.CompletedTask, new TaskOptions { OnClose = ClosePolicy.Finish(Second) });
                break;
            default:
                new FakeWindow(_loop, "Other").Tasks.Run(static token => ForeverAsync(token));
                break;
        }

        _loop.RunUntilIdle();

        Assert.True(_window.Click());
    }

    [Fact]
    [Trait("Behaviour", "B96")]
    public void Click_WhileARunOfRepeatedWorkIsInProgress_WaitsForThatRun()
    {
        var run = new TaskCompletionSource();
        BackgroundTask repeated = _window.Tasks.RunEvery(Second, () => run.Task, new TaskOptions { OnClose = ClosePolicy.Finish(Second) });
        _loop.Advance(Second);

        bool isClosedAtOnce = _window.Click();
        run.SetResult();
        _loop.RunUntil(() => !_window.IsOpen);

        Assert.False(isClosedAtOnce);
        Assert.True(repeated.IsCompleted);
    }

    [Fact]
    [Trait("Behaviour", "B96")]
    public void WaitForTasks_False_ClosesAtOnceAndTellsTheTasks()
    {
        BackgroundTask task = _window.Tasks.Run(CleanUpAsync(Second));
        _window.WaitForTasks(waits: false);
        _loop.RunUntilIdle();

        bool isClosedAtOnce = _window.Click();
        _loop.RunUntilEnded(task);

        Assert.True(isClosedAtOnce);
        Assert.Equal("'Import' was closed.", task.CancelReason!.Message);
    }

    [Fact]
    [Trait("Behaviour", "B96")]
    public void WaitForTasks_TrueAfterFalse_WaitsAgain()
    {
        _window.Tasks.Run(CleanUpAsync(Second));
        _window.WaitForTasks(waits: false);
        _window.WaitForTasks(waits: true);
        _loop.RunUntilIdle();

        Assert.False(_window.Click());
    }

    [Fact]
    [Trait("Behaviour", "B96")]
    public void Click_WhileTheWindowWaits_KeepsInputOutAndSaysSoAfterAMoment()
    {
        _window.Tasks.Run(CleanUpAsync(Second));
        _loop.RunUntilIdle();

        _window.Click();
        _loop.Advance(TimeSpan.FromMilliseconds(299));
        string? atFirst = _window.ShownTitle;
        _loop.Advance(TimeSpan.FromMilliseconds(1));
        string? afterAMoment = _window.ShownTitle;
        _loop.RunUntil(() => !_window.IsOpen);

        Assert.Equal(("Import", "Waiting for tasks: Import"), (atFirst, afterAMoment));
        Assert.Equal(["held", "no input", "title Waiting for tasks: Import", "input", "title Import", "closed"], _window.Log);
    }

    [Fact]
    [Trait("Behaviour", "B96")]
    public void Title_ThatTheProgramSetsWhileTheWindowWaits_Stays()
    {
        _window.Tasks.Run(CleanUpAsync(Second));
        _loop.RunUntilIdle();

        _window.Click();
        _loop.Advance(TimeSpan.FromMilliseconds(300));
        _window.ShownTitle = "Import of 3 files";
        _loop.RunUntil(() => !_window.IsOpen);

        Assert.Equal("Import of 3 files", _window.ShownTitle);
    }

    [Fact]
    [Trait("Behaviour", "B96")]
    public void Click_WhenTheTaskEndsAtOnce_LeavesTheTitleAlone()
    {
        _window.Tasks.Run(static token => ForeverAsync(token));
        _loop.RunUntilIdle();

        _window.Click();
        _loop.RunUntil(() => !_window.IsOpen);
        _loop.Advance(Second);

        Assert.Equal(["held", "no input", "input", "closed"], _window.Log);
    }

    [Fact]
    [Trait("Behaviour", "B96")]
    public void Click_OfAnOwner_WaitsOnceForItsOwnTasksAndThoseOfItsWindows()
    {
        var owned = new FakeWindow(_loop, "Owned");
        _window.Own(owned);
        BackgroundTask own = _window.Tasks.Run(CleanUpAsync(Second));
        BackgroundTask other = owned.Tasks.Run(CleanUpAsync(2 * Second));
        _loop.RunUntilIdle();

        _window.Click();
        _loop.RunUntilEnded(own);
        bool isOpenMeanwhile = _window.IsOpen;
        _loop.RunUntilEnded(other);
        _loop.RunUntil(() => !_window.IsOpen);

        Assert.True(isOpenMeanwhile);
        Assert.Equal(2 * Second, other.Elapsed);
        Assert.Equal("'Import' was closed.", other.CancelReason!.Message);
        Assert.Equal((false, false), (_window.IsOpen, owned.IsOpen));
        Assert.Single(_window.Log, "held");
        Assert.Equal(["no input", "input", "closed"], owned.Log.Where(static entry => !entry.StartsWith("title", StringComparison.Ordinal)));
    }

    [Fact]
    [Trait("Behaviour", "B80")]
    public void Click_WithAQuestionThatIsAnsweredWithNo_CancelsNothingAndStays()
    {
        var answer = new TaskCompletionSource<bool>();
        int asked = 0;
        _window.WaitForTasks(() =>
        {
            asked++;
            return answer.Task;
        });
        BackgroundTask task = _window.Tasks.Run(static token => ForeverAsync(token));
        _loop.RunUntilIdle();

        _window.Click();
        _window.Click();
        _loop.RunUntilIdle();
        answer.SetResult(false);
        _loop.RunUntil(() => !_window.IsHeldBack);

        Assert.Equal((1, BackgroundTaskState.Running, false), (asked, task.State, _window.IsHeldBack));
        Assert.Equal(["held", "held"], _window.Log);
    }

    [Fact]
    [Trait("Behaviour", "B80")]
    public void Click_WithAQuestionAndNoTask_AsksAllTheSame()
    {
        int asked = 0;
        _window.WaitForTasks(() => Task.FromResult(++asked > 0));

        bool isClosedAtOnce = _window.Click();
        _loop.RunUntil(() => !_window.IsOpen);

        Assert.Equal((false, 1), (isClosedAtOnce, asked));
    }

    [Fact]
    [Trait("Behaviour", "B80")]
    public void Click_WithAQuestionThatFails_IsAFaultAndStays()
    {
        var faults = new List<string>();
        _app.Tasks.Faulted += fault =>
        {
            faults.Add(fault.Name);
            fault.Handled = true;
        };
        _window.WaitForTasks(static () => throw new IOException("disk full"));

        _window.Click();
        _loop.RunUntil(() => !_window.IsHeldBack);

        Assert.Equal(["May 'Import' close?"], faults);
        Assert.True(_window.IsOpen);
        Assert.False(_window.IsHeldBack);
    }

    [Fact]
    [Trait("Behaviour", "B8")]
    public void Click_OfTheMainWindow_AsksTheAppAndStaysWhereThatRefuses()
    {
        var loop = new TestLoop();
        var causes = new List<ExitCause>();
        loop.UseFibula(options => options.OnExit = cause =>
        {
            causes.Add(cause);
            return Task.FromResult(false);
        });
        loop.RunUntilIdle();
        var main = new FakeWindow(loop, "Main") { EndsTheApp = true };

        main.Click();
        loop.RunUntil(() => !main.IsHeldBack);

        Assert.Equal([ExitCause.WindowClosed], causes);
        Assert.Equal((true, false), (main.IsOpen, main.IsHeldBack));
    }

    [Theory]
    [Trait("Behaviour", "B8")]
    [InlineData(true)]
    [InlineData(false)]
    public void Click_OfTheMainWindowInsideTheHook_FollowsTheAnswer(bool answer)
    {
        var loop = new TestLoop();
        FakeWindow? main = null;
        UiApp app = loop.UseFibula(options => options.OnExit = async _ =>
        {
            await Task.Yield();
            main!.Click();
            return answer;
        });
        loop.RunUntilIdle();
        main = new FakeWindow(loop, "Main") { EndsTheApp = true };

        Task<ExitDecision> decision = app.RequestExitAsync();
        loop.RunUntilEnded(decision);
        loop.RunUntilIdle();

        // The app closes its windows as it leaves.
        Assert.Equal(answer ? ExitDecision.Leaving : ExitDecision.Refused, decision.Result);
        Assert.Equal(answer, main.IsHeldBack);
    }

    [Fact]
    [Trait("Behaviour", "B43")]
    public void Close_WhenALaterHandlerSaysNo_IsAWindowThatCanBeOpenedAgain()
    {
        _window.Tasks.Run(static token => ForeverAsync(token));
        _loop.RunUntilIdle();

        _window.Click();
        _window.IsRefused = true;
        _loop.RunUntil(() => _window.Log[^1] == "refused");
        _window.Open();
        _window.IsRefused = false;

        Assert.False(_window.IsHeldBack);
        Assert.True(_window.Click());
    }

    [Fact]
    [Trait("Behaviour", "B43")]
    public void Click_WhileTheWindowOpens_IsHeldBackToo()
    {
        BackgroundTask task = _window.Tasks.Run(static token => ForeverAsync(token));
        _loop.RunUntilIdle();

        _window.Click();
        _window.Open();
        _loop.RunUntil(() => !_window.IsOpen);

        Assert.True(task.IsCompleted);
    }

    [Fact]
    [Trait("Behaviour", "B96")]
    public void Click_WhenAHandlerOfTheProgramsThrowsMeanwhile_IsAFaultAndClosesAllTheSame()
    {
        _window.ChangeError = new InvalidOperationException("Not now.");
        _window.Tasks.Run(CleanUpAsync(Second));
        _loop.RunUntilIdle();

        _window.Click();
        _loop.RunUntil(() => !_window.IsOpen);

        // Without and with input, with and without its other title.
        Assert.Equal(Enumerable.Repeat("Not now.", 4), _loop.UnhandledFaults.Select(static fault => fault.Exception.Message));
    }

    [Fact]
    [Trait("Behaviour", "B96")]
    public void Close_WhenAHandlerOfTheProgramsThrows_IsAFaultAndAWindowThatCanBeHeldAgain()
    {
        _window.WaitForTasks(static () => Task.FromResult(true));
        _window.Click();
        _window.CloseError = new InvalidOperationException("No close.");
        _loop.RunUntil(() => _loop.UnhandledFaults.Count > 0);
        _window.CloseError = null;

        bool isClosedAtOnce = _window.Click();
        _loop.RunUntil(() => !_window.IsOpen);

        Assert.Equal("No close.", Assert.Single(_loop.UnhandledFaults).Exception.Message);
        Assert.False(isClosedAtOnce);
    }

    [Fact]
    [Trait("Behaviour", "B96")]
    public void Open_AfterTheToolkitClosedAWindowThatWaited_GivesItItsInputAndTitleBack()
    {
        _window.Tasks.Run(CleanUpAsync(Second));
        _loop.RunUntilIdle();
        _window.Click();
        _loop.Advance(TimeSpan.FromMilliseconds(300));

        _window.CloseForReal();
        _window.Open();

        Assert.Equal(["closed", "input", "title Import"], _window.Log.TakeLast(3));
    }

    [Fact]
    [Trait("Behaviour", "B96")]
    public void Click_OfAnOwnerThatLosesAWindowMeanwhile_GivesThatItsInputBack()
    {
        var owned = new FakeWindow(_loop, "Owned");
        _window.Own(owned);
        _window.Tasks.Run(CleanUpAsync(Second));
        _loop.RunUntilIdle();

        _window.Click();
        _loop.RunUntil(() => owned.Log.Contains("no input"));
        _window.Disown(owned);
        _loop.RunUntil(() => !_window.IsOpen);

        Assert.Equal(["no input", "title Waiting for tasks: Owned", "input", "title Owned"], owned.Log);
        Assert.True(owned.IsOpen);
    }

    [Theory]
    [InlineData("open", false)]
    [InlineData("held back", true)]
    [InlineData("owned by an owned one", true)]
    [Trait("Behaviour", "B96")]
    public void IsLastOf_WithAnotherWindow_IsTrueWhereThatDoesNotStayOpen(string state, bool expected)
    {
        var owned = new FakeWindow(_loop, "Owned");
        var other = new FakeWindow(_loop, "Other");
        _window.Own(owned);
        switch (state)
        {
            case "held back":
                other.WaitForTasks(static () => new TaskCompletionSource<bool>().Task);
                other.Click();
                break;
            case "owned by an owned one":
                owned.Own(other);
                break;
            default:
                break;
        }

        bool isLast = _window.IsLastOf([other, owned, _window]);

        Assert.Equal(expected, isLast);
    }

    [Fact]
    [Trait("Behaviour", "B96")]
    public void Click_WhileTheTasksOfAnEarlierCloseStillEnd_IsAnsweredByItsOwnQuestion()
    {
        var answer = new TaskCompletionSource<bool>();
        BackgroundTask task = _window.Tasks.Run(CleanUpAsync(Second));
        _loop.RunUntilIdle();
        _window.Click();
        _loop.RunUntil(() => task.State == BackgroundTaskState.Canceling);

        _window.CloseForReal();
        _window.Open();
        _window.WaitForTasks(() => answer.Task);
        _window.Click();
        _loop.RunUntilEnded(task);
        _loop.RunUntilIdle();
        bool isOpenUnderItsQuestion = _window.IsOpen;
        answer.SetResult(true);
        _loop.RunUntil(() => !_window.IsOpen);

        Assert.True(isOpenUnderItsQuestion);
    }

    private static Task ForeverAsync(CancellationToken cancellationToken) => new TaskCompletionSource().Task.WaitAsync(cancellationToken);

    // Takes this long for its end once it is told.
    private static Func<TaskContext, Task> CleanUpAsync(TimeSpan time) => async task => await task.ShieldAsync(inner => inner.Delay(time));

    private sealed class AppLessWindow(ToolkitLoop loop) : WindowClosing(loop)
    {
        protected override string Name => "Import";

        protected override IReadOnlyList<TaskScope> TaskScopes => [];

        public bool Click() => HoldBack();

        protected override void CloseCore()
        {
        }
    }
}
