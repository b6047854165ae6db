using System.Diagnostics;
using System.Text;

namespace Fibula.SpectreConsole.Tests.Linux;

/// <summary>Programs in a real terminal, and in a pipe.</summary>
public sealed class ProgramTests
{
    private const string Fault = "✗ Task 'Upload' failed: No network.  Program.cs:14";

    [Fact]
    public async Task Program_InATerminal_LeavesItsOutputAndItsFaults()
    {
        using var run = TerminalRun.Start();
        await run.ShowsAsync("asking the neighbors");

        (int exitCode, Screen screen) = await run.EndAsync();

        Assert.Equal(0, exitCode);
        Assert.Equal(["The price is 42.", Fault, "All prices are loaded."], screen.Rows);
        Assert.True(screen.ShowsCursor);
    }

    [Fact]
    public async Task Interrupt_WhileTasksRun_SaysCancelingAndLeavesACleanTerminal()
    {
        using var run = TerminalRun.Start();
        await run.ShowsAsync("Berlin");

        await run.InterruptAsync();
        await run.ShowsAsync("Canceling …");
        (int exitCode, Screen screen) = await run.EndAsync();

        Assert.Equal(130, exitCode);
        Assert.DoesNotContain(screen.Rows, row => row.Contains("Berlin", StringComparison.Ordinal) || row.Contains("Canceling", StringComparison.Ordinal));
        Assert.True(screen.ShowsCursor);
    }

    [Fact]
    public async Task Interrupt_Twice_GivesTheCursorBack()
    {
        using var run = TerminalRun.Start();
        await run.ShowsAsync("Berlin");
        await run.InterruptAsync();
        await run.ShowsAsync("Canceling …");

        await run.InterruptAsync();
        (int exitCode, Screen screen) = await run.EndAsync();

        Assert.Equal(130, exitCode);
        Assert.Contains("still ran", run.Seen, StringComparison.Ordinal);
        Assert.True(screen.ShowsCursor);
    }

    [Fact]
    public async Task Output_Redirected_StaysCleanWhileTheTerminalShowsTheLines()
    {
        string file = Path.GetTempFileName();
        using var run = TerminalRun.Start(after: $"> '{file}'");
        await run.ShowsAsync("Berlin");

        (int exitCode, Screen screen) = await run.EndAsync();

        Assert.Equal(0, exitCode);
        Assert.Equal([Fault], screen.Rows);
        Assert.Equal(["The price is 42.", "All prices are loaded."], await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken));
        File.Delete(file);
    }

    [Fact]
    public async Task Terminal_ThatIsDumb_GetsPlainLines()
    {
        using var run = TerminalRun.Start(before: "TERM=dumb");

        (_, Screen screen) = await run.EndAsync();

        Assert.Contains(screen.Rows, row => row.StartsWith("Berlin: done, 0:0", StringComparison.Ordinal));
        Assert.DoesNotContain("\e[", run.Seen.Replace("\e[?1h\e=", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_InAPipe_WritesPlainLinesToStandardError()
    {
        using Process process = Process.Start(new ProcessStartInfo(TerminalRun.Sample)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
        })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        string errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.Equal("The price is 42.\nAll prices are loaded.\n", await output);
        Assert.DoesNotContain('\e', errors);
        Assert.Contains("\nTask 'Upload' failed: No network.\n", errors, StringComparison.Ordinal);
        Assert.Contains("\nBerlin: done, 0:0", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_WithTwoLoops_ShowsTheTasksOfBothAndAllOutput()
    {
        using var run = TerminalRun.StartProgram("runs twice");
        await run.ShowsAsync("━");
        await run.ShowsAsync("First: Spectre");
        await run.ShowsAsync("━");

        (int exitCode, Screen screen) = await run.EndAsync();

        Assert.Equal(0, exitCode);
        Assert.Equal(
            ["First: error", "First: output", "First: Spectre", "Second: error", "Second: output", "Second: Spectre"],
            screen.Rows);
        Assert.Contains("━", run.Seen.Split("First: Spectre")[1].Split("Second: error")[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_ThatDies_LeavesTheCursorAndTheErrorBelowTheLines()
    {
        using var run = TerminalRun.StartProgram("dies");

        (int exitCode, Screen screen) = await run.EndAsync();

        Assert.Equal(134, exitCode);
        Assert.Contains(screen.Rows, row => row.EndsWith("Unhandled exception. System.InvalidOperationException: No memory.", StringComparison.Ordinal));
        Assert.DoesNotContain(screen.Rows, row => row.Contains('━'));
        Assert.True(screen.ShowsCursor);
    }
}
