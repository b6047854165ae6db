namespace Fibula.Tests.Scopes.Linux;

[Collection(nameof(AloneCollection))]
public sealed class TaskScopeManyTasksTests : IDisposable
{
    private const long EnoughMemory = 220_000_000;

    private readonly TimedLoop _loop = new();
    private readonly TaskCompletionSource _release = new();
    private BackgroundTask? _last;

    public void Dispose() => _release.SetResult();

    [Theory, Trait("Behaviour", "B44")]
    [InlineData("end inline")]
    [InlineData("end on the loop")]
    [InlineData("clean up")]
    public void CloseAsync_With100000Tasks_LeavesTheUiThreadFreeInBetween(string how)
    {
        Close(Start(2_000, how));
        TaskScope scope = Start(100_000, how);

        CloseReport report = Measure(scope);

        Assert.Equal((100_000, 0, 0), (report.CanceledCount, report.LivingCount, report.LostCount));
        AssertSliced();
    }

    [Theory, Trait("Behaviour", "B44")]
    [InlineData(true)]
    [InlineData(false)]
    public void CloseAsync_With100000TasksThatIgnoreIt_LeavesTheUiThreadFreeInBetween(bool isRoot)
    {
        Close(StartDeaf(2_000, isRoot));
        TaskScope scope = StartDeaf(100_000, isRoot);

        CloseReport report = Measure(scope);

        Assert.Equal((100_000, 100_000, 0), (report.Survivors.Count, report.LivingCount, report.LostCount));
        AssertSliced();
    }

    [Fact, Trait("Behaviour", "B44")]
    public void CloseAsync_WithTenTimesTheTasks_TakesNowhereNearAHundredTimesAsLong()
    {
        Close(Start(5_000, "end inline"));

        TimeSpan tenth = TimeToClose(10_000);
        TimeSpan whole = TimeToClose(100_000);

        // Ten in theory; caches and memory make it more. Were it quadratic, it would be a hundred.
        Assert.InRange(whole / tenth, 0, 50);
    }

    [Fact, Trait("Behaviour", "B44")]
    public void CloseAsync_TokenCallbacksThatThrow_AreFaultsAndDisturbNobody()
    {
        var scope = new TaskScope(_loop, "app");
        _loop.RunUntil(() => true);
        for (int i = 0; i < 10_000; i++)
        {
            StartOne(scope, "end inline", throws: i % 1000 == 0);
        }

        CloseReport report = Close(scope);
        _loop.RunUntil(() => _loop.Faults.Count >= 10);

        Assert.Equal(10_000, report.CanceledCount);
        Assert.Equal(10, _loop.Faults.Count);
        Assert.All(_loop.Faults, fault => Assert.Equal("Task 'pending' failed: No disk.", fault.Message));
    }

    [Fact, Trait("Behaviour", "B44"), Trait("Run", "Long")]
    public void CloseAsync_With100000Tasks_HasNoTurnOver8Milliseconds()
    {
        Close(Start(2_000, "clean up"));
        var longest = new List<TimeSpan>();
        for (int i = 0; i < 9; i++)
        {
            Measure(Start(100_000, "clean up"));
            longest.Add(_loop.LongestTurn);
            GC.Collect();
        }

        longest.Sort();
        Assert.InRange(longest[longest.Count / 2], TimeSpan.Zero, TimeSpan.FromMilliseconds(8));
    }

    [Fact, Trait("Behaviour", "B44")]
    public void Cancel_Of100000Tasks_LeavesTheUiThreadFreeInBetween()
    {
        Close(Start(2_000, "end inline"));
        TaskScope scope = Start(100_000, "end inline");
        Assert.True(GC.TryStartNoGCRegion(EnoughMemory));
        _loop.Reset();

        _loop.Post(() => scope.Cancel());
        _loop.RunUntil(() => _last!.IsCompleted);

        GC.EndNoGCRegion();
        AssertSliced();
    }

    // What a turn takes depends on the machine, but not how much of the whole it is.
    private void AssertSliced() => Assert.InRange(_loop.LongestTurn / _loop.AllTurns, 0, 0.25);

    private void StartOne(TaskScope scope, string how, bool throws = false)
    {
        var options = new TaskOptions { Name = "pending" };
        _last = scope.Run(
            task =>
            {
                var pending = new TaskCompletionSource();
                task.CancellationToken.UnsafeRegister(static pending => ((TaskCompletionSource)pending!).TrySetCanceled(), pending);
                if (throws)
                {
                    task.CancellationToken.Register(() => throw new InvalidOperationException("No disk."));
                }

                return how == "end inline" ? pending.Task : EndOnTheLoopAsync(pending.Task, how == "clean up");
            },
            options);
    }

    private TaskScope StartDeaf(int count, bool isRoot)
    {
        var root = new TaskScope(_loop, "app");
        TaskScope scope = isRoot ? root : root.CreateChild("window");
        scope.CloseGrace = TimeSpan.Zero;
        _loop.RunUntil(() => true);
        var options = new TaskOptions { Name = "deaf" };
        for (int i = 0; i < count; i++)
        {
            scope.Run(() => _release.Task, options);
        }

        return scope;
    }

    private static async Task EndOnTheLoopAsync(Task pending, bool cleansUp)
    {
        await pending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (cleansUp)
        {
            await Task.Yield();
        }

        throw new OperationCanceledException();
    }

    private TaskScope Start(int count, string how)
    {
        var scope = new TaskScope(_loop, "app");
        _loop.RunUntil(() => true);
        for (int i = 0; i < count; i++)
        {
            StartOne(scope, how);
        }

        _loop.RunUntil(() => true);
        return scope;
    }

    // The least of several: whatever else the machine does only adds to one.
    private TimeSpan TimeToClose(int count)
    {
        TimeSpan least = TimeSpan.MaxValue;
        for (int i = 0; i < 4; i++)
        {
            Measure(Start(count, "end inline"));
            least = _loop.AllTurns < least ? _loop.AllTurns : least;
        }

        return least;
    }

    // Without the collector, whose pauses are not the library's turns.
    private CloseReport Measure(TaskScope scope)
    {
        Assert.True(GC.TryStartNoGCRegion(EnoughMemory));
        _loop.Reset();
        CloseReport report = Close(scope);
        GC.EndNoGCRegion();
        return report;
    }

    private CloseReport Close(TaskScope scope)
    {
        Task<CloseReport>? close = null;
        _loop.Post(() => close = scope.CloseAsync());
        _loop.RunUntil(() => close is { IsCompleted: true });
        return close!.Result;
    }
}
