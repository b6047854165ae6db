using System.Threading.Channels;

namespace Workbench;

/// <summary>Runs jobs on the thread pool, a bounded number at a time, until all are done. A job may add further jobs.</summary>
internal sealed class JobQueue<TJob>(Channel<TJob> waiting, Func<TJob, Task> run)
{
    // Jobs added and not finished, and one for DrainAsync not having been called: whoever brings it to 0 closes the queue.
    private int _unfinished = 1;

    public void Add(TJob job)
    {
        Interlocked.Increment(ref _unfinished);
        waiting.Writer.TryWrite(job);
    }

    public Task DrainAsync(int parallelism)
    {
        FinishOne();
        return Task.WhenAll(Enumerable.Range(0, parallelism).Select(_ => Task.Run(WorkAsync)));
    }

    private async Task WorkAsync()
    {
        await foreach (TJob job in waiting.Reader.ReadAllAsync())
        {
            // Lets whatever else waits for the pool go first: scans are long, and the program has other work.
            await Task.Yield();
            try
            {
                await run(job);
            }
            finally
            {
                FinishOne();
            }
        }
    }

    private void FinishOne()
    {
        if (Interlocked.Decrement(ref _unfinished) == 0)
        {
            waiting.Writer.Complete();
        }
    }
}
