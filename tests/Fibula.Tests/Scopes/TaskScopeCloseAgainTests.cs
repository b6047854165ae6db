using Fibula.Testing;

namespace Fibula.Tests.Scopes;

/// <summary>A close asked for twice, from inside, or by a task that waits for itself.</summary>
public sealed class TaskScopeCloseAgainTests
{
    private readonly TestLoop _loop = new();
    private readonly TaskScope _window;
    private readonly TaskCompletionSource _release = new();

    public TaskScopeCloseAgainTests()
    {
        _window = new TaskScope(_loop, "app").CreateChild("Import");
        _loop.RunUntilIdle();
    }

    [Fact, Trait("Behaviour", "B42")]
    public void CloseAsync_Twice_TellsOnceAndGivesOneReport()
    {
        BackgroundTask task = _window.Run(task => task.Delay(TimeSpan.FromHours(1)));

        Task<CloseReport> first = _window.CloseAsync("First.");
        Task<CloseReport> second = _window.CloseAsync("Second.");
        _loop.RunUntilEnded(Task.WhenAll(first, second));
        Task<CloseReport> late = _window.CloseAsync("Late.");

        Assert.Same(first.Result, second.Result);
        Assert.Same(first.Result, late.Result);
        Assert.Equal(("First.", "First."), (first.Result.Reason.Message, task.CancelReason!.Message));
    }

    [Theory, Trait("Behaviour", "B42")]
    [InlineData(false)]
    [InlineData(true)]
    public void CloseAsync_OfAScopeWithoutWork_IsOverAtOnceAndGivesOneReport(bool fromAnotherThread)
    {
        BackgroundTask done = _window.Run(() => Task.CompletedTask);
        Task<CloseReport> first = fromAnotherThread ? OnAnotherThread(() => _window.CloseAsync("First.")) : _window.CloseAsync("First.");

        Assert.True(first.IsCompleted);
        Assert.Same(first.Result, _window.CloseAsync("Second.").Result);
        Assert.Equal(("First.", 1, 1), (first.Result.Reason.Message, first.Result.StartedCount, first.Result.SucceededCount));
        Assert.True(done.IsCompleted);
        Assert.True(_window.IsClosed);
        BackgroundTask refused = _window.Run(() => Task.CompletedTask);
        Assert.Contains("is closed", refused.CancelReason!.Message, StringComparison.Ordinal);
    }

    [Fact, Trait("Behaviour", "B42")]
    public void Own_InAScopeThatWasClosedWithoutWork_IsASurvivorFromTheStart()
    {
        Task<CloseReport> close = _window.CloseAsync();
        BackgroundTask late = _window.Own(_release.Task);
        _release.SetResult();
        _loop.RunUntilIdle();

        Assert.Equal(0, close.Result.StartedCount);
        Assert.Equal("app", late.Scope.Name);
        Assert.True(late.IsCompleted);
    }

    [Fact, Trait("Behaviour", "B42")]
    public void DisposeAsync_IsAClose()
    {
        BackgroundTask task = _window.Run(CleanUpForTwoSecondsAsync);
        (bool Closing, bool Closed) before = (_window.IsClosing, _window.IsClosed);

        ValueTask disposal = _window.DisposeAsync();
        (bool Closing, bool Closed) meanwhile = (_window.IsClosing, _window.IsClosed);
        _loop.RunUntilEnded(disposal.AsTask());

        Assert.Equal(((false, false), (true, false), (true, true)), (before, meanwhile, (_window.IsClosing, _window.IsClosed)));
        Assert.Equal(("DisposeAsync", "Scope 'Import' was disposed of."), (task.CancelReason!.RequestedBy, task.CancelReason.Message));
    }

    [Fact, Trait("Behaviour", "B42")]
    public void IsClosed_OfAScopeInOneThatCloses_FollowsIt()
    {
        TaskScope tab = _window.CreateChild("tab");
        _window.Run(task => task.Delay(TimeSpan.FromHours(1)));

        Task<CloseReport> close = _window.CloseAsync();
        bool isClosing = tab.IsClosing;
        _loop.RunUntilEnded(close);

        Assert.Equal((true, true), (isClosing, tab.IsClosed));
    }

    [Theory, Trait("Behaviour", "B42")]
    [InlineData(10, 2, 3)]
    [InlineData(2, 10, 2)]
    [InlineData(null, 2, 3)]
    [InlineData(2, null, 2)]
    public void CloseAsync_TwiceWithLimits_EndsAtTheEarlierDeadline(int? first, int? second, int seconds)
    {
        _window.CloseGrace = TimeSpan.FromSeconds(20);
        _window.Run(() => _release.Task);

        Task<CloseReport> close = _window.CloseAsync(within: Seconds(first));
        _loop.Advance(TimeSpan.FromSeconds(1));
        _window.CloseAsync(within: Seconds(second));
        _loop.RunUntilEnded(close);

        Assert.Equal(TimeSpan.FromSeconds(seconds), close.Result.Duration);
    }

    [Fact, Trait("Behaviour", "B42")]
    public void CloseAsync_InsideOneOfItsTasks_EndsWhenAllOthersHave()
    {
        bool wasOtherLive = true;
        BackgroundTask other = _window.Run(CleanUpForTwoSecondsAsync);
        BackgroundTask<CloseReport> closer = _window.Run(async () =>
        {
            CloseReport report = await _window.CloseAsync();
            wasOtherLive = !other.IsCompleted;
            return report;
        });

        _loop.RunUntilEnded(closer);

        Assert.False(wasOtherLive);
        Assert.Equal(TimeSpan.FromSeconds(2), closer.Elapsed);
        Assert.Equal(BackgroundTaskState.Succeeded, closer.State);
        Assert.Single(closer.GetAwaiter().GetResult().Canceled);
    }

    [Fact, Trait("Behaviour", "B42")]
    public void CloseAsync_InsideOneOfItsTasks_IsOverForOthersOnlyAfterThatTask()
    {
        Task<CloseReport>? inside = null;
        BackgroundTask closer = _window.Run(async () =>
        {
            inside = _window.CloseAsync();
            await inside;
            await _release.Task;
        });
        _loop.RunUntil(() => inside is { IsCompleted: true });
        Task<CloseReport> outside = _window.CloseAsync();
        _loop.RunUntilIdle();
        (bool, BackgroundTaskState) during = (outside.IsCompleted, _window.Run(() => Task.CompletedTask).State);

        _release.SetResult();
        _loop.RunUntilEnded(outside);

        Assert.Equal((false, BackgroundTaskState.Canceled), during);
        Assert.True(closer.IsCompleted);
        Assert.Equal("1 task: 1 finished, 0 canceled, 0 survivors, 0 lost, 0 failed", outside.Result.ToString());
    }

    [Theory, Trait("Behaviour", "B42")]
    [InlineData(true)]
    [InlineData(false)]
    public void CloseAsync_InsideATaskThatOthersStarted_DoesNotWaitForThose(bool asChild)
    {
        BackgroundTask? closer = null;
        BackgroundTask outer = _window.Run(async task =>
        {
            closer = asChild ? task.Run(() => _window.CloseAsync()) : _window.Run(() => _window.CloseAsync());
            await closer;
            await Task.Delay(TimeSpan.FromSeconds(1), task.TimeProvider);
        });

        _loop.RunUntilEnded(outer);

        Assert.Equal(TimeSpan.Zero, closer!.Elapsed);
        Assert.Equal((BackgroundTaskState.Succeeded, TimeSpan.FromSeconds(1)), (outer.State, outer.Elapsed));
    }

    [Fact, Trait("Behaviour", "B42")]
    public void CloseAsync_InsideATaskWhoseStarterEndsMeanwhile_StillWaitsForAllOthers()
    {
        bool wasOtherLive = true;
        BackgroundTask? closer = null;
        BackgroundTask other = _window.Run(CleanUpForTwoSecondsAsync);
        _window.Run(async task =>
        {
            closer = _window.Run(async () =>
            {
                await _window.CloseAsync();
                wasOtherLive = !other.IsCompleted;
            });
            await task.Delay(TimeSpan.FromHours(1));
        });

        _loop.RunUntilEnded(closer!);

        Assert.False(wasOtherLive);
    }

    [Fact, Trait("Behaviour", "B42")]
    public void CloseAsync_ByTwoOfItsTasks_EndsForBothAtTheDeadlineWithOneReportThatNamesThem()
    {
        BackgroundTask<CloseReport>[] closers =
        [
            _window.Run(CloseOnReleaseAsync, new TaskOptions { Name = "Stop button" }),
            _window.Run(CloseOnReleaseAsync, new TaskOptions { Name = "Close button" }),
        ];

        _release.SetResult();
        _loop.RunUntil(() => closers.All(closer => closer.IsCompleted));

        CloseReport[] reports = [.. closers.Select(closer => closer.GetAwaiter().GetResult())];
        Assert.Equal(TimeSpan.FromSeconds(5), reports[0].Duration);
        Assert.Same(reports[0], reports[1]);
        Assert.Equal(["Stop button", "Close button"], reports[0].Survivors.Select(survivor => survivor.Name));
    }

    [Fact, Trait("Behaviour", "B42")]
    public void CloseAsync_ByTwoOfItsTasksOfWhichOneGoesOn_WaitsForThatOneOnly()
    {
        BackgroundTask saving = _window.Run(async () =>
        {
            await _release.Task;
            _ = _window.CloseAsync();
            await Task.Delay(TimeSpan.FromSeconds(2), _loop.TimeProvider);
        });
        BackgroundTask<CloseReport> closer = _window.Run(CloseOnReleaseAsync);

        _release.SetResult();
        _loop.RunUntilEnded(closer);

        Assert.Equal(BackgroundTaskState.Succeeded, saving.State);
        Assert.Equal(TimeSpan.FromSeconds(2), closer.Elapsed);
    }

    [Fact, Trait("Behaviour", "B42")]
    public void Await_OnesOwnHandle_ThrowsAndNamesTheCycle()
    {
        BackgroundTask? self = null;
        self = _window.Run(
            async () =>
            {
                await Task.Yield();
                await self!;
            },
            new TaskOptions { Name = "Save" });

        _loop.RunUntilEnded(self);

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => self.GetAwaiter().GetResult());
        Assert.Equal(
            "Task 'Save' awaits 'Save', which cannot end before it: a cycle. Await it from outside, or return instead of awaiting.",
            error.Message);
    }

    [Fact, Trait("Behaviour", "B42")]
    public void AsTask_OfOnesOwnHandle_ThrowsTooWhenAwaited()
    {
        BackgroundTask? self = null;
        self = _window.Run(async () =>
        {
            await Task.Yield();
            await Task.WhenAll(self!.AsTask());
        });

        _loop.RunUntilEnded(self);

        Assert.Equal(BackgroundTaskState.Faulted, self.State);
        Assert.Contains("a cycle", Assert.Throws<InvalidOperationException>(() => self.GetAwaiter().GetResult()).Message, StringComparison.Ordinal);
    }

    [Fact, Trait("Behaviour", "B42")]
    public void Await_AnAncestorsHandle_ThrowsAndNamesThePath()
    {
        BackgroundTask? parent = null, grandchild = null;
        parent = _window.Run(
            task =>
            {
                task.Run(
                    child =>
                    {
                        grandchild = child.Run(() => AwaitAfterAYieldAsync(() => parent!), new TaskOptions { Name = "page" });
                        return Task.CompletedTask;
                    },
                    new TaskOptions { Name = "list" });
                return Task.CompletedTask;
            },
            new TaskOptions { Name = "Load" });

        _loop.RunUntilEnded(parent);

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => grandchild!.GetAwaiter().GetResult());
        Assert.Equal(
            "Task 'page', a child of 'list', a child of 'Load', awaits 'Load', which cannot end before it: a cycle. Await it from outside, or return instead of awaiting.",
            error.Message);
    }

    [Fact, Trait("Behaviour", "B42")]
    public void Await_AChildsHandle_IsNoCycle()
    {
        BackgroundTask<int> parent = _window.Run(async task => await task.Run(() => Task.FromResult(42)) + await _window.Run(() => Task.FromResult(1)));

        _loop.RunUntilEnded(parent);

        Assert.Equal(43, parent.GetAwaiter().GetResult());
    }

    private static TimeSpan? Seconds(int? seconds) => seconds is { } number ? TimeSpan.FromSeconds(number) : null;

    private async Task<CloseReport> CloseOnReleaseAsync()
    {
        await _release.Task;
        return await _window.CloseAsync();
    }

    private static async Task AwaitAfterAYieldAsync(Func<BackgroundTask> handle)
    {
        await Task.Yield();
        await handle();
    }

    private static async Task CleanUpForTwoSecondsAsync(TaskContext task)
    {
        try
        {
            await task.Delay(TimeSpan.FromHours(1));
        }
        finally
        {
            await Task.Delay(TimeSpan.FromSeconds(2), task.TimeProvider);
        }
    }

    private static T OnAnotherThread<T>(Func<T> call)
        where T : class
    {
        T? result = null;
        var thread = new Thread(() => result = call());
        thread.Start();
        thread.Join();
        return result!;
    }
}
