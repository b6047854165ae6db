using System.Collections.Concurrent;

namespace Fibula.StressTests;

/// <summary>What <see cref="BackgroundTask.StateChanged"/> and the progress handlers of one task have raised, in order.</summary>
internal sealed class Transitions
{
    private readonly ConcurrentQueue<(BackgroundTaskState Old, BackgroundTaskState New)> _raised = new();
    private volatile bool _isEndRaised;

    public bool IsEndRaised => _isEndRaised;

    public void Follow(BackgroundTask task) => task.StateChanged += (old, now) =>
    {
        _raised.Enqueue((old, now));
        _isEndRaised |= now >= BackgroundTaskState.Succeeded;
    };

    /// <summary>Each begins where the one before it ended, and nothing follows an end.</summary>
    public void AssertAreAChain(string name)
    {
        string? mistake = Mistake();
        Assert.True(mistake is null, $"'{name}' went {mistake}.");
    }

    /// <summary>All that was raised where one does not follow from the one before it, or none may; else null.</summary>
    public string? Mistake()
    {
        (BackgroundTaskState Old, BackgroundTaskState New)[] all = [.. _raised];
        bool isChain = all.Index().All(change => change.Item.Old < change.Item.New
            && (change.Index == 0 || (all[change.Index - 1].New == change.Item.Old && change.Item.Old < BackgroundTaskState.Succeeded)));
        return isChain ? null : string.Join(", ", all);
    }
}
