using Terminal.Gui.Text;

namespace Workbench;

public sealed class TerminalScreenTests : IDisposable
{
    private readonly TempFolder _small = new();
    private readonly TempFolder _large = new();

    public TerminalScreenTests()
    {
        _small.Write("photos/東京タワー.jpg", new byte[5000]);
        _small.Write("photos/under_score 🎉.jpg", new byte[5000]);
        _small.Write("a.txt", "aa");
        _small.Write("b.txt", "aa");
        SparseFiles.WriteTwo(_large);
    }

    public void Dispose()
    {
        _small.Dispose();
        _large.Dispose();
    }

    [Fact]
    public async Task Screen_AfterAScan_ShowsTheGroupsByWasteAndTheFilesOfTheSelectedOne()
    {
        await using var terminal = new Tmux(80, 24, _small.Path);

        await terminal.ShowsAsync("Done in ");
        string[] lines = terminal.Lines;
        terminal.Press("Down");

        Assert.Contains("   4.9 KiB    4.9 KiB      2 photos/under_score 🎉.jpg", lines);
        Assert.Contains("── 2 files of 4.9 KiB, all with the same content:", lines);
        Assert.Contains("photos/東京タワー.jpg", lines);
        await terminal.ShowsAsync("── 2 files of 2 bytes, all with the same content:\na.txt\nb.txt\n");
    }


    [Fact]
    public async Task Cancel_AndStartAgain_AtAnyMoment()
    {
        await using var terminal = new Tmux(80, 24, _large.Path);
        await terminal.ShowsAsync("Comparing contents");

        terminal.Press("c");
        await terminal.ShowsAsync("Canceled after ");
        terminal.Press("s");
        await terminal.ShowsAsync("Comparing contents");
        terminal.Press("s");

        await terminal.ShowsAsync("Comparing contents");
    }

    [Fact]
    public async Task CloseTab_OfARunningScan_LeavesTheOtherAlone()
    {
        await using var terminal = new Tmux(80, 24, _large.Path, _small.Path);
        await terminal.ShowsAsync("Comparing contents");

        terminal.Press("w");
        await terminal.ShowsAsync($"[1 {Path.GetFileName(_small.Path)}]");
        await terminal.ShowsAsync("Done in ");
        terminal.Press("w");

        await terminal.ShowsAsync("No folder is open. Press a to add one, or q to quit.");
    }

    [Fact]
    public async Task AddFolder_ScansItInATabOfItsOwn()
    {
        await using var terminal = new Tmux(80, 24, _large.Path);
        await terminal.ShowsAsync("Comparing contents");

        terminal.Press("a");
        await terminal.ShowsAsync("Add a folder");
        terminal.Type(_small.Path);
        await terminal.ShowsAsync(Path.GetFileName(_small.Path));
        terminal.Press("Enter");
        await terminal.ShowsAsync("Done in ");
        terminal.Press("Left");

        await terminal.ShowsAsync("Comparing contents");
    }

    [Fact]
    public async Task TaskPanel_CancelsTheSelectedScan()
    {
        await using var terminal = new Tmux(80, 24, _large.Path);
        await terminal.ShowsAsync("Comparing contents");

        terminal.Press("t");
        await terminal.ShowsAsync("Running");
        terminal.Press("Down", "c");
        await terminal.ShowsNoMoreAsync("Scan /");
        terminal.Press("Escape");

        await terminal.ShowsAsync("Canceled after ");
    }

    [Fact]
    public async Task LeftOut_OfWideNames_StaysInItsColumns()
    {
        Shell.Bash("mkdir -p 写真; ln -s nowhere 写真/東京タワー.jpg; ln -s nowhere 'party 🎉'; ln -s nowhere plain; : > 한국어", _small.Path);
        await using var terminal = new Tmux(80, 24, _small.Path);
        await terminal.ShowsAsync("Left out: 1 empty, 3 broken links.");

        terminal.Press("k");
        await terminal.ShowsAsync("写真/東京タワー.jpg");

        string[] rows = terminal.Lines[4..8];
        Assert.All(rows, row => Assert.Matches("│(broken link|empty) ", row));
        Assert.Equal([79], rows.Select(row => row[..row.LastIndexOf('│')].GetColumns()).Distinct());
    }

    [Fact]
    public async Task Groups_WithAPathWiderThanItsColumn_CutItAtAWholeSign()
    {
        _small.Write("wide/" + new string('長', 40), new byte[9000]);
        _small.Write("wide/" + new string('長', 41), new byte[9000]);
        await using var terminal = new Tmux(80, 24, _small.Path);

        await terminal.ShowsAsync("Done in ");

        Assert.Contains("   8.8 KiB    8.8 KiB      2 wide/" + new string('長', 22) + "…", terminal.Lines);
    }

    [Fact]
    public async Task Resize_OfTheTerminal_IsFollowed()
    {
        await using var terminal = new Tmux(120, 40, _small.Path);
        await terminal.ShowsAsync("Done in ");

        terminal.Resize(80, 24);
        await terminal.ShowsAsync(new string('─', 80) + "\n");
        await terminal.ShowsAsync("q  Quit");

        Assert.Contains("q  Quit", terminal.Lines[23]);
    }
}
