namespace Fibula.Benchmarks;

/// <summary>What does it cost to post callbacks to the GLib loop from two threads? On Linux, where GLib is installed.</summary>
internal static class Posting
{
    private const int Threads = 2;
    private const int PerThread = 20_000;
    private const int Burst = 1_000;

    private static long _wakeUps;

    public static IEnumerable<Comparison> Comparisons()
    {
        if (!OperatingSystem.IsLinux())
        {
            yield break;
        }

        var ours = new Contestant("Fibula", Ours);
        var glib = new Contestant("g_idle_add", () => PostAndRun(static () => GLibIdle.Add(Done.Add)));
        yield return new Comparison(
            "Post from two threads", ours, glib, Goal.Faster(14).And("two wake-ups per burst", static _ => _wakeUps == 2))
        {
            Note = static () => $"wake-ups per burst of {Threads * Burst:N0}: {_wakeUps}",
        };
    }

    private static Cost Ours()
    {
        var loop = new GLibLoop();
        loop.UseFibula();
        var cost = PostAndRun(() => loop.Post(Done.Add));

        // A burst that finds the loop waiting.
        GLibIdle.Drain();
        long turns = loop.TurnsRequested;
        Join(Start(Burst, () => loop.Post(Done.Add)));
        IterateUntil(Threads * Burst);
        Done.Expect(Threads * Burst);
        _wakeUps = loop.TurnsRequested - turns;
        loop.End();
        return cost;
    }

    // The time of all three threads.
    private static Cost PostAndRun(Action post)
    {
        const int Posts = Threads * PerThread;
        long bytes = GC.GetTotalAllocatedBytes(precise: true);
        long began = CpuClock.ProcessNanoseconds();
        var threads = Start(PerThread, post);
        IterateUntil(Posts);
        Join(threads);
        long time = CpuClock.ProcessNanoseconds() - began;
        bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        Done.Expect(Posts);
        return Cost.Each(Posts, time, bytes);
    }

    private static Thread[] Start(int posts, Action post)
    {
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
        {
            for (int i = 0; i < posts; i++)
            {
                post();
            }
        }))];
        Array.ForEach(threads, static thread => thread.Start());
        return threads;
    }

    private static void Join(Thread[] threads) => Array.ForEach(threads, static thread => thread.Join());

    private static void IterateUntil(int posts)
    {
        while (Done.Count < posts)
        {
            GLibIdle.Iterate();
        }
    }
}
