namespace Fibula;

/// <summary>The one timer of an object, which is set again and again until it is disposed of: a new setting replaces the one before.</summary>
/// <param name="callback">Called on a thread that the clock chooses.</param>
/// <param name="state">Passed to the callback.</param>
/// <remarks>The clock may be the program's own: no lock may be held where the alarm is set or disposed of.</remarks>
internal sealed class Alarm(TimerCallback callback, object? state) : IDisposable
{
    private ITimer? _timer;
    private volatile bool _isDisposed;

    public void Set(TimeProvider clock, TimeSpan due)
    {
        if (_isDisposed)
        {
            return;
        }

        ITimer timer = LongTimer.Create(clock, callback, state, due);
        Interlocked.Exchange(ref _timer, timer)?.Dispose();
        if (_isDisposed)
        {
            timer.Dispose();
        }
    }

    public void Clear() => Interlocked.Exchange(ref _timer, null)?.Dispose();

    public void Dispose()
    {
        _isDisposed = true;
        Clear();
    }
}
