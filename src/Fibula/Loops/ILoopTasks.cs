namespace Fibula;

/// <summary>The tasks on a loop, as the loop sees them.</summary>
internal interface ILoopTasks
{
    /// <summary>The loop pumps no more: all tasks on it are asked to cancel.</summary>
    void LoopEnded(UiLoop loop);

    /// <summary>Every report is written: nothing holds the tasks that live on any more.</summary>
    void ReleaseAll(UiLoop loop);
}
