using Microsoft.Win32.SafeHandles;

namespace Workbench;

/// <summary>The files of this system; somebody does something just before each look at a path.</summary>
internal sealed class HookedFiles(Action<string> beforeLook) : IFileAccess
{
    private readonly LinuxFiles _files = new();

    public FileFacts Look(string path)
    {
        beforeLook(path);
        return _files.Look(path);
    }

    public FileFacts LookThroughLinks(string path) => _files.LookThroughLinks(path);

    public FileFacts Look(SafeFileHandle file, string path) => _files.Look(file, path);

    public SafeFileHandle Open(string path) => _files.Open(path);
}
