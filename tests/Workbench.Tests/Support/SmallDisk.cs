using System.Runtime.CompilerServices;

namespace Workbench;

/// <summary>A file system of its own in memory, gone after the test. Only root can mount one: others become root in a namespace of their own.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const string ChildMark = "WORKBENCH_TESTS_AS_ROOT";

    private readonly TempFolder _folder = new();

    private SmallDisk(int kilobytes) => Shell.Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "none", _folder.Path);

    public string Path => _folder.Path;

    public static async Task RunAsync(
        int kilobytes, Func<SmallDisk, Task> test, [CallerFilePath] string sourceFile = "", [CallerMemberName] string method = "")
    {
        if (Environment.IsPrivilegedProcess)
        {
            using var disk = new SmallDisk(kilobytes);
            await test(disk);
            return;
        }

        Assert.Null(Environment.GetEnvironmentVariable(ChildMark));
        string program = System.IO.Path.ChangeExtension(typeof(SmallDisk).Assembly.Location, null);
        string output = Shell.Run(
            "unshare", "--user", "--map-root-user", "--mount", "env", $"{ChildMark}=1",
            program, "-method", $"Workbench.{System.IO.Path.GetFileNameWithoutExtension(sourceFile)}.{method}");
        Assert.Contains("Total: 1", output);
    }

    /// <summary>Writes a file of a name that holds a text.</summary>
    public string Write(string name, string content) => _folder.Write(name, content);

    /// <summary>Takes all the room that is left.</summary>
    public void Fill()
    {
        using FileStream file = File.Create(_folder["filling"], bufferSize: 1);
        try
        {
            while (true)
            {
                file.Write(new byte[4096]);
            }
        }
        catch (IOException)
        {
            // It is full.
        }
    }

    public void Dispose()
    {
        Shell.Run("umount", "--lazy", Path);
        _folder.Dispose();
    }
}
