namespace Workbench;

/// <summary>Plain text on a real terminal.</summary>
public sealed class PlainTerminalTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public PlainTerminalTests() => SparseFiles.WriteTwo(_folder);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Progress_IsABarThatDisappearsBeforeTheReports()
    {
        await using var terminal = new Tmux(120, 24, "--ui=plain", _folder.Path);
        await terminal.ShowsAsync("━━━");
        await terminal.ShowsAsync("Comparing contents");

        terminal.Press("C-c");
        int exitCode = await terminal.EndAsync();

        await terminal.ShowsAsync("3 tasks: 2 finished, 1 canceled by SIGINT");
        Assert.Equal(130, exitCode);
        Assert.StartsWith($"{_folder.Path}: 2 files, 2.0 TiB", terminal.Lines[0]);
        Assert.DoesNotContain(terminal.Lines, line => line.Contains('━'));
    }
}
