namespace Fibula.Tests;

/// <summary>Forces what a long-running program meets sooner or later.</summary>
internal static class Collector
{
    public static void Collect()
    {
        for (int round = 0; round < 3; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    /// <summary>Collects until an object is gone. Tests beside this one walk over all roots of the process, and hold each for a moment.</summary>
    public static bool Frees(WeakReference reference)
    {
        for (int round = 0; reference.IsAlive && round < 100; round++)
        {
            Collect();
        }

        return !reference.IsAlive;
    }
}
