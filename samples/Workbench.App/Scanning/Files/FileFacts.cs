namespace Workbench;

/// <summary>What the file system says about one path. Two equal values mean that nothing was written in between.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Modified">When it was written to: programs can set it back.</param>
/// <param name="Identity">Which file it is.</param>
/// <param name="Changed">When anything of it was changed, which no program can set back; 0 where the system doesn't tell.</param>
internal readonly record struct FileFacts(FileKind Kind, long Size, long Modified, FileIdentity Identity, long Changed = 0)
{
    /// <summary>Whether it is the same file with the same content, although it may have another name now.</summary>
    public bool IsSameFileAs(FileFacts other) => this with { Changed = 0 } == other with { Changed = 0 };
}
