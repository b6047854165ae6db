using Microsoft.Win32.SafeHandles;

namespace Workbench;

/// <summary>
/// What .NET tells on every system. It knows no inode, so two hard links count as two files, and no pipes, sockets and
/// devices: these claim to be empty and are never opened.
/// </summary>
internal sealed class PortableFiles : IFileAccess
{
    public FileFacts Look(string path) => Answer(() => ToFacts(new FileInfo(path)));

    public FileFacts LookThroughLinks(string path) => Answer(() =>
    {
        FileSystemInfo target = File.ResolveLinkTarget(path, returnFinalTarget: true) ?? new FileInfo(path);
        return ToFacts(new FileInfo(target.FullName));
    });

    public FileFacts Look(SafeFileHandle file, string path) => Answer(() => new FileFacts(
        FileKind.File, RandomAccess.GetLength(file), File.GetLastWriteTimeUtc(file).Ticks, default));

    public SafeFileHandle Open(string path) =>
        Answer(() => File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete));

    private static FileFacts ToFacts(FileInfo file)
    {
        FileAttributes attributes = File.GetAttributes(file.FullName);
        return attributes.HasFlag(FileAttributes.ReparsePoint) ? new FileFacts(FileKind.Link, 0, 0, default)
            : attributes.HasFlag(FileAttributes.Directory) ? new FileFacts(FileKind.Folder, 0, 0, default)
            : new FileFacts(FileKind.File, file.Length, file.LastWriteTimeUtc.Ticks, default);
    }

    private static T Answer<T>(Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Skips.From(error);
        }
    }
}
