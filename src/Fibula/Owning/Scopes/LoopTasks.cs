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

    private static List<TaskTree> On(UiLoop loop) => new List<TaskTree>(LiveRoots.Now()).FindAll(tree => tree.Loop == loop);
}
