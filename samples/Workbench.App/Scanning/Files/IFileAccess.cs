using Microsoft.Win32.SafeHandles;

namespace Workbench;

/// <summary>The questions the scan asks the file system. Each throws <see cref="SkipException"/> when there is no answer.</summary>
internal interface IFileAccess
{
    static IFileAccess OfThisSystem { get; } = OperatingSystem.IsLinux() ? new LinuxFiles() : new PortableFiles();

    FileFacts Look(string path);

    FileFacts LookThroughLinks(string path);

    FileFacts Look(SafeFileHandle file, string path);

    /// <summary>Opens a file to be read. Never waits for another process, even if the path has become a named pipe.</summary>
    SafeFileHandle Open(string path);
}
