namespace Fibula.Benchmarks;

/// <summary>Tasks for the thread pool that are started from several threads in the same scope. The time of the whole process.</summary>
internal static class StartingThreads
{
    private const int Tasks = 20_000;

    public static Cost Ours(int threads) => Measure(threads, static scope => scope.RunOnThreadPool(Done.AddOnAnyThread).AsTask());

    public static Cost Raw(int threads) => Measure(threads, static _ => Task.Run(Done.AddOnAnyThread));

    private static Cost Measure(int threads, Func<TaskScope, Task> start) => OneLoop.MeasureProcess(Tasks, async _ =>
    {
        var scope = TaskScope.Current!;
        var started = new Task[Tasks];
        await Task.WhenAll(Enumerable.Range(0, threads).Select(number => OnAThread(() =>
        {
            for (int i = number; i < Tasks; i += threads)
            {
                started[i] = start(scope);
            }
        })));
        await Task.WhenAll(started);
    });

    private static Task OnAThread(Action action) =>
        Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
