namespace Workbench;

/// <summary>Does something on the scan's own thread at the first snapshot that fulfils a condition: the scan waits meanwhile.</summary>
internal sealed class PhaseHook(Predicate<ScanSnapshot> when, Action act) : IProgress<ScanSnapshot>
{
    private int _acted;

    public static PhaseHook AtStartOf(ScanPhase phase, Action act) => new(snapshot => snapshot.Phase == phase, act);

    public void Report(ScanSnapshot value)
    {
        if (when(value) && Interlocked.Exchange(ref _acted, 1) == 0)
        {
            act();
        }
    }
}
