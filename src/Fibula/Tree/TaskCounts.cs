namespace Fibula;

/// <summary>How many tasks a scope and its descendants have had, by how they ended. Guarded by the tree's gate.</summary>
internal struct TaskCounts
{
    public int Started { get; set; }

    public int Succeeded { get; set; }

    public int Canceled { get; set; }

    public int Faulted { get; set; }

    /// <summary>The survivors that still run. They belong to the root.</summary>
    public int Left { get; set; }

    public readonly TaskCounts Plus(TaskCounts others) => new()
    {
        Started = Started + others.Started,
        Succeeded = Succeeded + others.Succeeded,
        Canceled = Canceled + others.Canceled,
        Faulted = Faulted + others.Faulted,
        Left = Left + others.Left,
    };

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
