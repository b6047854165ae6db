namespace Fibula.Tests;

/// <summary>A clock whose timers never ring, and are counted.</summary>
internal sealed class CountingTimeProvider : TimeProvider
{
    public int Made { get; private set; }

    public int Live { get; private set; }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Made++;
        Live++;
        return new Timer(this);
    }

    private sealed class Timer(CountingTimeProvider clock) : ITimer
    {
        private bool _isDisposed;

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
            clock.Live -= _isDisposed ? 0 : 1;
            _isDisposed = true;
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
