using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Scopes;

/// <summary>Waiting for a scope that stays open.</summary>
public sealed class WhenEmptyTests
{
    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _window;

    public WhenEmptyTests()
    {
        _window = new TaskScope(_loop, "window");
    }

    [Fact, Trait("Behaviour", "B134")]
    public void WhenEmpty_WithoutTasks_HasEndedAlready()
    {
        Assert.True(_window.WhenEmptyAsync().IsCompletedSuccessfully);
    }

    [Fact, Trait("Behaviour", "B134")]
    public void WhenEmpty_WithTasksHereAndBelow_WaitsForAllAndLeavesTheScopeOpen()
    {
        DateTimeOffset start = _loop.TimeProvider.GetUtcNow();
        _window.Run(static task => task.Delay(TimeSpan.FromSeconds(1)));
        _window.CreateChild("tab").Run(static task => task.Delay(TimeSpan.FromSeconds(3)));

        Task empty = _window.WhenEmptyAsync();
        _loop.Advance(TimeSpan.FromSeconds(2));
        bool wasEmptyBefore = empty.IsCompleted;
        _loop.RunUntilEnded(empty);

        Assert.False(wasEmptyBefore);
        Assert.False(_window.IsClosing);
        Assert.Equal(TimeSpan.FromSeconds(3), _loop.TimeProvider.GetUtcNow() - start);
    }

    [Fact, Trait("Behaviour", "B134")]
    public void WhenEmpty_InsideATaskOfTheScope_WaitsForTheOthers()
    {
        BackgroundTask other = _window.Run(static task => task.Delay(TimeSpan.FromSeconds(1)));
        bool hadOtherEnded = false;
        BackgroundTask waiter = _window.Run(async task => await task.Run(async () =>
        {
            await _window.WhenEmptyAsync();
            hadOtherEnded = other.IsCompleted;
        }));

        _loop.RunUntilEnded(waiter);

        Assert.True(hadOtherEnded);
    }

    [Fact, Trait("Behaviour", "B134")]
    public void WhenEmpty_WhoseTokenIsSignaled_IsCanceledAndLeavesTheTasks()
    {
        using var stop = new CancellationTokenSource();
        BackgroundTask task = _window.Run(static task => task.Delay(TimeSpan.FromHours(1)));
        Task empty = _window.WhenEmptyAsync(stop.Token);

        stop.Cancel();
        _loop.RunUntil(() => empty.IsCompleted);

        Assert.True(empty.IsCanceled);
        Assert.Equal(BackgroundTaskState.Running, task.State);
    }

    [Fact, Trait("Behaviour", "B134")]
    public void WhenEmpty_OfAScopeThatCloses_EndsWithItsTasks()
    {
        _window.Run(static task => task.Delay(TimeSpan.FromHours(1)));
        Task empty = _window.WhenEmptyAsync();

        _loop.RunUntilEnded(_window.CloseAsync());
        _loop.RunUntilEnded(empty);

        Assert.True(empty.IsCompletedSuccessfully);
    }

    [Fact, Trait("Behaviour", "B134")]
    public void WhenEmpty_OfManyTasks_Ends()
    {
        for (int i = 0; i < 10_000; i++)
        {
            _window.Run(static task => task.Delay(TimeSpan.FromSeconds(1)));
        }

        Task empty = _window.WhenEmptyAsync();
        _loop.RunUntilEnded(empty);

        Assert.True(empty.IsCompletedSuccessfully);
    }
}
