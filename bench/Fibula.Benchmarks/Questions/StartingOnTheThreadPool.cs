namespace Fibula.Benchmarks;

/// <summary>What does it cost to start 1,000 tasks on the thread pool at the same time, and to await them?</summary>
internal static class StartingOnTheThreadPool
{
    private const int AtOnce = 1_000;
    private const int Batches = 10;

    public static IEnumerable<Comparison> Comparisons()
    {
        var ours = new Contestant("Fibula", () => OneLoop.MeasureProcess(AtOnce * Batches, OursAsync));
        var raw = new Contestant("Task.Run", () => OneLoop.MeasureProcess(AtOnce * Batches, _ => RawAsync()));
        yield return new Comparison("RunOnThreadPool, 1,000 at the same time", ours, raw, Goal.Times(2));
    }

    private static async Task OursAsync(TaskContext task)
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
    }

    private static async Task RawAsync()
    {
        var tasks = new Task[AtOnce];
        for (int batch = 0; batch < Batches; batch++)
        {
            for (int i = 0; i < AtOnce; i++)
            {
                tasks[i] = Task.Run(Done.AddOnAnyThread);
            }

            foreach (var task in tasks)
            {
                await task;
            }
        }
    }
}
