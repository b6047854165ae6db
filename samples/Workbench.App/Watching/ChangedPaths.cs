namespace Workbench;

/// <summary>Paths that have changed, with all that lies below them.</summary>
internal sealed class ChangedPaths
{
    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);

    /// <summary>Whether nobody knows any more what has changed: then everything may have.</summary>
    public bool IsEverything { get; set; }

    public bool IsEmpty => !IsEverything && _paths.Count == 0;

    public static ChangedPaths Of(IEnumerable<string> paths)
    {
        var changed = new ChangedPaths();
        changed._paths.UnionWith(paths);
        return changed;
    }

    public void Add(string path) => _paths.Add(path);

    public bool Touches(string path)
    {
        HashSet<string>.AlternateLookup<ReadOnlySpan<char>> paths = _paths.GetAlternateLookup<ReadOnlySpan<char>>();
        for (ReadOnlySpan<char> part = path; part.Length > 0; part = Path.GetDirectoryName(part))
        {
            if (IsEverything || paths.Contains(part))
            {
                return true;
            }
        }

        return false;
    }
}
