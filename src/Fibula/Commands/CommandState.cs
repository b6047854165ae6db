namespace Fibula;

/// <summary>What a view shows of a command.</summary>
internal readonly record struct CommandState
{
    public int Running { get; init; }

    public int Queued { get; init; }

    public BackgroundTask? Last { get; init; }

    public BackgroundTask? LastSucceeded { get; init; }

    public BackgroundTask? LastFaulted { get; init; }

    public BackgroundTask? LastCanceled { get; init; }

    public CommandState After(BackgroundTask ended) => ended.State switch
    {
        BackgroundTaskState.Succeeded => this with { LastSucceeded = ended },
        BackgroundTaskState.Faulted => this with { LastFaulted = ended },
        _ => this with { LastCanceled = ended },
    };

    /// <summary>The names of the command's properties that are different.</summary>
    public IEnumerable<string> ChangesSince(CommandState before)
    {
        if (Running > 0 != before.Running > 0)
        {
            yield return nameof(TaskCommandBase.IsRunning);
        }

        if (Running != before.Running)
        {
            yield return nameof(TaskCommandBase.RunningCount);
        }

        if (Queued != before.Queued)
        {
            yield return nameof(TaskCommandBase.QueuedCount);
        }

        if (Last != before.Last)
        {
            yield return nameof(TaskCommandBase.Last);
        }

        if (LastSucceeded != before.LastSucceeded)
        {
            yield return nameof(TaskCommandBase.LastSucceeded);
        }

        if (LastFaulted != before.LastFaulted)
        {
            yield return nameof(TaskCommandBase.LastFaulted);
        }

        if (LastCanceled != before.LastCanceled)
        {
            yield return nameof(TaskCommandBase.LastCanceled);
        }
    }
}
