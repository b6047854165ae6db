namespace Workbench;

/// <summary>Files that take an hour to read and no room on the disk.</summary>
internal static class SparseFiles
{
    private const long Size = 1L << 40;

    /// <summary>Two of one size, so that their contents have to be compared.</summary>
    public static void WriteTwo(TempFolder folder)
    {
        WriteOne(folder["sparse-1"]);
        WriteOne(folder["sparse-2"]);
    }

    private static void WriteOne(string path)
    {
        using FileStream file = File.Create(path);
        file.SetLength(Size);
    }
}
