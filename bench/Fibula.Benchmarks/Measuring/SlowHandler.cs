using System.Diagnostics;

namespace Fibula.Benchmarks;

/// <summary>A handler of progress that paints something, which takes 5 microseconds, and waits for the last value.</summary>
internal sealed class SlowHandler(int last)
{
    private static readonly TimeSpan HandlerTime = TimeSpan.FromMicroseconds(5);
    private readonly TaskCompletionSource<TimeSpan> _delayOfTheLast = new();
    private long _reportedAt;

    /// <summary>How long after the last report its value was handled.</summary>
    public Task<TimeSpan> DelayOfTheLast => _delayOfTheLast.Task.WaitAsync(TimeSpan.FromSeconds(10));

    /// <summary>The last report has been made, on any thread.</summary>
    public void NotifyReported() => Volatile.Write(ref _reportedAt, Stopwatch.GetTimestamp());

    public void Handle(int value)
    {
        long began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < HandlerTime)
        {
            Thread.SpinWait(1);
        }

        if (value == last)
        {
            long reportedAt = Volatile.Read(ref _reportedAt);
            _delayOfTheLast.TrySetResult(reportedAt == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(reportedAt));
        }
    }
}
