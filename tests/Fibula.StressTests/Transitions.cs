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
        (BackgroundTaskState Old, BackgroundTaskState New)[] all = [.. _raised];
        for (int i = 1; i < all.Length; i++)
        {
            Assert.True(all[i].Old == all[i - 1].New, $"'{name}' went {string.Join(", ", all)}.");
        }
    }
}
