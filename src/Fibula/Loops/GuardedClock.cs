namespace Fibula;

/// <summary>
/// Makes a program's own clock safe to call in the middle of the library's work: its exceptions are faults, and the system's clock replaces it.
/// A timestamp frequency that is not positive counts as an exception.
/// </summary>
internal sealed class GuardedClock(UiLoop loop, TimeProvider clock) : TimeProvider
{
    private long _lastTimestamp;
    private int _isReported;

    public override long TimestampFrequency => Read(ReadFrequency, static () => TimeSpan.TicksPerSecond);

    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => Read(static clock => clock.GetUtcNow(), static () => System.GetUtcNow());

    public override long GetTimestamp()
    {
        try
        {
            long timestamp = clock.GetTimestamp();
            Volatile.Write(ref _lastTimestamp, timestamp);
            return timestamp;
        }
        catch (Exception error)
        {
            // The system's timestamps have another origin: time stands still until the clock can be read again.
            Report(error);
            return Volatile.Read(ref _lastTimestamp);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        try
        {
            return new GuardedTimer(this, clock.CreateTimer(callback, state, dueTime, period));
        }
        catch (Exception error)
        {
            Report(error);
            return System.CreateTimer(callback, state, dueTime, period);
        }
    }

    private T Read<T>(Func<TimeProvider, T> read, Func<T> instead)
    {
        try
        {
            return read(clock);
        }
        catch (Exception error)
        {
            Report(error);
            return instead();
        }
    }

    // The library divides by it.
    private static long ReadFrequency(TimeProvider clock) => clock.TimestampFrequency is > 0 and var frequency
        ? frequency
        : throw new InvalidOperationException($"The TimestampFrequency of the clock is {clock.TimestampFrequency}. It must be positive.");

    // Once: a clock that throws does so at every task.
    private void Report(Exception error)
    {
        if (Interlocked.Exchange(ref _isReported, 1) == 0)
        {
            loop.EnqueueOrPool(
                static failure => ((Failure)failure!).Loop.ReportCallback("the loop's clock", ((Failure)failure).Error),
                new Failure(loop, error));
        }
    }

    // Disposed of in the middle of the library's work, like the clock.
    private sealed class GuardedTimer(GuardedClock owner, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

        public void Dispose()
        {
            try
            {
                timer.Dispose();
            }
            catch (Exception error)
            {
                owner.Report(error);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }

    private sealed record Failure(UiLoop Loop, Exception Error);
}
