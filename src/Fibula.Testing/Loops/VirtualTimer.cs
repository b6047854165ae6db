namespace Fibula.Testing;

/// <summary>One timer of a <see cref="VirtualTimeProvider"/>, which guards it.</summary>
internal sealed class VirtualTimer(VirtualTimeProvider time, TimerCallback callback, object? state) : ITimer
{
    // What the system's timers take: a longer time must fail in a test as it does in the program.
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    // Weak: a timer that is never disposed of must not keep a window alive.
    private readonly WeakReference<TaskScope?> _scope = new(TaskScope.Current);

    /// <summary>The scope of the task that made the timer, while it is alive; null where it was no task.</summary>
    public TaskScope? Scope => _scope.TryGetTarget(out TaskScope? scope) ? scope : null;

    public DateTimeOffset DueAt { get; set; }

    public TimeSpan Period { get; private set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        ThrowIfRefused(dueTime);
        ThrowIfRefused(period);
        Period = period;
        time.Schedule(this, dueTime);
        return true;
    }

    public void Fire() => callback(state);

    public void Dispose() => time.Schedule(this, Timeout.InfiniteTimeSpan);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private static void ThrowIfRefused(TimeSpan time)
    {
        if (time != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(time, Longest);
        }
    }
}
