using System.Text;

namespace Workbench;

/// <summary>A real folder, gone after the test.</summary>
internal sealed class TempFolder : IDisposable
{
    private TempFolder(string path) => Path = path;

    public TempFolder()
        : this(Directory.CreateTempSubdirectory("workbench-").FullName)
    {
    }

    public string Path { get; }

    public string this[string name] => System.IO.Path.GetFullPath(System.IO.Path.Join(Path, name));

    /// <summary>A folder below another one than the system's for temporary files.</summary>
    public static TempFolder On(string folder) => new(Directory.CreateDirectory(System.IO.Path.Join(folder, $"workbench-{Guid.NewGuid():N}")).FullName);

    public string Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    public string Write(string name, byte[] content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllBytes(this[name], content);
        return this[name];
    }

    public void Dispose()
    {
        if (OperatingSystem.IsLinux())
        {
            // .NET can't delete names that are not UTF-8, nor paths longer than the system opens.
            Shell.Run("chmod", "-R", "u+rwx", Path);
            Shell.Run("rm", "-rf", Path);
        }
        else
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
