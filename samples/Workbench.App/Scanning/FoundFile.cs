namespace Workbench;

/// <summary>A file that takes part. There may be millions: the path is put together when it is asked for.</summary>
internal sealed class FoundFile(Folder folder, string name, FileFacts facts)
{
    public string Path => folder.PathOf(name);

    /// <summary>As the walk found it; a file that differs later has changed.</summary>
    public FileFacts Facts => facts;

    /// <summary>Of the first block, later of the whole content.</summary>
    public UInt128 Hash { get; set; }
}
