namespace Fibula;

/// <summary>How many tasks a scope and its descendants have had, by how they ended. Guarded by the tree's gate.</summary>
internal struct TaskCounts
{
    public int Started { get; set; }

    public int Succeeded { get; set; }

    public int Canceled { get; set; }

    public int Faulted { get; set; }

    /// <summary>Those that outlived the scope and belong to the root since.</summary>
    public int Left { get; set; }

    public void Ended(BackgroundTaskState state)
    {
        switch (state)
        {
            case BackgroundTaskState.Succeeded:
                Succeeded++;
                break;
            case BackgroundTaskState.Canceled:
                Canceled++;
                break;
            default:
                Faulted++;
                break;
        }
    }
}
