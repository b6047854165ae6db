namespace Fibula.Benchmarks;

/// <summary>What does the close of a scope cost in which very many tasks are pending? Only the close is measured.</summary>
internal static class ClosingAScope
{
    private const int Tasks = 100_000;

    public static IEnumerable<Comparison> Comparisons()
    {
        var ours = new Contestant("Fibula", () => Ours(Tasks));
        var byHand = new Contestant("cancel each + WhenAll", () => ByHand(Tasks));
        yield return new Comparison("close of 100,000 pending, for each", ours, byHand, Goal.Times(3));
    }

    public static Cost Ours(int tasks) => EventLoop.Run(async _ =>
    {
        var window = TaskScope.Current!.CreateChild("window");
        for (int i = 0; i < tasks; i++)
        {
            window.Run(Work.PendAsync);
        }

        return await MeasureAsync(tasks, async () => await window.CloseAsync());
    });

    public static Cost ByHand(int tasks) => EventLoop.Run(async _ =>
    {
        var sources = new CancellationTokenSource[tasks];
        var pending = new Task[tasks];
        for (int i = 0; i < tasks; i++)
        {
            sources[i] = new CancellationTokenSource();
            pending[i] = Work.PendAsync(sources[i].Token);
        }

        return await MeasureAsync(tasks, async () =>
        {
            Array.ForEach(sources, static source => source.Cancel());
            await Task.WhenAll(pending);
            Array.ForEach(sources, static source => source.Dispose());
        });
    });

    private static async Task<Cost> MeasureAsync(int tasks, Func<Task> closeAsync)
    {
        // What the start has left behind is not the close's to collect.
        GC.Collect();
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        long began = CpuClock.ThreadNanoseconds();
        await closeAsync();
        long time = CpuClock.ThreadNanoseconds() - began;
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        Done.Expect(tasks);
        return Cost.Each(tasks, time, bytes);
    }
}
