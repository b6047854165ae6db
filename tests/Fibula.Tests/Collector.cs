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
}
