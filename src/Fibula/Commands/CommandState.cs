namespace Fibula;

/// <summary>The state of a command that views show.</summary>
internal readonly record struct CommandState
{
    public int Running { get; init; }

    public int Queued { get; init; }

    public BackgroundTask? Last { get; init; }

    public BackgroundTask? LastSucceeded { get; init; }

    public BackgroundTask? LastFaulted { get; init; }

    public BackgroundTask? LastCanceled { get; init; }

    /// <summary>The command's properties that are different.</summary>
    public CommandProperties ChangesSince(in CommandState before) =>
        (Running > 0 != before.Running > 0 ? CommandProperties.IsRunning : 0)
        | (Running != before.Running ? CommandProperties.RunningCount : 0)
        | (Queued != before.Queued ? CommandProperties.QueuedCount : 0)
        | (Last != before.Last ? CommandProperties.Last : 0)
        | (LastSucceeded != before.LastSucceeded ? CommandProperties.LastSucceeded : 0)
        | (LastFaulted != before.LastFaulted ? CommandProperties.LastFaulted : 0)
        | (LastCanceled != before.LastCanceled ? CommandProperties.LastCanceled : 0);
}
