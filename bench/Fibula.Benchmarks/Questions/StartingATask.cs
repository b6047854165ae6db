using System.Diagnostics;
using Microsoft.VisualStudio.Threading;

namespace Fibula.Benchmarks;

/// <summary>What does it cost to start a task that suspends once on the same loop, and to await it?</summary>
internal static class StartingATask
{
    private const int Operations = 20_000;

    public static IEnumerable<Comparison> Comparisons()
    {
        const string RawGoal = "at most +200 ns and +460 B over raw";
        const string JtfGoal = "at least 3x faster than JTF";

        var ours = new Contestant("Fibula", () => OnALoop(task => OursAsync(TaskScope.Current!)));
        var raw = new Contestant("raw async", () => OnALoop(_ => RawAsync()));
        var jtf = new Contestant("JoinableTaskFactory", () => OnALoop(_ => JtfAsync(CreateFactory())));
        const string Plain = "a task that suspends once on the same loop";
        yield return new Comparison(Plain, ours, raw, RawGoal, IsNearRaw);
        yield return new Comparison(Plain, ours, jtf, JtfGoal, answer => answer.Ratio <= 1 / 3.0);

        var oursReporting = new Contestant("Fibula", () => OnALoop(task => OursReportingAsync(TaskScope.Current!)));
        var rawReporting = new Contestant("raw async", () => OnALoop(_ => RawReportingAsync()));
        var jtfReporting = new Contestant("JoinableTaskFactory", () => OnALoop(_ => JtfReportingAsync(CreateFactory())));
        const string Reporting = "a task that suspends once, reads its token and reports once";
        yield return new Comparison(Reporting, oursReporting, rawReporting, RawGoal, IsNearRaw);
        yield return new Comparison(Reporting, oursReporting, jtfReporting, JtfGoal, answer => answer.Ratio <= 1 / 3.0);
    }

    public static async Task OursAsync(TaskScope scope)
    {
        for (int i = 0; i < Operations; i++)
        {
            await scope.Run(static async () => await Task.Yield());
        }
    }

    public static async Task RawAsync()
    {
        for (int i = 0; i < Operations; i++)
        {
            await SuspendOnceAsync();
        }

        static async Task SuspendOnceAsync() => await Task.Yield();
    }

    public static async Task JtfAsync(JoinableTaskFactory factory)
    {
        for (int i = 0; i < Operations; i++)
        {
            await factory.RunAsync(static async () => await Task.Yield());
        }
    }

    private static async Task OursReportingAsync(TaskScope scope)
    {
        for (int i = 0; i < Operations; i++)
        {
            await scope.Run(static async task =>
            {
                await Task.Yield();
                task.CancellationToken.ThrowIfCancellationRequested();
                task.Report(0.5);
            });
        }
    }

    // What the same needs by hand: a token source and a progress object of one's own for each task.
    private static async Task RawReportingAsync()
    {
        for (int i = 0; i < Operations; i++)
        {
            using var source = new CancellationTokenSource();
            await WorkAsync(new LatestValue(), source.Token);
        }
    }

    private static async Task JtfReportingAsync(JoinableTaskFactory factory)
    {
        for (int i = 0; i < Operations; i++)
        {
            using var source = new CancellationTokenSource();
            var token = source.Token;
            await factory.RunAsync(() => WorkAsync(new LatestValue(), token));
        }
    }

    private static async Task WorkAsync(IProgress<double> progress, CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        progress.Report(0.5);
    }

    // The factory with a collection, which is what holds and joins its tasks.
    private static JoinableTaskFactory CreateFactory()
    {
        var context = new JoinableTaskContext(Thread.CurrentThread, SynchronizationContext.Current);
        return context.CreateFactory(context.CreateCollection());
    }

    private static Cost OnALoop(Func<TaskContext, Task> operations) => EventLoop.Run(async task =>
    {
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        long began = Stopwatch.GetTimestamp();
        await operations(task);
        var time = Stopwatch.GetElapsedTime(began);
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        return new Cost(time.TotalNanoseconds / Operations, (double)bytes / Operations);
    });

    private static bool IsNearRaw(Answer answer) =>
        answer.Ours.Nanoseconds - answer.Peer.Nanoseconds <= 200 && answer.Ours.Bytes - answer.Peer.Bytes <= 460;

    private sealed class LatestValue : IProgress<double>
    {
        private double _value;

        public void Report(double value) => Volatile.Write(ref _value, value);
    }
}
