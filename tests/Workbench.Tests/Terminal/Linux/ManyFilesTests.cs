using System.Globalization;

namespace Workbench;

public sealed class ManyFilesTests : IDisposable
{
    private const int Folders = 500;
    private const int FilesPerFolder = 200;
    private const long MemoryLimit = 300_000_000;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Screen_WithAHundredThousandFilesHalfOfThemEqual_TakesLessThan300Megabytes()
    {
        Parallel.For(0, Folders, WriteFolder);
        await using var terminal = new Tmux(80, 24, _folder.Path);

        await terminal.ShowsAsync("Done in ");

        Assert.Contains("100,000 files", string.Join('\n', terminal.Lines));
        Assert.InRange(PeakMemoryOf(terminal.ProgramId), 1, MemoryLimit);
    }

    // Two files in four have the content of another; the other two share their sizes with many.
    private void WriteFolder(int folder)
    {
        string path = Directory.CreateDirectory(_folder[$"{folder}"]).FullName;
        for (int file = 0; file < FilesPerFolder; file++)
        {
            int number = (folder * FilesPerFolder) + file;
            int content = file % 4 == 1 ? number - 1 : number;
            File.WriteAllText(Path.Join(path, $"a file with a usual name {file}.dat"), $"{content:D8}".PadRight(500 + (content % 50)));
        }
    }

    private static long PeakMemoryOf(string processId)
    {
        string line = File.ReadLines($"/proc/{processId}/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture);
    }
}
