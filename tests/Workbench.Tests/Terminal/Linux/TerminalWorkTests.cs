namespace Workbench;

/// <summary>What is done with a result on the terminal: searched, exported, moved to the trash, kept true.</summary>
public sealed class TerminalWorkTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TempFolder _reports = new();

    public TerminalWorkTests()
    {
        _folder.Write("photos/tower-1.jpg", new byte[5000]);
        _folder.Write("photos/tower-2.jpg", new byte[5000]);
        _folder.Write("a.txt", "aa");
        _folder.Write("b.txt", "aa");
    }

    public void Dispose()
    {
        _folder.Dispose();
        _reports.Dispose();
    }

    [Fact]
    public async Task Search_ShowsWhatHasTheText_AndEscShowsAllAgain()
    {
        await using Tmux terminal = await OpenAsync();

        terminal.Press("/");
        await terminal.ShowsAsync("Search:");
        terminal.Type("a.txt");
        await terminal.ShowsAsync("1 of 2 groups have 'a.txt' in a path");

        // The terminal may show a frame while it is still being written.
        await terminal.ShowsNoMoreAsync("tower-1");
        terminal.Press("Escape");

        await terminal.ShowsAsync("2 photos/tower-1.jpg");
        await terminal.ShowsNoMoreAsync("Search:");
    }

    [Fact]
    public async Task Trash_TakesAllButTheSelectedFile_AndUndoBringsThemBack()
    {
        await using Tmux terminal = await OpenAsync();

        // Down into the files of the first group, to the second of them.
        terminal.Press("Tab", "Down", "d");
        await terminal.ShowsAsync("photos/tower-2.jpg stays.");
        terminal.Press("Enter");
        await terminal.ShowsAsync("Moved 1 file to the trash.");
        await terminal.ShowsAsync("1 group of equal files");

        Assert.Equal(["tower-1.jpg"], terminal.Trash);
        Assert.False(File.Exists(_folder["photos/tower-1.jpg"]));
        terminal.Press("u");
        await terminal.ShowsAsync("Moved 1 file back.");
        Assert.True(File.Exists(_folder["photos/tower-1.jpg"]));
        await terminal.ShowsAsync("2 photos/tower-1.jpg");
    }

    [Fact]
    public async Task Trash_ChosenNothing_MovesNothing()
    {
        await using Tmux terminal = await OpenAsync();

        terminal.Press("d");
        await terminal.ShowsAsync("All 2 groups in the list: 2 files go, 4.9 KiB;");
        terminal.Press("Escape");
        await terminal.ShowsNoMoreAsync("in the list");
        terminal.Press("u");

        await terminal.ShowsAsync("There is nothing to move back.");
        Assert.Empty(terminal.Trash);
    }

    [Fact]
    public async Task Export_ToAWrongName_SaysWhatToType_AndThenWrites()
    {
        await using Tmux terminal = await OpenAsync();

        terminal.Press("e");
        await terminal.ShowsAsync("Export to a .csv");
        EnterInstead(terminal, _reports["report.xls"]);
        await terminal.ShowsAsync("The name must end in .csv or in .json");
        EnterInstead(terminal, _reports["report.csv"]);

        await terminal.ShowsAsync("Wrote '");
        Assert.Equal(5, File.ReadAllLines(_reports["report.csv"]).Length);
    }

    [Fact]
    public async Task Export_OverAFile_AsksOnceMore()
    {
        _reports.Write("report.json", "old");
        await using Tmux terminal = await OpenAsync();

        terminal.Press("e");
        await terminal.ShowsAsync("Export to a .csv");
        EnterInstead(terminal, _reports["report.json"]);
        await terminal.ShowsAsync("Enter once more replaces it.");
        Assert.Equal("old", File.ReadAllText(_reports["report.json"]));
        terminal.Press("Enter");

        await terminal.ShowsAsync("Wrote '");
        Assert.StartsWith("{\"event\":\"result\"", File.ReadAllText(_reports["report.json"]));
    }

    [Fact]
    public async Task AChangeOfFiles_IsShownWithoutAKey()
    {
        await using Tmux terminal = await OpenAsync();

        File.Delete(_folder["a.txt"]);
        await terminal.ShowsAsync("1 group of equal files");
        _folder.Write("photos/tower-3.jpg", new byte[5000]);

        await terminal.ShowsAsync("      3 photos/tower-1.jpg");
    }

    [Fact]
    public async Task Keys_AreListed()
    {
        await using Tmux terminal = await OpenAsync();

        terminal.Press("?");

        await terminal.ShowsAsync("u  undoes that: moves back what was moved last");
    }

    private static void EnterInstead(Tmux terminal, string path)
    {
        terminal.Press("C-a", "BSpace");
        terminal.Type(path);
        terminal.Press("Enter");
    }

    private async Task<Tmux> OpenAsync()
    {
        var terminal = new Tmux(80, 24, _folder.Path);
        await terminal.ShowsAsync("Done in ");
        return terminal;
    }
}
