namespace Fibula.Tests.Scopes;

/// <summary>The system's clock, which tells each time it is asked.</summary>
internal sealed class TellingClock : TimeProvider
{
    public Action? Called { get; set; }

    public override long GetTimestamp()
    {
        Called?.Invoke();
        return System.GetTimestamp();
    }

    public override DateTimeOffset GetUtcNow()
    {
        Called?.Invoke();
        return System.GetUtcNow();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Called?.Invoke();
        return System.CreateTimer(callback, state, dueTime, period);
    }
}
