namespace Fibula.Testing.Tests;

/// <summary>The code of docs/getting-started.md.</summary>
public sealed class GettingStartedTests
{
    // docs: virtual-time
    [Fact]
    public void Refresh_AfterFiveMinutes_HasTheNewPrice()
    {
        var loop = new TestLoop();
        var tasks = new TaskScope(loop, "test");

        BackgroundTask<int> price = tasks.Run(RefreshAsync);
        loop.RunUntilEnded(price);

        Assert.Equal(BackgroundTaskState.Succeeded, price.State);
        Assert.Equal(TimeSpan.FromMinutes(5), price.Elapsed);
    }

    private static async Task<int> RefreshAsync(TaskContext task)
    {
        await task.Delay(TimeSpan.FromMinutes(5));
        return 42;
    }
    // docs: end
}
