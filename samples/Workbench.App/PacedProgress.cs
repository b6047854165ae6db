namespace Workbench;

/// <summary>Passes on the first snapshot of each phase, then ten in a second: people read no faster, and each makes a screen draw itself.</summary>
internal sealed class PacedProgress(IProgress<ScanSnapshot> receiver, TimeProvider clock) : IProgress<ScanSnapshot>
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    // Guards the two below: all threads of a scan report.
    private readonly Lock _gate = new();
    private ScanPhase? _phase;
    private long _passedAt;

    public void Report(ScanSnapshot value)
    {
        if (IsDue(value.Phase))
        {
            receiver.Report(value);
        }
    }

    private bool IsDue(ScanPhase phase)
    {
        lock (_gate)
        {
            if (phase == _phase && clock.GetElapsedTime(_passedAt) < Interval)
            {
                return false;
            }

            _phase = phase;
            _passedAt = clock.GetTimestamp();
            return true;
        }
    }
}
