namespace Fibula;

/// <summary>The properties of a command that change, in the order in which they are raised.</summary>
[Flags]
internal enum CommandProperties
{
    None = 0,
    IsRunning = 1,
    RunningCount = 1 << 1,
    QueuedCount = 1 << 2,
    Last = 1 << 3,
    LastSucceeded = 1 << 4,
    LastFaulted = 1 << 5,
    LastCanceled = 1 << 6,
}
