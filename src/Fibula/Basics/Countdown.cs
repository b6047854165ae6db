namespace Fibula;

/// <summary>Calls back after some real time, on a thread of its own: a timer needs the thread pool, which may be exhausted.</summary>
internal sealed class Countdown : IDisposable
{
    // A wait takes at most 24.8 days.
    private static readonly TimeSpan LongestPart = TimeSpan.FromDays(20);

    // Never disposed: the thread may still look at it.
    private readonly ManualResetEventSlim _stopped = new();

    /// <summary>Starts to count.</summary>
    /// <param name="time">How long; <see cref="Timeout.InfiniteTimeSpan"/> never calls back.</param>
    /// <param name="callback">Called unless it was disposed of before.</param>
    public Countdown(TimeSpan time, Action callback)
    {
        if (time != Timeout.InfiniteTimeSpan)
        {
            var thread = new Thread(() => Wait(time, callback)) { IsBackground = true, Name = "Fibula's countdown" };
            thread.UnsafeStart();
        }
    }

    /// <summary>Stops. A callback that runs already goes on.</summary>
    public void Dispose() => _stopped.Set();

    private void Wait(TimeSpan time, Action callback)
    {
        for (; time > LongestPart; time -= LongestPart)
        {
            if (_stopped.Wait(LongestPart))
            {
                return;
            }
        }

        if (!_stopped.Wait(time))
        {
            callback();
        }
    }
}
