using Fibula.Testing;

namespace Fibula.Tests.Scopes;

/// <summary>Who is in a report, and whom its sentence blames.</summary>
public sealed class CloseReportTests
{
    private readonly TestLoop _loop = new();
    private readonly TaskScope _app;
    private readonly TaskScope _window;
    private readonly TaskCompletionSource _release = new();

    public CloseReportTests()
    {
        _app = new TaskScope(_loop, "app");
        _window = _app.CreateChild("window");
        _loop.RunUntilIdle();
    }

    [Fact, Trait("Behaviour", "B41")]
    public void Entry_OfATaskThatHasEnded_WaitsForNothing()
    {
        _window.Run(WaitAsync);
        _window.Run(() => _release.Task, new TaskOptions { OnClose = ClosePolicy.Finish(TimeSpan.FromSeconds(1)) });
        Task<CloseReport> close = _window.CloseAsync();
        _release.SetResult();

        CloseReport report = Result(close);

        Assert.Null(Assert.Single(report.Canceled).WaitsFor);
        Assert.Null(Assert.Single(report.Ended).WaitsFor);
    }

    [Fact, Trait("Behaviour", "B41")]
    public void Entry_OfAMethodThatAwaitsSomethingElse_NamesTheInnermostMethod()
    {
        _window.Run(OuterAsync);

        CloseReport report = Result(_window.CloseAsync());

        Assert.Equal("'CloseReportTests.InnerAsync'", Assert.Single(report.Survivors).WaitsFor);
    }

    [Theory, Trait("Behaviour", "B41")]
    [InlineData(1, 0, "1 finished, 1 canceled, 0 survivors")]
    [InlineData(1, 1, "2 finished, 2 canceled, 1 of them by CloseReportTests.Close, 0 survivors")]
    [InlineData(0, 2, "2 finished, 2 canceled by CloseReportTests.Close, 0 survivors")]
    public void ToString_OfCanceledTasks_CountsThoseThatTheCloseCanceled(int canceledBefore, int canceledByClose, string expected)
    {
        for (int i = 0; i < canceledBefore; i++)
        {
            _window.Run(CleanUpAsync).Cancel("Enough.");
        }

        for (int i = 0; i < canceledByClose; i++)
        {
            _window.Run(CleanUpAsync);
        }

        CloseReport report = Result(_window.CloseAsync(member: "Close"));

        // Those that have finished are the shields in which each cleans up.
        Assert.Contains(expected, report.ToString(), StringComparison.Ordinal);
    }

    [Fact, Trait("Behaviour", "B41")]
    public void CloseAsync_AfterAChildHasGivenUpItsTask_NamesThatTaskToo()
    {
        TaskScope tab = _window.CreateChild("tab");
        tab.CloseGrace = TimeSpan.FromSeconds(1);
        tab.Run(() => _release.Task, new TaskOptions { Name = "early" });
        _window.Run(() => _release.Task, new TaskOptions { Name = "late" });
        Task<CloseReport> close = _window.CloseAsync();

        CloseReport ofTheTab = Result(tab.CloseAsync());
        CloseReport report = Result(close);

        Assert.Equal(["early"], ofTheTab.Survivors.Select(entry => entry.Name));
        Assert.Equal(["early", "late"], report.Survivors.Select(entry => entry.Name));
    }

    [Fact, Trait("Behaviour", "B41")]
    public void CloseAsync_BesideAScopeWithASurvivor_DoesNotCountThat()
    {
        TaskScope other = _app.CreateChild("other");
        _window.Run(() => _release.Task);
        other.Run(() => Task.CompletedTask);
        other.Run(WaitAsync);
        _loop.RunUntilEnded(_window.CloseAsync());

        CloseReport report = Result(other.CloseAsync());

        Assert.Equal((2, 0, 0), (report.StartedCount, report.LivingCount, report.LostCount));
    }

    [Fact, Trait("Behaviour", "B41")]
    public void CloseAsync_OfTheAppByOneOfItsTasks_NamesThatTaskAndEarlierSurvivors()
    {
        _window.Run(() => _release.Task, new TaskOptions { Name = "left" });
        _loop.RunUntilEnded(_window.CloseAsync());
        CloseReport? report = null;
        BackgroundTask closer = _app.Run(async () => report = await _app.CloseAsync(), new TaskOptions { Name = "closer" });

        _loop.RunUntilEnded(closer);

        Assert.Equal(["closer", "left"], report!.Survivors.Select(entry => entry.Name).Order());
    }

    [Fact, Trait("Behaviour", "B41")]
    public void CloseAsync_ATaskWithAbandonThatHasNotBegun_IsCanceled()
    {
        var starter = new Thread(() => _window.Run(WaitAsync, new TaskOptions { OnClose = ClosePolicy.Abandon }));
        starter.Start();
        starter.Join();

        CloseReport report = Result(_window.CloseAsync());

        Assert.Empty(report.Abandoned);
        Assert.Equal((1, 1, 0, 0), (report.StartedCount, report.CanceledCount, report.LivingCount, report.LostCount));
    }

    [Fact, Trait("Behaviour", "B42")]
    public void CloseAsync_ThatGivesUpTheTasksOfSeveralChildren_EndsTheClosesOfAll()
    {
        TaskScope[] tabs = [_window.CreateChild("first"), _window.CreateChild("second"), _window.CreateChild("third")];
        Task<CloseReport>[] closes = Array.ConvertAll(tabs, tab =>
        {
            tab.CloseGrace = Timeout.InfiniteTimeSpan;
            tab.Run(() => _release.Task);
            return tab.CloseAsync();
        });

        _loop.RunUntilEnded(_window.CloseAsync());
        _loop.RunUntilIdle();

        Assert.All(closes, close => Assert.True(close.IsCompletedSuccessfully));
    }

    [Fact, Trait("Behaviour", "B42")]
    public void CloseAsync_OfScopesInsideEachOther_EndsAllWithTheirLastTask()
    {
        TaskScope[] scopes = [_window.CreateChild("tab"), _window, _app];
        scopes[0].Run(() => _release.Task);
        Task<CloseReport>[] closes = Array.ConvertAll(scopes, scope =>
        {
            scope.CloseGrace = Timeout.InfiniteTimeSpan;
            return scope.CloseAsync();
        });
        _loop.RunUntilIdle();

        _release.SetResult();
        _loop.RunUntilIdle();

        Assert.All(closes, close => Assert.True(close.IsCompletedSuccessfully));
    }

    [Theory, Trait("Behaviour", "B22")]
    [InlineData(false, "Scope 'window' is closing")]
    [InlineData(true, "Scope 'app' is closing")]
    public void Run_InScopesInsideEachOtherThatClose_IsRefusedByTheInnermost(bool isOnlyTheAppClosing, string expected)
    {
        _window.Run(() => _release.Task);
        if (!isOnlyTheAppClosing)
        {
            _ = _window.CloseAsync();
        }

        _ = _app.CloseAsync();

        BackgroundTask refused = _window.Run(() => Task.CompletedTask);

        Assert.StartsWith(expected, refused.CancelReason!.Message, StringComparison.Ordinal);
    }

    [Fact, Trait("Behaviour", "B42")]
    public void CloseAsync_OfTheAppByASurvivorOfAWindow_WaitsForTheOthers()
    {
        Task<CloseReport>? close = null;
        _window.CloseGrace = TimeSpan.FromSeconds(1);
        _window.Run(async () =>
        {
            await _release.Task;
            close = _app.CloseAsync();
            await close;
        });
        _app.Run(CleanUpAsync);
        _loop.RunUntilEnded(_window.CloseAsync());

        _release.SetResult();
        _loop.Advance(TimeSpan.FromSeconds(1));
        bool isOverBeforeTheCleanUp = close!.IsCompleted;
        CloseReport report = Result(close);

        Assert.False(isOverBeforeTheCleanUp);
        Assert.Equal((TimeSpan.FromSeconds(2), 1), (report.Duration, report.CanceledCount));
    }

    private static Task WaitAsync(TaskContext task) => task.Delay(TimeSpan.FromHours(1));

    private static async Task CleanUpAsync(TaskContext task)
    {
        try
        {
            await WaitAsync(task);
        }
        finally
        {
            await task.ShieldAsync(inner => inner.Delay(TimeSpan.FromSeconds(2)));
        }
    }

    private async Task OuterAsync() => await InnerAsync();

    private async Task InnerAsync() => await _release.Task;

    private CloseReport Result(Task<CloseReport> close)
    {
        _loop.RunUntilEnded(close);
        return close.Result;
    }
}
