using System.Text.RegularExpressions;

namespace Fibula.TerminalGui.Tests.Linux;

/// <summary>Programs that end around their toolkit: the terminal is given back all the same, and what was said is on it.</summary>
public sealed class TerminalEndTests
{
    private const string Programs = "Fibula.TerminalGui.TestPrograms";
    private const string CursorIsBack = "\e[?25h";

    [Theory]
    [InlineData("TERM", 143)]
    [InlineData("INT", 130)]
    [Trait("Behaviour", "B11")]
    public async Task Signal_UiThreadThatIsBlocked_ReportsOnTheTerminalThatIsGivenBack(string signal, int exitCode)
    {
        await using var program = TerminalProgram.Start(Programs, "blocks the UI thread");
        await program.ShowsAsync("ready");

        await program.SignalAsync(signal);
        (int ended, string afterScreen) = await program.EndAsync();

        Assert.Equal(exitCode, ended);
        Assert.Contains(CursorIsBack, afterScreen);
        Assert.Contains($"The UI thread did not come back within 1.5 s of SIG{signal}; the process ends without it.", afterScreen);
        Assert.Contains("3 tasks: 1 finished, 0 canceled, 2 survivors, 0 lost, 0 failed", afterScreen);
        Assert.Contains("The process ends while 2 tasks still ran: 'Import', 'OnExitAsync'.", afterScreen);
    }

    [Fact]
    [Trait("Behaviour", "B11")]
    public async Task Signal_ProgramThatHangsAfterItsLoop_IsEndedAndToldOnTheTerminal()
    {
        await using var program = TerminalProgram.Start(Programs, "hangs after its loop");
        await program.ShowsAsync("ready");

        await program.SignalAsync("TERM");
        (int ended, string afterScreen) = await program.EndAsync();

        Assert.Equal(143, ended);
        Assert.Contains(CursorIsBack, afterScreen);
        Assert.Contains("The program did not end within 1.5 s after its loop; SIGTERM ends the process.", afterScreen);
        Assert.Contains("The process ends while 1 task still ran: 'Import'.", afterScreen);
    }

    [Fact]
    [Trait("Behaviour", "B11")]
    public async Task Signal_SecondInterrupt_EndsAtOnceAndNamesWhatRanOnTheTerminal()
    {
        await using var program = TerminalProgram.Start(Programs, "asks for ever");
        await program.ShowsAsync("ready");
        await program.SignalAsync("TERM");
        await program.ShowsAsync("asked");

        await program.SignalAsync("INT");
        (int ended, string afterScreen) = await program.EndAsync();

        Assert.Equal(143, ended);
        Assert.Contains(CursorIsBack, afterScreen);
        Assert.Contains("The process ends while 2 tasks still ran: 'Import', 'OnExitAsync'.", afterScreen);
    }

    [Fact]
    [Trait("Behaviour", "B11")]
    public async Task Signal_TerminalThatTakesNothingAnyMore_DoesNotHoldTheProcess()
    {
        await using var program = TerminalProgram.Start(Programs, "writes very much");
        await program.ShowsAsync("ready");
        await program.StopTerminalAsync();

        await program.SignalAsync("TERM");

        Assert.Equal(143, await program.ExitCodeAsync());
    }

    [Fact]
    public async Task Error_ThatEndsTheProcess_IsNotDrawnOver()
    {
        await using var program = TerminalProgram.Start(Programs, "dies while it draws");

        (int ended, string afterScreen) = await program.EndAsync();

        Assert.Equal(134, ended);
        Assert.Contains("No memory.", afterScreen);
        Assert.DoesNotContain("beat", afterScreen);
    }

    [Fact]
    [Trait("Behaviour", "B48")]
    public async Task Subscriber_Throws_TheLineIsReadableAfterTheProgramAndNotWrittenOverItsScreen()
    {
        await using var program = TerminalProgram.Start(Programs, "subscriber throws");
        await program.ShowsAsync("No network.");

        await program.TypeAsync("q");
        (int ended, string afterScreen) = await program.EndAsync();

        Assert.Equal(1, ended);
        Assert.Contains("A subscriber of Faulted threw InvalidOperationException: No disk.", afterScreen);
        Assert.Contains("Task 'Upload' failed: No network.", afterScreen);
        Assert.Single(Regex.Matches(program.Seen, "No disk[.]"));
    }

    [Theory]
    [Trait("Behaviour", "B47")]
    [InlineData("fails", null, 1)]
    [InlineData("fails and says 7", null, 7)]
    [InlineData("fails beside a host", null, 0)]
    [InlineData("fails", "TERM", 143)]
    public async Task Fault_NobodyHandled_ReplacesOnlyAnExitCodeOfZero(string way, string? signal, int exitCode)
    {
        await using var program = TerminalProgram.Start(Programs, way);
        await program.ShowsAsync("Task 'Upload' failed: No network.");

        await (signal is null ? program.TypeAsync("q") : program.SignalAsync(signal));
        (int ended, string afterScreen) = await program.EndAsync();

        Assert.Equal(exitCode, ended);
        Assert.Contains("Task 'Upload' failed: No network.", afterScreen);
    }
}
