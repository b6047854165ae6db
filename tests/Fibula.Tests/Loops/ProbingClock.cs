using Fibula.Diagnostics;

namespace Fibula.Tests.Loops;

/// <summary>The system's clock, which asks at each call whether another thread can use the scope meanwhile: nobody may hold its lock.</summary>
internal sealed class ProbingClock : TimeProvider
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [ThreadStatic]
    private static bool _isProbing;

    private int _calls;

    public TaskScope? Scope { get; set; }

    public TaskCommand? Command { get; set; }

    /// <summary>An app that leaves anyway.</summary>
    public UiApp? App { get; set; }

    public int Calls => Volatile.Read(ref _calls);

    public bool WasEverBlocked { get; private set; }

    public override long TimestampFrequency => Probed(System.TimestampFrequency);

    public override DateTimeOffset GetUtcNow() => Probed(System.GetUtcNow());

    public override long GetTimestamp() => Probed(System.GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Timer(this, Probed(System.CreateTimer(callback, state, dueTime, period)));

    /// <summary>Looks whether the locks of the scope and the command are free: from another thread, since it is re-entrant.</summary>
    public void Probe()
    {
        if (_isProbing || Scope is not { } scope)
        {
            return;
        }

        Interlocked.Increment(ref _calls);
        var thread = new Thread(() =>
        {
            _isProbing = true;
            scope.Snapshot();
            _ = Command?.RunningCount;
            App?.Exit();
        });
        thread.Start();
        WasEverBlocked |= !thread.Join(Limit);
    }

    private T Probed<T>(T value)
    {
        Probe();
        return value;
    }

    private sealed class Timer(ProbingClock clock, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

        public void Dispose()
        {
            clock.Probe();
            timer.Dispose();
        }

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
