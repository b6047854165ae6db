namespace LostTasks;

/// <summary>A wait that can be collected. Its signal comes from an object that only the waiting method itself refers to.</summary>
/// <param name="name">What the reader types.</param>
/// <param name="waitAsync">The work.</param>
/// <param name="signal">Makes the awaited thing happen; null where only the lost object could.</param>
internal sealed class Hazard(string name, Func<Trace, CancellationToken, Task> waitAsync, Action? signal = null)
{
    public static IReadOnlyList<Hazard> All { get; } =
    [
        new("file-watcher", FileWatcherWork.WaitAsync, FileWatcherWork.CreateTheFile),
        new("channel", ChannelWork.WaitAsync),
        new("messenger", MessengerWork.WaitAsync),
        new("semaphore", SemaphoreWork.WaitAsync),
    ];

    public string Name { get; } = name;

    public bool CanBeSignaled => signal is not null;

    public Task WaitAsync(Trace trace, CancellationToken token) => waitAsync(trace, token);

    public void Signal() => signal?.Invoke();
}
