namespace Workbench;

/// <summary>How far a scan is, at one moment.</summary>
public readonly record struct ScanSnapshot
{
    /// <summary>What the scan is doing.</summary>
    public ScanPhase Phase { get; init; }

    /// <summary>Folders read so far.</summary>
    public long Folders { get; init; }

    /// <summary>Files found so far.</summary>
    public long Files { get; init; }

    /// <summary>Bytes of the files found so far.</summary>
    public long Bytes { get; init; }

    /// <summary>Files this phase is done with.</summary>
    public long FilesDone { get; init; }

    /// <summary>Files this phase has to look at; 0 while walking.</summary>
    public long FilesTotal { get; init; }

    /// <summary>Bytes this phase is done with, whether they had to be read or not.</summary>
    public long BytesDone { get; init; }

    /// <summary>Bytes this phase reads at most; 0 while walking.</summary>
    public long BytesTotal { get; init; }

    /// <summary>Groups of equal files confirmed so far.</summary>
    public long Groups { get; init; }

    /// <summary>Bytes that the confirmed groups waste.</summary>
    public long WastedBytes { get; init; }
}
