using System.Diagnostics;

namespace Fibula.Benchmarks;

/// <summary>How long until 100,000 reports are dealt with, when the handler on the UI thread takes 5 microseconds?</summary>
internal static class ReportingProgress
{
    private const int Reports = 100_000;
    private static readonly TimeSpan HandlerTime = TimeSpan.FromMicroseconds(5);

    public static IEnumerable<Comparison> Comparisons()
    {
        const string Question = "100,000 reports from the pool, handled in 5 us on the loop";
        var ours = new Contestant("Fibula", () => OnALoop(OursAsync, mustSeeTheLast: true));
        var progress = new Contestant("Progress<T>", () => OnALoop(ProgressAsync, mustSeeTheLast: true));
        var throttle = new Contestant("hand-written throttle", () => OnALoop(ThrottleAsync, mustSeeTheLast: false));
        yield return new Comparison(Question, ours, progress, "faster than Progress<T>", answer => answer.Ratio < 1);
        yield return new Comparison(
            Question, ours, throttle, "within 5x of a throttle, which loses the last value", answer => answer.Ratio <= 5);
    }

    private static async Task OursAsync(TaskContext task, Handler handler) =>
        await task.RunOnThreadPool(pool => ReportAll(pool.AsProgress<int>(handler.Handle)));

    private static async Task ProgressAsync(TaskContext task, Handler handler)
    {
        var progress = new Progress<int>(handler.Handle);
        await task.RunOnThreadPool(() => ReportAll(progress));
        await handler.LastSeen;
    }

    private static async Task ThrottleAsync(TaskContext task, Handler handler)
    {
        var progress = new Throttle(SynchronizationContext.Current!, handler.Handle);
        await task.RunOnThreadPool(() => ReportAll(progress));
    }

    private static Task ReportAll(IProgress<int> progress)
    {
        for (int i = 1; i <= Reports; i++)
        {
            progress.Report(i);
        }

        return Task.CompletedTask;
    }

    private static Cost OnALoop(Func<TaskContext, Handler, Task> report, bool mustSeeTheLast) => EventLoop.Run(async task =>
    {
        var handler = new Handler();
        long bytes = GC.GetTotalAllocatedBytes(precise: true);
        long began = Stopwatch.GetTimestamp();
        await report(task, handler);
        var time = Stopwatch.GetElapsedTime(began);
        bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        return mustSeeTheLast && handler.Latest != Reports
            ? throw new InvalidOperationException($"The last value was lost: {handler.Latest} instead of {Reports}.")
            : new Cost(time.TotalNanoseconds, bytes);
    });

    private sealed class Handler
    {
        private readonly TaskCompletionSource _lastSeen = new();

        public int Latest { get; private set; }

        public Task LastSeen => _lastSeen.Task;

        public void Handle(int value)
        {
            long began = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(began) < HandlerTime)
            {
                Thread.SpinWait(1);
            }

            Latest = value;
            if (value == Reports)
            {
                _lastSeen.TrySetResult();
            }
        }
    }

    // As found in many programs: at most one post per 16 ms, and whatever comes in between is gone.
    private sealed class Throttle(SynchronizationContext context, Action<int> handler) : IProgress<int>
    {
        private long _posted;

        public void Report(int value)
        {
            long now = Environment.TickCount64;
            if (now - _posted >= 16)
            {
                _posted = now;
                context.Post(_ => handler(value), null);
            }
        }
    }
}
