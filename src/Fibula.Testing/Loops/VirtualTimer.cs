namespace Fibula.Testing;

/// <summary>One timer of a <see cref="VirtualTimeProvider"/>, which guards it.</summary>
internal sealed class VirtualTimer(VirtualTimeProvider time, TimerCallback callback, object? state) : ITimer
{
    public DateTimeOffset DueAt { get; set; }

    public TimeSpan Period { get; private set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
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
}
