namespace Fibula.Testing;

/// <summary>Lets work that was handed to the thread pool earlier have its chance to begin.</summary>
internal static class PoolFence
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Blocks until items queued now have run, several times over.</summary>
    public static void Pass()
    {
        for (int round = 0; round < 10; round++)
        {
            using var passed = new ManualResetEventSlim();
            ThreadPool.UnsafeQueueUserWorkItem(static passed => passed.Set(), passed, preferLocal: false);
            passed.Wait(Limit);
        }
    }
}
