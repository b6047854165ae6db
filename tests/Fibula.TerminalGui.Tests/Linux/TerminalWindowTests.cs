namespace Fibula.TerminalGui.Tests.Linux;

public sealed class TerminalWindowTests
{
    private const string CursorIsBack = "\e[?25h";

    [Theory]
    [InlineData("TERM", 143)]
    [InlineData("INT", 130)]
    [Trait("Behaviour", "B11")]
    public async Task Signal_WhileATaskRuns_GivesTheTerminalBackAndTellsTheExitCode(string signal, int exitCode)
    {
        await using var program = TerminalProgram.Start("TerminalWindow");
        await program.ShowsAsync("No task is running.");
        await program.TypeAsync("\r");
        await program.ShowsAsync("AddUpAsync (SumWindow)");

        await program.SignalAsync(signal);
        (int ended, string afterScreen) = await program.EndAsync();

        Assert.Equal(exitCode, ended);
        Assert.Contains(CursorIsBack, afterScreen);
    }

    [Fact]
    [Trait("Behaviour", "B82")]
    public async Task QuitKey_WhileATaskRuns_LeavesInOrder()
    {
        await using var program = TerminalProgram.Start("TerminalWindow");
        await program.ShowsAsync("No task is running.");
        await program.TypeAsync("\r");
        await program.ShowsAsync("AddUpAsync (SumWindow)");

        await program.TypeAsync("\e");
        (int ended, string afterScreen) = await program.EndAsync();

        Assert.Equal(0, ended);
        Assert.Contains(CursorIsBack, afterScreen);
    }

    [Fact]
    [Trait("Behaviour", "B11")]
    public async Task Terminal_GoesAwayWhileATaskRuns_EndsTheProgramByItself()
    {
        await using var program = TerminalProgram.Start("TerminalWindow");
        await program.ShowsAsync("No task is running.");
        await program.TypeAsync("\r");
        await program.ShowsAsync("AddUpAsync (SumWindow)");

        program.CloseTerminal();

        Assert.Equal(129, await program.ExitCodeAsync());
    }
}
