namespace Workbench;

/// <summary>What the phases of one scan share.</summary>
internal sealed class ScanRun(
    ScanOptions options, IFileAccess files, IProgress<ScanSnapshot>? progress, CancellationToken cancellationToken)
{
    public ScanOptions Options => options;

    public IFileAccess Files => files;

    public ScanCounters Counters { get; } = new(progress);

    public SkipList Skipped { get; } = new();

    public bool IsCanceled => cancellationToken.IsCancellationRequested;
}
