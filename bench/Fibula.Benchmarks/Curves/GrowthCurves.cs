namespace Fibula.Benchmarks;

/// <summary>How costs grow with the number of tasks, scopes, levels and threads.</summary>
internal static class GrowthCurves
{
    private static readonly int[] Tasks = [1_000, 10_000, 100_000, 1_000_000];
    private static readonly int[] Children = [1_000, 10_000, 100_000];
    private static readonly int[] Scopes = [1, 10, 100, 1_000, 10_000];
    private static readonly int[] Depths = [1, 10, 100, 1_000];
    private static readonly int[] Threads = [1, 2, 4];

    public static IReadOnlyList<Growth> All { get; } =
    [
        new Growth("tasks", "Tasks of one scope, all pending, from start to end", "tasks", Tasks)
        {
            Lines = [("Fibula", PendingTasks.Ours), ("raw async", PendingTasks.Raw)],
        },
        new Growth("close", "Close of a scope with pending tasks", "tasks", Tasks)
        {
            Lines = [("Fibula", ClosingAScope.Ours), ("cancel each + WhenAll", ClosingAScope.ByHand)],
        },
        new Growth("children", "Children of one task, all pending, from start to end", "children", Children)
        {
            Lines = [("Fibula", GrowingATree.Children)],
        },
        new Growth("scopes", "Scopes with one pending task each, from creation to close", "scopes", Scopes)
        {
            Lines = [("Fibula", OpenScopes.Ours), ("a linked CTS and a task", OpenScopes.Linked)],
        },
        new Growth("depth", "Nested tasks, each awaited by the one around it", "levels", Depths)
        {
            Lines = [("Fibula", GrowingATree.Levels), ("raw async", NestedCalls.Raw)],
        },
        new Growth("threads", "Tasks for the thread pool, started from several threads", "threads that start", Threads)
        {
            Lines = [("RunOnThreadPool", StartingThreads.Ours), ("Task.Run", StartingThreads.Raw)],
        },
    ];
}
