namespace Workbench;

/// <summary>The independent tool: Debian's jdupes, its answer normalised to our rule for hard links.</summary>
internal static class Jdupes
{
    /// <summary>
    /// With -H, jdupes treats hard links as duplicates of each other, so that every path is there; then all paths of one
    /// file become the first of them in ordinal order, and a group of one file is none.
    /// </summary>
    public static string[][] Find(string folder)
    {
        string output = Shell.Run("jdupes", "--recurse", "--hard-links", "--quiet", folder);
        IEnumerable<(string Path, string First)> firstPaths = Shell
            .Run("find", folder, "-type", "f", "-printf", "%D:%i\\t%p\\n")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .GroupBy(line => line.Split('\t')[0], line => line.Split('\t')[1])
            .SelectMany(paths => paths.Select(path => (path, paths.Min(StringComparer.Ordinal)!)));
        var firstPath = firstPaths.ToDictionary(pair => pair.Path, pair => pair.First);

        return [.. output.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(group => group.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .Select(paths => paths.Select(path => firstPath[path]).Distinct().Order(StringComparer.Ordinal).ToArray())
            .Where(paths => paths.Length > 1)
            .OrderBy(paths => paths[0], StringComparer.Ordinal)];
    }
}
