namespace Fibula;

/// <summary>The runs of one command, each in one of three lists, the oldest first. Guarded by the gate of its limit.</summary>
internal sealed class CommandRuns
{
    /// <summary>Those that have a slot, and were not asked to cancel.</summary>
    public LinkedList<CommandRun> Going { get; } = new();

    /// <summary>Those that were asked to cancel, and have not ended.</summary>
    public LinkedList<CommandRun> Canceling { get; } = new();

    /// <summary>Those that wait for a slot.</summary>
    public LinkedList<CommandRun> Waiting { get; } = new();

    /// <summary>A copy of all.</summary>
    public CommandRun[] All() => [.. Canceling, .. Going, .. Waiting];
}
