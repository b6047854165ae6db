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
        var windows = new TaskScope[TimesFor(tasks)];
        for (int window = 0; window < windows.Length; window++)
        {
            windows[window] = TaskScope.Current!.CreateChild("window");
            for (int i = 0; i < tasks; i++)
            {
                windows[window].Run(Work.PendAsync);
            }
        }

        return await MeasureAsync(windows.Length * tasks, async () =>
        {
            foreach (var window in windows)
            {
                await window.CloseAsync();
            }
        });
    });

    public static Cost ByHand(int tasks) => EventLoop.Run(async _ =>
    {
        var windows = new HandWrittenOwner[TimesFor(tasks)];
        for (int window = 0; window < windows.Length; window++)
        {
            windows[window] = new HandWrittenOwner(tasks);
        }

        return await MeasureAsync(windows.Length * tasks, async () =>
        {
            foreach (var window in windows)
            {
                await window.CloseAsync();
            }
        });
    });

    // Small scopes are closed one after the other until the clock has something to measure.
    private static int TimesFor(int tasks) => Math.Max(1, 20_000 / tasks);

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

    private sealed class HandWrittenOwner
    {
        private readonly CancellationTokenSource[] _sources;
        private readonly Task[] _pending;

        public HandWrittenOwner(int tasks)
        {
            _sources = new CancellationTokenSource[tasks];
            _pending = new Task[tasks];
            for (int i = 0; i < tasks; i++)
            {
                _sources[i] = new CancellationTokenSource();
                _pending[i] = Work.PendAsync(_sources[i].Token);
            }
        }

        public async Task CloseAsync()
        {
            Array.ForEach(_sources, static source => source.Cancel());
            await Task.WhenAll(_pending);
            Array.ForEach(_sources, static source => source.Dispose());
        }
    }
}
