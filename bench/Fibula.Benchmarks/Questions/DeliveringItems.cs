namespace Fibula.Benchmarks;

/// <summary>What does it cost to hand a million items from the thread pool to the UI thread, of which none may be lost?</summary>
internal static class DeliveringItems
{
    private const int Items = 1_000_000;

    public static IEnumerable<Comparison> Comparisons()
    {
        var ours = new Contestant("Fibula", () => OneLoop.MeasureProcess(Items, OursAsync));
        var channel = new Contestant("a batching channel by hand", () => OneLoop.MeasureProcess(Items, ByHandAsync));
        yield return new Comparison("a million items from the pool, none lost, for each", ours, channel, Goal.Times(2));
    }

    private static async Task OursAsync(TaskContext task)
    {
        await task.RunOnThreadPool(static pool => ReportAll(pool.AsBatchedProgress<int>(static batch => Done.Add(batch.Count))));
    }

    private static async Task ByHandAsync(TaskContext task)
    {
        var channel = new BatchingChannel<int>(SynchronizationContext.Current!, static batch => Done.Add(batch.Count));
        await Task.Run(() => ReportAll(channel));
        channel.Flush();
    }

    private static void ReportAll(IProgress<int> progress)
    {
        for (int i = 0; i < Items; i++)
        {
            progress.Report(i);
        }
    }
}
