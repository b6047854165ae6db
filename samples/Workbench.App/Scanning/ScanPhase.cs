namespace Workbench;

/// <summary>What a scan is doing.</summary>
public enum ScanPhase
{
    /// <summary>Reading folders. How much there is to do is not known yet.</summary>
    Walking,

    /// <summary>Hashing the first block of each file that shares its size with another.</summary>
    FirstBlocks,

    /// <summary>Hashing whole files whose first blocks are equal, and comparing those with equal hashes byte by byte.</summary>
    Contents,

    /// <summary>The result is complete, or partial after a cancellation.</summary>
    Done,
}
