using System.Text.RegularExpressions;

namespace Fibula.TerminalGui.Tests.Linux;

/// <summary>What a program says while the toolkit has the terminal.</summary>
public sealed partial class TerminalLinesTests
{
    [Fact]
    [Trait("Behaviour", "B47")]
    public async Task Errors_ThatAreMany_AreToldFirstAndLastWithTheNumberOfLinesBetween()
    {
        await using var program = TerminalProgram.Start("Fibula.TerminalGui.TestPrograms", "fails 1200 times");
        await program.ShowsAsync("all told");

        await program.SignalAsync("TERM");
        (_, string afterScreen) = await program.EndAsync();

        Assert.Contains("No network 1.", afterScreen);
        Assert.DoesNotContain("No network 550.", afterScreen);
        Assert.Contains("No network 1200.", afterScreen);
        Assert.Matches(LeftOut(), afterScreen);
    }

    [GeneratedRegex(@"… \d[\d,]* lines left out …")]
    private static partial Regex LeftOut();
}
