using System.Threading.Channels;

namespace Workbench;

public sealed class JobQueueTests
{
    [Fact]
    public async Task DrainAsync_WithoutJobs_Ends()
    {
        var queue = new JobQueue<int>(Channel.CreateUnbounded<int>(), _ => Task.CompletedTask);

        await queue.DrainAsync(2);
    }

    [Fact]
    public async Task DrainAsync_JobsThatAddJobs_RunsThemAll()
    {
        int ran = 0;
        JobQueue<int> queue = null!;
        queue = new JobQueue<int>(Channel.CreateUnbounded<int>(), job =>
        {
            Interlocked.Increment(ref ran);
            Enumerable.Range(0, job).ToList().ForEach(queue.Add);
            return Task.CompletedTask;
        });
        queue.Add(10);

        await queue.DrainAsync(2);

        Assert.Equal(1 << 10, ran);
    }

    [Fact]
    public async Task DrainAsync_TwoWorkers_RunsTwoJobsAtTheSameTime()
    {
        using var bothRun = new Barrier(2);
        var queue = new JobQueue<int>(Channel.CreateUnbounded<int>(), _ => Task.Run(bothRun.SignalAndWait));
        queue.Add(1);
        queue.Add(2);

        await queue.DrainAsync(2);

        Assert.Equal(1, bothRun.CurrentPhaseNumber);
    }

    [Fact]
    public async Task DrainAsync_JobFails_RunsTheOthersAndThrows()
    {
        int ran = 0;
        var queue = new JobQueue<int>(Channel.CreateUnbounded<int>(), job =>
        {
            Interlocked.Increment(ref ran);
            return job == 1 ? Task.FromException(new InvalidOperationException("job 1")) : Task.CompletedTask;
        });
        Enumerable.Range(1, 5).ToList().ForEach(queue.Add);

        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(() => queue.DrainAsync(2));

        Assert.Equal("job 1", error.Message);
        Assert.Equal(5, ran);
    }
}
