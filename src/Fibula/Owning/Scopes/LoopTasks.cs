namespace Fibula;

/// <summary>The trees of tasks on any loop, found among those that have live work.</summary>
internal sealed class LoopTasks : ILoopTasks
{
    public static LoopTasks Instance { get; } = new();

    /// <summary>Closes every tree on the loop that has live work, and cancels its tasks.</summary>
    public void LoopEnded(UiLoop loop)
    {
        foreach (TaskTree tree in On(loop))
        {
            ScopeCloser.CloseWithTheLoop(tree.Root);
        }
    }

    /// <inheritdoc/>
    public void ReleaseAll(UiLoop loop)
    {
        foreach (TaskTree tree in On(loop))
        {
            ScopeCloser.ReleaseSurvivors(tree.Root);
        }
    }

    private static IEnumerable<TaskTree> On(UiLoop loop) => LiveRoots.Now().Where(tree => tree.Loop == loop);
}
