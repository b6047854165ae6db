namespace Fibula.Benchmarks;

/// <summary>What does a task cost that suspends once, reads its token and reports its progress?</summary>
internal static class ReadingATokenAndReporting
{
    private const int Operations = 10_000;
    private const double Half = 0.5;

    public static IEnumerable<Comparison> Comparisons()
    {
        var ours = new Contestant("Fibula", () => OneLoop.Measure(Operations, OursAsync));
        var raw = new Contestant("raw, CTS, Progress<T>", () => OneLoop.Measure(Operations, _ => RawAsync()));
        yield return new Comparison("a task that suspends once, reads its token and reports once", ours, raw, Goal.Times(1.5));
    }

    private static async Task OursAsync(TaskScope scope)
    {
        for (int i = 0; i < Operations; i++)
        {
            var task = scope.Run(static async task =>
            {
                await Task.Yield();
                task.CancellationToken.ThrowIfCancellationRequested();
                task.Report(Half);
            });
            await task;
            CountIfHalf(task.Progress.Fraction);
        }
    }

    private static async Task RawAsync()
    {
        for (int i = 0; i < Operations; i++)
        {
            using var source = new CancellationTokenSource();
            await WorkAsync(new Progress<double>(static fraction => CountIfHalf(fraction)), source.Token);
        }

        // The last report is handled in a further turn.
        await Task.Yield();
    }

    private static async Task WorkAsync(IProgress<double> progress, CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        progress.Report(Half);
    }

    private static void CountIfHalf(double? fraction)
    {
        if (fraction == Half)
        {
            Done.Add();
        }
    }
}
