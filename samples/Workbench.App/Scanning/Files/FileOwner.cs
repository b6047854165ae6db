namespace Workbench;

/// <summary>Whose something is, and who else may write to it.</summary>
internal readonly record struct FileOwner(FileKind Kind, uint User, UnixFileMode Mode)
{
    private const UnixFileMode OthersMayWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Whether it is a folder, no link to one, that this user alone can change.</summary>
    public bool IsFolderOf(uint user) => Kind == FileKind.Folder && User == user && (Mode & OthersMayWrite) == 0;
}
