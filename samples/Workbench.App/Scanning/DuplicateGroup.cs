namespace Workbench;

/// <summary>Files with the same content, compared byte by byte.</summary>
public sealed class DuplicateGroup
{
    internal DuplicateGroup(long size, IEnumerable<DuplicateFile> files)
    {
        Size = size;
        Files = [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)];
        Paths = [.. Files.Select(file => file.Path)];
    }

    /// <summary>The bytes each of the files has.</summary>
    public long Size { get; }

    /// <summary>Two files or more, in ordinal order.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>The bytes that all files but one take.</summary>
    public long WastedBytes => Size * (Paths.Count - 1);

    /// <summary>The same files as <see cref="Paths"/>.</summary>
    internal IReadOnlyList<DuplicateFile> Files { get; }

    /// <summary>The group of those files that are kept; null where fewer than two are left.</summary>
    internal DuplicateGroup? Where(Predicate<DuplicateFile> isKept)
    {
        List<DuplicateFile> kept = [.. Files.Where(file => isKept(file))];
        return kept.Count == Files.Count ? this
            : kept.Count > 1 ? new DuplicateGroup(Size, kept)
            : null;
    }
}
