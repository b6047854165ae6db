namespace Fibula.Testing;

/// <summary>A clock that moves only when it is told to; timers are called on the thread that moves it.</summary>
internal sealed class VirtualTimeProvider : TimeProvider
{
    // Guards _now and _timers. Callbacks run outside it.
    private readonly Lock _gate = new();
    private readonly List<VirtualTimer> _timers = [];
    private DateTimeOffset _now = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves to the earliest timer, not beyond a limit, and calls it.</summary>
    /// <returns>False if there was none up to the limit; the clock then stands at the limit.</returns>
    public bool JumpToNextTimer(DateTimeOffset? limit = null)
    {
        VirtualTimer? next;
        lock (_gate)
        {
            next = _timers.MinBy(timer => timer.DueAt);
            if (next is null || next.DueAt > limit)
            {
                _now = limit > _now ? limit.Value : _now;
                return false;
            }

            _now = next.DueAt > _now ? next.DueAt : _now;
            Schedule(next, next.Period > TimeSpan.Zero ? _now + next.Period : null);
        }

        next.Fire();
        return true;
    }

    /// <summary>When the next timer is due, from now on, null where there is none; and the scopes in whose tasks the timers were made, as far as they are alive.</summary>
    public (TimeSpan? Next, List<TaskScope> Scopes) WaitingTimers()
    {
        lock (_gate)
        {
            DateTimeOffset? next = _timers.MinBy(static timer => timer.DueAt)?.DueAt;
            return (next - _now, [.. _timers.Select(static timer => timer.Scope).OfType<TaskScope>().Distinct()]);
        }
    }

    public void Schedule(VirtualTimer timer, TimeSpan dueTime)
    {
        lock (_gate)
        {
            Schedule(timer, dueTime < TimeSpan.Zero ? null : _now + dueTime);
        }
    }

    private void Schedule(VirtualTimer timer, DateTimeOffset? dueAt)
    {
        _timers.Remove(timer);
        if (dueAt is { } moment)
        {
            timer.DueAt = moment;
            _timers.Add(timer);
        }
    }
}
