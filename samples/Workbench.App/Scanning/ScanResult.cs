namespace Workbench;

/// <summary>What a scan found. After a cancellation: what it had found and confirmed until then.</summary>
public sealed record ScanResult
{
    internal ScanResult()
    {
    }

    /// <summary>The full path of the folder that was scanned.</summary>
    public required string Root { get; init; }

    /// <summary>Why the folder could not be scanned at all, in a sentence; otherwise null.</summary>
    public string? Problem { get; init; }

    /// <summary>Folders read, the root among them.</summary>
    public long Folders { get; init; }

    /// <summary>Files that took part: not empty, not below the least size, each counted once however many hard links it has.</summary>
    public long Files { get; init; }

    /// <summary>The bytes of these files.</summary>
    public long Bytes { get; init; }

    /// <summary>Further hard links to files that took part. They neither waste space nor stand in a group.</summary>
    public long HardLinks { get; init; }

    /// <summary>Symbolic links, none of them followed. Broken and looping ones are also in <see cref="Skipped"/>.</summary>
    public long SymbolicLinks { get; init; }

    /// <summary>Confirmed groups, in the ordinal order of their first paths.</summary>
    public IReadOnlyList<DuplicateGroup> Groups { get; init; } = [];

    /// <summary>What was left out, and why, in the ordinal order of the paths.</summary>
    public IReadOnlyList<SkippedPath> Skipped { get; init; } = [];

    /// <summary>Whether the scan was canceled before it was done.</summary>
    public bool Canceled { get; init; }

    /// <summary>This result without the files among the changed paths that are no longer as they were scanned; itself if there are none.</summary>
    internal ScanResult Without(ChangedPaths changed, IFileAccess files)
    {
        List<DuplicateGroup> left = [.. Groups.Select(group => group.Where(file => !changed.Touches(file.Path) || file.IsUnchanged(files))).OfType<DuplicateGroup>()];
        return left.SequenceEqual(Groups) ? this : this with { Groups = left };
    }

    /// <summary>The bytes that could be freed by keeping one file of each group.</summary>
    public long WastedBytes => Groups.Sum(group => group.WastedBytes);
}
