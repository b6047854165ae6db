namespace Workbench;

/// <summary>How a folder is scanned.</summary>
public sealed class ScanOptions
{
    /// <summary>Files with fewer bytes are not looked at.</summary>
    /// <value>Default: 1. An empty file is never compared, whatever the value.</value>
    public long MinSize { get; set; } = 1;

    /// <summary>How many files are read at the same time.</summary>
    /// <value>Default: the number of processors.</value>
    public int Parallelism { get; set; } = Environment.ProcessorCount;
}
