using System.Runtime.CompilerServices;
using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Scopes;

public sealed class RunWhileShownTests
{
    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _window;
    private readonly TaskScope _view;
    private readonly List<string> _seen = [];

    public RunWhileShownTests()
    {
        _window = new TaskScope(_loop, "window");
        _view = _window.CreateChild("view");
    }

    [Fact]
    [Trait("Behaviour", "B23")]
    public void ItStopsWhenTheViewHides_AndStartsAgainWhenItShows()
    {
        _view.RunWhileShown(WatchAsync);
        _loop.RunUntilIdle();
        string[] shown = [.. _seen];
        _view.IsShown = false;
        _loop.Advance(TimeSpan.FromSeconds(5));
        string[] hidden = [.. _seen];
        _view.IsShown = true;
        _loop.RunUntilIdle();

        Assert.Equal(["began"], shown);
        Assert.Equal(["began", "told: The view 'view' is not shown any more.", "ended"], hidden);
        Assert.Equal("began", _seen[^1]);
    }

    [Fact]
    [Trait("Behaviour", "B23")]
    public void AViewThatShowsAgainAtOnce_WaitsForTheCleanUp()
    {
        _view.RunWhileShown(WatchAsync);
        _loop.RunUntilIdle();

        _view.IsShown = false;
        _loop.RunUntilIdle();
        _view.IsShown = true;
        _loop.RunUntilIdle();
        int begunMeanwhile = _seen.Count(word => word == "began");
        _loop.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(1, begunMeanwhile);
        Assert.Equal(["began", "told: The view 'view' is not shown any more.", "ended", "began"], _seen);
    }

    [Fact]
    [Trait("Behaviour", "B23")]
    public void AHiddenView_StartsNothing()
    {
        _view.IsShown = false;

        BackgroundTask task = _view.RunWhileShown(WatchAsync);
        _loop.RunUntilIdle();

        Assert.Empty(_seen);
        Assert.EndsWith("waits for its view to be shown.", task.Explain(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Behaviour", "B23")]
    public void AHiddenWindow_HidesItsViews()
    {
        _view.RunWhileShown(WatchAsync);
        _loop.RunUntilIdle();

        _window.IsShown = false;
        _loop.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("ended", _seen[^1]);
    }

    [Fact]
    [Trait("Behaviour", "B23")]
    public void WorkThatEndsByItself_BeginsAgainTheNextTimeTheViewIsShown()
    {
        _view.RunWhileShown(_ =>
        {
            _seen.Add("began");
            return Task.CompletedTask;
        });
        _loop.Advance(TimeSpan.FromMinutes(1));
        int before = _seen.Count;
        _view.IsShown = false;
        _loop.RunUntilIdle();
        _view.IsShown = true;
        _loop.RunUntilIdle();

        Assert.Equal((1, 2), (before, _seen.Count));
    }

    [Fact]
    [Trait("Behaviour", "B23")]
    public void AnotherKey_BeginsAnewAfterTheOldRun()
    {
        var key = new ObservableValue<int>(1);
        _view.RunWhileShown(key, async (id, task) =>
        {
            _seen.Add($"{id}");
            await WatchAsync(task);
        });
        _loop.RunUntilIdle();

        key.Value = 1;
        key.Value = 2;
        key.Value = 3;
        _loop.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(["1", "began", "told: 'AnotherKey_BeginsAnewAfterTheOldRun' begins anew with another key.", "ended", "3", "began"], Short(_seen));
    }

    [Fact]
    [Trait("Behaviour", "B23")]
    public void Close_EndsTheWhole()
    {
        BackgroundTask task = _view.RunWhileShown(WatchAsync);
        _loop.RunUntilIdle();

        Task<CloseReport> close = _view.CloseAsync("Closed.");
        _loop.RunUntilEnded(close);

        Assert.Equal(["began", "told: Closed.", "ended"], _seen);
        Assert.Equal(BackgroundTaskState.Canceled, task.State);
        Assert.Empty(close.Result.Survivors);
    }

    [Fact]
    public void ARunThatThrows_EndsTheWhole()
    {
        BackgroundTask task = _view.RunWhileShown(_ => throw new InvalidOperationException("No disk."));
        _loop.RunUntilIdle();

        Assert.Equal(BackgroundTaskState.Faulted, task.State);
        Assert.Equal("No disk.", Assert.Single(_loop.UnhandledFaults).Exception.Message);
    }

    [Fact]
    [Trait("Behaviour", "B23")]
    public void ARunThatIsCanceled_KnowsTheCause()
    {
        List<string> causes = [];
        var key = new ObservableValue<int>(1);
        _view.RunWhileShown(
            key,
            async (_, task) =>
            {
                await Task.WhenAny(task.Delay(TimeSpan.FromDays(1)));
                causes.Add(task.CancelReason!.RequestedBy);
            },
            new TaskOptions { Name = "Watch" });
        _loop.RunUntilIdle();

        key.Value = 2;
        _loop.RunUntil(() => causes.Count == 1);
        _loop.Advance(TimeSpan.FromSeconds(1));
        _view.IsShown = false;
        _loop.RunUntil(() => causes.Count == 2);

        Assert.Equal(["the key of 'Watch'", "the view 'view'"], causes);
    }

    [Fact]
    [Trait("Behaviour", "B23")]
    public void AfterARun_SaysWhatItWaitsFor()
    {
        BackgroundTask task = _view.RunWhileShown(_ => Task.CompletedTask);
        _loop.RunUntilIdle();

        Assert.EndsWith("waits for its view to be hidden, or its key to change.", task.Explain(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Behaviour", "B23")]
    public void AfterTheEnd_TheKeyHoldsNothing()
    {
        var key = new ObservableValue<int>(1);

        WeakReference work = RunAndClose(key);

        Assert.True(Collector.Frees(work));
        GC.KeepAlive(key);
    }

    [Fact]
    public void MissingArguments_AreNamed()
    {
        var none = (TaskScope)null!;
        var key = new ObservableValue<int>(1);
        var second = TimeSpan.FromSeconds(1);

        Assert.Throws<ArgumentNullException>("scope", () => none.RunEvery(second, WatchAsync));
        Assert.Throws<ArgumentNullException>("scope", () => none.RunEvery(second, () => Task.CompletedTask));
        Assert.Throws<ArgumentNullException>("scope", () => none.RunWhileShown(WatchAsync));
        Assert.Throws<ArgumentNullException>("scope", () => none.RunWhileShown(key, (_, task) => WatchAsync(task)));
        Assert.Throws<ArgumentNullException>("scope", () => { _ = none.RequestCloseAsync(); });
        Assert.Throws<ArgumentNullException>("work", () => _view.RunEvery(second, (Func<TaskContext, Task>)null!));
        Assert.Throws<ArgumentNullException>("work", () => _view.RunEvery(second, (Func<Task>)null!));
        Assert.Throws<ArgumentNullException>("work", () => _view.RunWhileShown(null!));
        Assert.Throws<ArgumentNullException>("work", () => _view.RunWhileShown(key, null!));
        Assert.Throws<ArgumentNullException>("key", () => _view.RunWhileShown<int>(null!, (_, task) => WatchAsync(task)));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference RunAndClose(ObservableValue<int> key)
    {
        var held = new object();
        _view.RunWhileShown(key, (_, task) =>
        {
            GC.KeepAlive(held);
            return task.Delay(TimeSpan.FromHours(1));
        });
        _loop.RunUntilIdle();
        _loop.RunUntilEnded(_view.CloseAsync());
        _loop.RunUntilIdle();
        return new WeakReference(held);
    }

    private static IEnumerable<string> Short(IEnumerable<string> seen) => seen.Select(word => word.Replace("RunWhileShownTests.", string.Empty, StringComparison.Ordinal));

    private async Task WatchAsync(TaskContext task)
    {
        _seen.Add("began");
        try
        {
            await task.Delay(TimeSpan.FromHours(1));
        }
        finally
        {
            _seen.Add($"told: {task.CancelReason!.Message}");
            await task.ShieldAsync(inner => inner.Delay(TimeSpan.FromSeconds(1)));
            _seen.Add("ended");
        }
    }
}
