using System.Runtime.InteropServices;

namespace Workbench;

/// <summary>What .NET has no call for.</summary>
internal static partial class LinuxTrashCalls
{
    private const int CurrentFolder = -100;
    private const uint DoNotReplace = 1;
    private const int Exists = 17;

    /// <summary>The number of the user.</summary>
    [LibraryImport("libc", EntryPoint = "getuid")]
    public static partial uint UserId();

    /// <summary>Renames, and does nothing else: <see cref="File.Move(string, string)"/> would copy to another file system, and may replace a file.</summary>
    /// <returns>False where the new name is taken.</returns>
    /// <exception cref="TrashException">The system refused.</exception>
    public static bool Rename(string from, string to)
    {
        if (RenameAt(CurrentFolder, from, CurrentFolder, to, DoNotReplace) == 0)
        {
            return true;
        }

        int error = Marshal.GetLastPInvokeError();
        return error == Exists
            ? false
            : throw new TrashException($"'{from}' could not be moved to '{to}': {Marshal.GetPInvokeErrorMessage(error)}.");
    }

    /// <summary>The path without any symbolic link in it.</summary>
    /// <exception cref="TrashException">The system refused.</exception>
    public static string RealPath(string path)
    {
        nint real = RealPath(path, 0);
        if (real == 0)
        {
            throw new TrashException($"'{path}' can't be reached: {Marshal.GetLastPInvokeErrorMessage()}.");
        }

        try
        {
            return Marshal.PtrToStringUTF8(real)!;
        }
        finally
        {
            Free(real);
        }
    }

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameAt(int fromFolder, string from, int toFolder, string to, uint flags);

    [LibraryImport("libc", EntryPoint = "realpath", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint RealPath(string path, nint resolved);

    [LibraryImport("libc", EntryPoint = "free")]
    private static partial void Free(nint memory);
}
