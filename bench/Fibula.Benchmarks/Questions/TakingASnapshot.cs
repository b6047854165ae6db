using Fibula.Diagnostics;

namespace Fibula.Benchmarks;

/// <summary>What does a snapshot of 10,000 tasks cost, and for how long does it hold up the UI thread?</summary>
internal static class TakingASnapshot
{
    private const int Scopes = 10;
    private const int PerScope = 1_000;
    private const int Snapshots = 10;

    public static IEnumerable<Comparison> Comparisons()
    {
        yield return new Comparison(
            "a snapshot of 10,000 tasks", new Contestant("Fibula", () => Measure(OfSnapshotAsync)), Peer: null, Goal.Within(4));
        yield return new Comparison(
            "the longest start of a task during ten snapshots of 10,000", new Contestant("Fibula", () => Measure(OfStartAsync)), Peer: null, Goal.Within(1));
    }

    private static Task<Cost> OfSnapshotAsync(TaskScope root)
    {
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        long time = CpuClock.ThreadNanosecondsOf(() => TakeSome(root));
        return Task.FromResult(Cost.Each(Snapshots, time, GC.GetAllocatedBytesForCurrentThread() - bytes));
    }

    // A hold of the gate is seen by what waits for it: the time in which the UI thread stands still and the other thread works on its snapshots.
    private static Task<Cost> OfStartAsync(TaskScope root)
    {
        int clock = 0;
        int taken = 0;
        using var begun = new ManualResetEventSlim();
        using var read = new ManualResetEventSlim();
        var thread = new Thread(() =>
        {
            clock = CpuClock.ClockOfThisThread();
            begun.Set();
            for (; taken < Snapshots; Volatile.Write(ref taken, taken + 1))
            {
                TakeOne(root);

                // Or the lock goes from one snapshot to the next.
                Thread.Sleep(1);
            }

            // Its clock ends with it.
            read.Wait();
        });
        thread.Start();
        begun.Wait();
        var wait = new WaitClock();
        long longest = 0;
        while (Volatile.Read(ref taken) < Snapshots)
        {
            long worked = CpuClock.NanosecondsOn(clock);
            wait.Start();
            root.Run(static () => Task.CompletedTask);
            longest = Math.Max(longest, Math.Min(wait.Stop(), CpuClock.NanosecondsOn(clock) - worked));
        }

        read.Set();
        thread.Join();
        return Task.FromResult(new Cost(longest, 0));
    }

    private static void TakeSome(TaskScope root)
    {
        for (int i = 0; i < Snapshots; i++)
        {
            TakeOne(root);
        }
    }

    private static void TakeOne(TaskScope root)
    {
        int tasks = root.Snapshot().Children.Sum(static scope => scope.Tasks.Count);
        if (tasks != Scopes * PerScope)
        {
            throw new InvalidOperationException($"The snapshot shows {tasks} tasks instead of {Scopes * PerScope}.");
        }
    }

    private static Cost Measure(Func<TaskScope, Task<Cost>> measureAsync) => EventLoop.Run(async _ =>
    {
        var root = TaskScope.Current!;
        var gate = new TaskCompletionSource();
        for (int scope = 0; scope < Scopes; scope++)
        {
            var window = root.CreateChild($"window {scope}");
            for (int i = 0; i < PerScope; i++)
            {
                window.Run(() => Work.WaitForAsync(gate.Task));
            }
        }

        var cost = await measureAsync(root);
        gate.SetResult();
        while (Done.Count < Scopes * PerScope)
        {
            await Task.Yield();
        }

        Done.Expect(Scopes * PerScope);
        return cost;
    });
}
