namespace Fibula.Tests.Scopes;

/// <summary>A clock on which much time may pass at once, as in a machine that sleeps: a timer that should have rung meanwhile rings once, afterwards.</summary>
internal sealed class SleepyTimeProvider : TimeProvider
{
    private readonly List<Timer> _timers = [];
    private TimeSpan _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>The time to the next timer.</summary>
    public TimeSpan NextIn => _timers.Min(timer => timer.DueAt) - _now;

    public override long GetTimestamp() => _now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state), _now + dueTime);
        _timers.Add(timer);
        return timer;
    }

    public void Sleep(TimeSpan time)
    {
        _now += time;
        foreach (Timer timer in _timers.Where(timer => timer.DueAt <= _now).ToArray())
        {
            timer.Dispose();
            timer.Ring();
        }
    }

    private sealed class Timer(SleepyTimeProvider clock, Action ring, TimeSpan dueAt) : ITimer
    {
        public TimeSpan DueAt => dueAt;

        public void Ring() => ring();

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => clock._timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
