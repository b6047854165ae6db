namespace Fibula;

/// <summary>A task that closes its own scope: it waits for all others, but not for itself and those it was started from.</summary>
internal sealed class CloseInsider
{
    /// <summary>The live tasks it does not wait for. Guarded by the tree's gate.</summary>
    public HashSet<BackgroundTask> Excluded { get; } = [];

    public TaskCompletionSource<CloseReport> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
