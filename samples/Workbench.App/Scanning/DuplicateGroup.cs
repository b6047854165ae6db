namespace Workbench;

/// <summary>Files with the same content, compared byte by byte.</summary>
public sealed class DuplicateGroup
{
    internal DuplicateGroup(long size, IEnumerable<string> paths)
    {
        Size = size;
        Paths = [.. paths.Order(StringComparer.Ordinal)];
    }

    /// <summary>The bytes each of the files has.</summary>
    public long Size { get; }

    /// <summary>Two files or more, in ordinal order.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>The bytes that all files but one take.</summary>
    public long WastedBytes => Size * (Paths.Count - 1);
}
