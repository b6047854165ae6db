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
    public void Screen_AfterAScan_ShowsTheGroupsByWasteAndTheFilesOfTheSelectedOne()
    {
        using var terminal = new Tmux(80, 24, _small.Path);

        terminal.Shows("Done in 0:0");
        string[] lines = terminal.Lines;
        terminal.Press("Down");

        Assert.Contains("   4.9 KiB    4.9 KiB      2 photos/under_score 🎉.jpg", lines);
        Assert.Contains("── 2 files of 4.9 KiB, all with the same content:", lines);
        Assert.Contains("photos/東京タワー.jpg", lines);
        terminal.Shows("── 2 files of 2 bytes, all with the same content:\na.txt\nb.txt\n");
    }

    [Fact]
    public void Quit_WhileAScanRuns_CancelsItAndGivesTheTerminalBack()
    {
        using var terminal = new Tmux(80, 24, _large.Path, _small.Path);
        terminal.Shows("Comparing contents");

        terminal.Press("q");

        Assert.Equal(0, terminal.End());
        terminal.Shows("1 canceled by the last window, 0 survivors, 0 lost, 0 faults\n");
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void Signal_WhileAScanRuns_CancelsItAndGivesTheTerminalBack(string signal, int exitCode)
    {
        using var terminal = new Tmux(80, 24, _large.Path);
        terminal.Shows("Comparing contents");

        terminal.Signal(signal);

        Assert.Equal(exitCode, terminal.End());
        terminal.Shows($"3 tasks: 2 finished, 1 canceled by SIG{signal}, 0 survivors, 0 lost, 0 faults\n");
    }

    [Fact]
    public void Cancel_AndStartAgain_AtAnyMoment()
    {
        using var terminal = new Tmux(80, 24, _large.Path);
        terminal.Shows("Comparing contents");

        terminal.Press("c");
        terminal.Shows("Canceled after 0:0");
        terminal.Press("s");
        terminal.Shows("Comparing contents");
        terminal.Press("s");

        terminal.Shows("Comparing contents");
    }

    [Fact]
    public void CloseTab_OfARunningScan_LeavesTheOtherAlone()
    {
        using var terminal = new Tmux(80, 24, _large.Path, _small.Path);
        terminal.Shows("Comparing contents");

        terminal.Press("w");
        terminal.Shows($"[1 {Path.GetFileName(_small.Path)}]");
        terminal.Shows("Done in 0:0");
        terminal.Press("w");

        terminal.Shows("No folder is open. Press a to add one, or q to quit.");
    }

    [Fact]
    public void AddFolder_ScansItInATabOfItsOwn()
    {
        using var terminal = new Tmux(80, 24, _large.Path);
        terminal.Shows("Comparing contents");

        terminal.Press("a");
        terminal.Shows("Add a folder");
        terminal.Type(_small.Path);
        terminal.Shows(Path.GetFileName(_small.Path));
        terminal.Press("Enter");
        terminal.Shows("Done in 0:0");
        terminal.Press("Left");

        terminal.Shows("Comparing contents");
    }

    [Fact]
    public void TaskPanel_CancelsTheSelectedScan()
    {
        using var terminal = new Tmux(80, 24, _large.Path);
        terminal.Shows("Comparing contents");

        terminal.Press("t");
        terminal.Shows("Running");
        terminal.Press("c");
        terminal.Shows("No task is running.");
        terminal.Press("Escape");

        terminal.Shows("Canceled after 0:0");
    }

    [Fact]
    public void LeftOut_OfWideNames_StaysInItsColumns()
    {
        Shell.Bash("mkdir -p 写真; ln -s nowhere 写真/東京タワー.jpg; ln -s nowhere 'party 🎉'; ln -s nowhere plain; : > 한국어", _small.Path);
        using var terminal = new Tmux(80, 24, _small.Path);
        terminal.Shows("Left out: 1 empty, 3 broken links.");

        terminal.Press("k");
        terminal.Shows("写真/東京タワー.jpg");

        string[] rows = [.. terminal.Lines.Where(line => line.Contains("broken link ", StringComparison.Ordinal) || line.Contains("empty ", StringComparison.Ordinal))];
        Assert.Equal(4, rows.Length);
        Assert.Single(rows.Select(row => row.TrimEnd().GetColumns()).Distinct());
    }

    [Fact]
    public void Resize_OfTheTerminal_IsFollowed()
    {
        using var terminal = new Tmux(120, 40, _small.Path);
        terminal.Shows("Done in 0:0");

        terminal.Resize(80, 24);
        terminal.Shows(new string('─', 80) + "\n");

        Assert.Contains("q  Quit", terminal.Lines[23]);
    }
}
