namespace Fibula.StressTests.Fuzz;

/// <summary>A program's own clock that throws now and then, goes back, and jumps.</summary>
internal sealed class FuzzClock(int seed) : TimeProvider
{
    private readonly Random _random = new(seed);
    private readonly Lock _gate = new();

    public override DateTimeOffset GetUtcNow() => Next(40) switch
    {
        0 => throw new FuzzException("The clock is broken."),
        1 => System.GetUtcNow() - TimeSpan.FromDays(1),
        _ => System.GetUtcNow(),
    };

    public override long GetTimestamp() => Next(40) switch
    {
        0 => throw new FuzzException("The clock is broken."),
        1 => System.GetTimestamp() - TimestampFrequency,
        _ => System.GetTimestamp(),
    };

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        Next(20) == 0 ? throw new FuzzException("The clock is broken.") : System.CreateTimer(callback, state, dueTime, period);

    private int Next(int count)
    {
        lock (_gate)
        {
            return _random.Next(count);
        }
    }
}
