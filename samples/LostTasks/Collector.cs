namespace LostTasks;

/// <summary>Forces what a long-running program meets sooner or later.</summary>
internal static class Collector
{
    public const int Rounds = 5;

    public static void Collect()
    {
        for (int round = 0; round < Rounds; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }
}
