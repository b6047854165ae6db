namespace Fibula.Benchmarks;

/// <summary>For how long does the UI thread stand still, while very many tasks are canceled or watched?</summary>
internal static class LongestTurn
{
    private const double Milliseconds = 8;

    public static IEnumerable<Comparison> Comparisons()
    {
        foreach (int tasks in (int[])[100_000, 1_000_000])
        {
            yield return Limit($"longest turn of a close of {tasks:N0}", OfClose, tasks);
            yield return Limit($"scope.Cancel() of {tasks:N0}, the call", OfCancel, tasks);
            yield return Limit($"longest turn while the unresponsive watch ticks, {tasks:N0}", OfWatch, tasks);
        }
    }

    private static Comparison Limit(string question, Func<int, Turn> round, int tasks)
    {
        double pause = 0;
        var ours = new Contestant("Fibula", () =>
        {
            var turn = round(tasks);
            pause = turn.PauseMilliseconds;
            return new Cost(turn.Nanoseconds, 0);
        });
        return new Comparison(question, ours, Peer: null, Goal.Within(Milliseconds))
        {
            IsHeavy = tasks > 100_000,
            Note = () => FormattableString.Invariant($"in the last round {pause:0.0} ms of it were a garbage collection"),
        };
    }

    private static Turn OfClose(int tasks)
    {
        using var window = new PumpedWindow();
        window.Start(tasks, Work.PendAsync);
        Task? closed = null;
        window.Time(() => closed = window.Scope.CloseAsync());
        window.PumpUntil(() => closed!.IsCompleted);
        Done.Expect(tasks);
        return window.Longest;
    }

    private static Turn OfCancel(int tasks)
    {
        using var window = new PumpedWindow();
        window.Start(tasks, Work.PendAsync);
        window.Time(() => window.Scope.Cancel());
        var call = window.Longest;
        window.PumpUntil(() => Done.Count == tasks);
        Done.Expect(tasks);
        return call;
    }

    // The watch works on another thread, which the UI thread may have to wait for in each start of a task.
    private static Turn OfWatch(int tasks)
    {
        using var window = new PumpedWindow();
        var gate = new TaskCompletionSource();
        int unresponsive = 0;
        window.Scope.UnresponsiveAfter = TimeSpan.FromMilliseconds(100);
        window.Scope.Unresponsive += _ => unresponsive++;
        window.Start(tasks, _ => Work.WaitForAsync(gate.Task));
        window.Scope.Cancel();

        var wait = new WaitClock();
        var longest = default(Turn);
        while (unresponsive < tasks)
        {
            var paused = GC.GetTotalPauseDuration();
            wait.Start();
            window.StartOneMore();
            window.Pump();
            var turn = new Turn(wait.Stop(), (GC.GetTotalPauseDuration() - paused).TotalMilliseconds);
            longest = turn.Nanoseconds > longest.Nanoseconds ? turn : longest;
        }

        gate.SetResult();
        window.PumpUntil(() => Done.Count == tasks);
        Done.Expect(tasks);
        return longest;
    }
}
