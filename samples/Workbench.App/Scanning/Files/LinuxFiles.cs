using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Workbench;

/// <summary>Asks <c>statx</c>, the one stat call with the same layout on every Linux: .NET tells neither inode nor kind.</summary>
internal sealed partial class LinuxFiles : IFileAccess
{
    private const int CurrentFolder = -100;
    private const int DoNotFollowLinks = 0x100;
    private const int DoNotAutomount = 0x800;
    private const int OfTheHandle = 0x1000;
    private const uint BasicFacts = 0x7ff;

    private const int ReadOnly = 0;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;

    public FileFacts Look(string path) => Look(CurrentFolder, path, DoNotFollowLinks | DoNotAutomount, path);

    public FileFacts LookThroughLinks(string path) => Look(CurrentFolder, path, DoNotAutomount, path);

    public FileFacts Look(SafeFileHandle file, string path)
    {
        bool added = false;
        try
        {
            file.DangerousAddRef(ref added);
            return Look((int)file.DangerousGetHandle(), "", OfTheHandle, path);
        }
        finally
        {
            if (added)
            {
                file.DangerousRelease();
            }
        }
    }

    /// <summary>Whose it is; of a link, whose the link is.</summary>
    public FileOwner LookAtOwner(string path) => Ask(CurrentFolder, path, DoNotFollowLinks | DoNotAutomount, path).ToOwner();

    public SafeFileHandle Open(string path)
    {
        // File.OpenHandle would wait for a writer if a named pipe had taken the file's place since the walk.
        int descriptor = OpenFile(path, ReadOnly | NonBlocking | CloseOnExec);
        return descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw LinuxError.ToSkip(Marshal.GetLastPInvokeError(), path);
    }

    private static FileFacts Look(int folder, string name, int flags, string path) => Ask(folder, name, flags, path).ToFacts();

    private static StatxAnswer Ask(int folder, string name, int flags, string path) =>
        Statx(folder, name, flags, BasicFacts, out StatxAnswer answer) == 0
            ? answer
            : throw LinuxError.ToSkip(Marshal.GetLastPInvokeError(), path);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string name, int flags, uint mask, out StatxAnswer answer);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFile(string path, int flags);
}
