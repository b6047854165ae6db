namespace Workbench;

/// <summary>Sees every snapshot, on the thread that reports it.</summary>
internal sealed class Watch(Action<ScanSnapshot> see) : IProgress<ScanSnapshot>
{
    public void Report(ScanSnapshot value) => see(value);
}
