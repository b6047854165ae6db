namespace Fibula.StressTests;

/// <summary>Threads that start at the same moment, each with its own numbers from a fixed seed.</summary>
internal static class Races
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static Thread[] Start(int count, int seed, Action<Random> body)
    {
        var start = new Barrier(count);
        void Begin(int index)
        {
            start.SignalAndWait();
            body(new Random(seed + index));
        }

        Thread[] threads = [.. Enumerable.Range(0, count).Select(index => new Thread(() => Begin(index)) { IsBackground = true })];
        Array.ForEach(threads, thread => thread.Start());
        return threads;
    }

    public static bool AreOver(Thread[] threads) => Array.TrueForAll(threads, thread => !thread.IsAlive);

    public static void Join(Thread[] threads) =>
        Assert.True(Array.TrueForAll(threads, thread => thread.Join(Limit)), "A thread never came back.");
}
