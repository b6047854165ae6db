namespace Workbench;

/// <summary>All hard links to one file are one file.</summary>
internal static class HardLinks
{
    /// <summary>Keeps of each file the path that is first in ordinal order.</summary>
    public static List<FoundFile> Fold(IReadOnlyList<FoundFile> found)
    {
        var firstPaths = new Dictionary<FileIdentity, FoundFile>(found.Count);
        var unknown = new List<FoundFile>();
        foreach (FoundFile file in found)
        {
            FileIdentity identity = file.Facts.Identity;
            if (!identity.IsKnown)
            {
                unknown.Add(file);
            }
            else if (!firstPaths.TryAdd(identity, file) && string.CompareOrdinal(file.Path, firstPaths[identity].Path) < 0)
            {
                firstPaths[identity] = file;
            }
        }

        return [.. firstPaths.Values, .. unknown];
    }
}
