namespace Workbench;

/// <summary>Groups of files that are nowhere.</summary>
internal static class Groups
{
    public static DuplicateGroup Of(long size, params IEnumerable<string> paths) => new(size, paths.Select(path => new DuplicateFile(path, default)));
}
