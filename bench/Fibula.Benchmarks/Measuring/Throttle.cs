namespace Fibula.Benchmarks;

/// <summary>As found in many programs: at most one post per refresh, and the last value when the work has ended.</summary>
internal sealed class Throttle<T>(SynchronizationContext context, Action<T> handler, TimeSpan refresh) : IProgress<T>
{
    private readonly long _refresh = (long)refresh.TotalMilliseconds;
    private long _postedAt;
    private T? _latest;

    public void Report(T value)
    {
        _latest = value;
        long now = Environment.TickCount64;
        if (now - _postedAt >= _refresh)
        {
            _postedAt = now;
            context.Post(_ => handler(value), null);
        }
    }

    /// <summary>On the UI thread, after the last report.</summary>
    public void Flush() => handler(_latest!);
}
