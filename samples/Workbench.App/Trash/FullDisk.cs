namespace Workbench;

/// <summary>Errors that the next file would meet too.</summary>
internal static class FullDisk
{
    private const int NoSpace = 28;
    private const int ReadOnly = 30;
    private const int OverQuota = 122;

    /// <summary>Whether the disk takes nothing any more. On Linux .NET tells the system's number of an error that has no exception of its own.</summary>
    public static bool Is(Exception error) => error is IOException { HResult: NoSpace or ReadOnly or OverQuota };
}
