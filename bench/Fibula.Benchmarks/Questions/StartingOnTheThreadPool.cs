namespace Fibula.Benchmarks;

/// <summary>What does it cost to start 1,000 tasks on the thread pool at the same time, and to await them?</summary>
internal static class StartingOnTheThreadPool
{
    private const int AtOnce = 1_000;
    private const int Batches = 10;

    public static IEnumerable<Comparison> Comparisons()
    {
        var ours = new Contestant("Fibula", Owned);
        var raw = new Contestant("Task.Run", Raw);
        yield return new Comparison("RunOnThreadPool, 1,000 at the same time", ours, raw, Goal.Times(2));
    }

    public static Cost Raw() => Each(static () => Task.Run(Done.AddOnAnyThread));

    public static Cost Owned() => OneLoop.MeasureProcess(AtOnce * Batches, static async _ =>
    {
        var handles = new BackgroundTask[AtOnce];
        for (int batch = 0; batch < Batches; batch++)
        {
            for (int i = 0; i < AtOnce; i++)
            {
                handles[i] = TaskScope.Current!.RunOnThreadPool(Done.AddOnAnyThread);
            }

            foreach (var handle in handles)
            {
                await handle;
            }
        }
    });

    /// <summary>The same with tasks that are started in another way.</summary>
    public static Cost Each(Func<Task> start) => OneLoop.MeasureProcess(AtOnce * Batches, async _ =>
    {
        var tasks = new Task[AtOnce];
        for (int batch = 0; batch < Batches; batch++)
        {
            for (int i = 0; i < AtOnce; i++)
            {
                tasks[i] = start();
            }

            foreach (var task in tasks)
            {
                await task;
            }
        }
    });
}
