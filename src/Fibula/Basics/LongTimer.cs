namespace Fibula;

/// <summary>A timer that rings once, after any time: a clock's own timer takes at most 49.7 days.</summary>
internal sealed class LongTimer : ITimer
{
    /// <summary>The longest part that is given to the clock.</summary>
    private static readonly TimeSpan LongestPart = TimeSpan.FromDays(49);

    private readonly TimeProvider _clock;
    private readonly TimerCallback _callback;
    private readonly object? _state;
    private TimeSpan _left;
    private ITimer? _part;
    private volatile bool _isDisposed;

    private LongTimer(TimeProvider clock, TimerCallback callback, object? state, TimeSpan due)
    {
        _clock = clock;
        _callback = callback;
        _state = state;
        _left = due;
    }

    /// <summary>Creates a timer. The clock may be the program's own: no lock may be held here.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="callback">Called once, on a thread that the clock chooses.</param>
    /// <param name="state">Passed to the callback.</param>
    /// <param name="due">When to ring; <see cref="Timeout.InfiniteTimeSpan"/> for never.</param>
    public static ITimer Create(TimeProvider clock, TimerCallback callback, object? state, TimeSpan due)
    {
        if (due <= LongestPart)
        {
            return clock.CreateTimer(callback, state, due, Timeout.InfiniteTimeSpan);
        }

        var timer = new LongTimer(clock, callback, state, due);
        timer.BeginPart();
        return timer;
    }

    public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException("A long timer rings once.");

    public void Dispose()
    {
        _isDisposed = true;
        Volatile.Read(ref _part)?.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void BeginPart()
    {
        TimeSpan part = _left < LongestPart ? _left : LongestPart;
        _left -= part;
        ITimer timer = _clock.CreateTimer(static timer => ((LongTimer)timer!).EndPart(), this, part, Timeout.InfiniteTimeSpan);
        Interlocked.Exchange(ref _part, timer)?.Dispose();
        if (_isDisposed)
        {
            timer.Dispose();
        }
    }

    private void EndPart()
    {
        if (_isDisposed)
        {
            return;
        }

        if (_left > TimeSpan.Zero)
        {
            BeginPart();
        }
        else
        {
            _callback(_state);
        }
    }
}
