namespace Fibula.Benchmarks;

/// <summary>For how long does the UI thread stand still, while very many tasks are canceled or watched?</summary>
internal static class LongestTurn
{
    private const double Turn = 8;

    public static IEnumerable<Comparison> Comparisons()
    {
        foreach (int tasks in (int[])[100_000, 1_000_000])
        {
            yield return Limit($"longest turn of a close of {tasks:N0}", () => OfClose(tasks), tasks);
            yield return Limit($"scope.Cancel() of {tasks:N0}, the call", () => OfCancel(tasks), tasks);
            yield return Limit($"longest turn while the unresponsive watch ticks, {tasks:N0}", () => OfWatch(tasks), tasks);
        }
    }

    private static Comparison Limit(string question, Func<Cost> round, int tasks) =>
        new(question, new Contestant("Fibula", round), Peer: null, Goal.Within(Turn)) { IsHeavy = tasks > 100_000 };

    private static Cost OfClose(int tasks)
    {
        using var window = new PumpedWindow();
        window.Start(tasks, Work.PendAsync);
        Task? closed = null;
        long longest = CpuClock.ThreadNanosecondsOf(() => closed = window.Scope.CloseAsync());
        longest = Math.Max(longest, window.PumpUntil(() => closed!.IsCompleted));
        Done.Expect(tasks);
        return new Cost(longest, 0);
    }

    private static Cost OfCancel(int tasks)
    {
        using var window = new PumpedWindow();
        window.Start(tasks, Work.PendAsync);
        long call = CpuClock.ThreadNanosecondsOf(() => window.Scope.Cancel());
        window.PumpUntil(() => Done.Count == tasks);
        Done.Expect(tasks);
        return new Cost(call, 0);
    }

    // The watch works on another thread, which the UI thread may have to wait for in each start of a task.
    private static Cost OfWatch(int tasks)
    {
        using var window = new PumpedWindow();
        var gate = new TaskCompletionSource();
        int unresponsive = 0;
        window.Scope.UnresponsiveAfter = TimeSpan.FromMilliseconds(100);
        window.Scope.Unresponsive += _ => unresponsive++;
        window.Start(tasks, _ => Work.WaitForAsync(gate.Task));
        window.Scope.Cancel();

        var wait = new WaitClock();
        long longest = 0;
        while (unresponsive < tasks)
        {
            wait.Start();
            window.StartOneMore();
            window.Pump();
            longest = Math.Max(longest, wait.Stop());
        }

        gate.SetResult();
        window.PumpUntil(() => Done.Count == tasks);
        Done.Expect(tasks);
        return new Cost(longest, 0);
    }
}
