namespace Fibula.Benchmarks;

/// <summary>Tasks that are all pending at the same time, from the first start to the last end.</summary>
internal static class PendingTasks
{
    private const int Least = 20_000;

    public static Cost Ours(int tasks) => Measure(tasks, static (scope, gate) => scope.Run(() => Work.WaitForAsync(gate)).AsTask());

    public static Cost Raw(int tasks) => Measure(tasks, static (_, gate) => Work.WaitForAsync(gate));

    private static Cost Measure(int tasks, Func<TaskScope, Task, Task> start)
    {
        int times = Math.Max(1, Least / tasks);
        return OneLoop.Measure(times * tasks, async scope =>
        {
            var started = new Task[tasks];
            for (int i = 0; i < times; i++)
            {
                var gate = new TaskCompletionSource();
                for (int task = 0; task < tasks; task++)
                {
                    started[task] = start(scope, gate.Task);
                }

                gate.SetResult();
                await Task.WhenAll(started);
            }
        });
    }
}
