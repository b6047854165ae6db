namespace Fibula.Benchmarks;

/// <summary>What do 100,000 reports cost, when the handler on the UI thread takes 5 microseconds?</summary>
internal static class ReportingProgress
{
    private const int Reports = 100_000;
    private const int Runs = 5;
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(16);

    public static IEnumerable<Comparison> Comparisons()
    {
        for (int run = 1; run <= Runs; run++)
        {
            string question = $"100,000 reports from the pool, handled in 5 us on the loop, run {run} of {Runs}";
            var delays = new List<TimeSpan>();
            var ours = new Contestant("Fibula", () => OnALoop(OursAsync, delays));
            var throttle = new Contestant("a throttle by hand", () => OnALoop(ThrottleAsync, []));
            var goal = Goal.Times(1).And("the last value at most one refresh late", _ => Middle(delays) <= Refresh);
            yield return new Comparison(question, ours, throttle, goal)
            {
                Note = () => FormattableString.Invariant($"the last value came {Middle(delays).TotalMilliseconds:0.000} ms after the last report"),
            };
        }
    }

    private static TimeSpan Middle(List<TimeSpan> delays) => delays.Order().ElementAt(delays.Count / 2);

    private static async Task OursAsync(TaskContext task, SlowHandler handler) =>
        await task.RunOnThreadPool(pool => ReportAll(pool.AsProgress<int>(handler.Handle), handler));

    private static async Task ThrottleAsync(TaskContext task, SlowHandler handler)
    {
        var progress = new Throttle<int>(SynchronizationContext.Current!, handler.Handle, Refresh);
        await Task.Run(() => ReportAll(progress, handler));
        progress.Flush();
    }

    private static Task ReportAll(IProgress<int> progress, SlowHandler handler)
    {
        for (int i = 1; i <= Reports; i++)
        {
            progress.Report(i);
        }

        handler.NotifyReported();
        return Task.CompletedTask;
    }

    // The time of both threads.
    private static Cost OnALoop(Func<TaskContext, SlowHandler, Task> report, List<TimeSpan> delays) => OneLoop.MeasureProcess(1, async task =>
    {
        var handler = new SlowHandler(Reports);
        await report(task, handler);
        delays.Add(await handler.DelayOfTheLast);
        Done.Add();
    });
}
