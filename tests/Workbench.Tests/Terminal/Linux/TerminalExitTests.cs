using System.Diagnostics;

namespace Workbench;

/// <summary>Each way out of the terminal screen while a scan runs: soon, with the terminal as it was, and with the report last.</summary>
public sealed class TerminalExitTests : IDisposable
{
    private readonly TempFolder _large = new();
    private readonly TempFolder _other = new();

    public TerminalExitTests() => SparseFiles.WriteTwo(_large);

    public void Dispose()
    {
        _large.Dispose();
        _other.Dispose();
    }

    [Theory]
    [InlineData("q")]
    [InlineData("C-c")]
    public async Task Key_CancelsTheScansAndGivesTheTerminalBackSoon(string key)
    {
        await using var terminal = new Tmux(120, 24, _large.Path, _other.Path);
        await terminal.ShowsAsync("Comparing contents");
        long pressed = Stopwatch.GetTimestamp();

        terminal.Press(key);

        Assert.Equal(0, await terminal.EndAsync());

        // The program takes less than one; the rest is the way through the terminal, to it and back, on a machine that others use too.
        Assert.InRange(Stopwatch.GetElapsedTime(pressed).TotalSeconds, 0, 2);
        await terminal.ShowsAsync("6 tasks: 3 finished, 3 canceled by the last window, 0 survivors, 0 lost, 0 failed\nexit code");
    }

    [Theory]
    [InlineData("t", "Tasks (")]
    [InlineData("a", "Add a folder")]
    public async Task ControlC_InADialog_QuitsToo(string key, string dialog)
    {
        await using var terminal = new Tmux(120, 24, _large.Path);
        await terminal.ShowsAsync("Comparing contents");
        terminal.Press(key);
        await terminal.ShowsAsync(dialog);

        terminal.Press("C-c");

        Assert.Equal(0, await terminal.EndAsync());
        await terminal.ShowsAsync("2 canceled by the last window, 0 survivors, 0 lost, 0 failed\nexit code");
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task Signal_CancelsTheScansAndGivesTheTerminalBackWithinTwoSeconds(string signal, int exitCode)
    {
        await using var terminal = new Tmux(120, 24, _large.Path);
        await terminal.ShowsAsync("Comparing contents");
        long sent = Stopwatch.GetTimestamp();

        terminal.Signal(signal);

        Assert.Equal(exitCode, await terminal.EndAsync());
        Assert.InRange(Stopwatch.GetElapsedTime(sent).TotalSeconds, 0, 2);
        await terminal.ShowsAsync($"4 tasks: 2 finished, 2 canceled by SIG{signal}, 0 survivors, 0 lost, 0 failed\nexit code");
    }

    [Fact]
    public async Task HangUp_CancelsTheScansAndEndsWithinTwoSeconds()
    {
        Shell.Run("mkfifo", _other["errors"]);
        await using var terminal = Tmux.WithErrorsTo(_other["errors"], _large.Path);
        var told = Task.Run(() => Shell.Run("cat", _other["errors"]));
        await terminal.ShowsAsync("Comparing contents");
        long sent = Stopwatch.GetTimestamp();

        terminal.HangUp();

        Assert.Equal("4 tasks: 2 finished, 2 canceled by SIGHUP, 0 survivors, 0 lost, 0 failed\n", await told);
        Assert.InRange(Stopwatch.GetElapsedTime(sent).TotalSeconds, 0, 2);
    }

    [Fact]
    public async Task Quit_AfterTheLastTabWasClosed_GivesTheTerminalBack()
    {
        await using var terminal = new Tmux(120, 24, _large.Path);
        await terminal.ShowsAsync("Comparing contents");
        terminal.Press("w");
        await terminal.ShowsAsync("No folder is open.");

        terminal.Press("q");

        Assert.Equal(0, await terminal.EndAsync());
        await terminal.ShowsAsync(" 0 survivors, 0 lost, 0 failed\nexit code");
    }
}
