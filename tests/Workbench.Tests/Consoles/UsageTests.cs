namespace Workbench;

public sealed class UsageTests
{
    [Theory]
    [InlineData("--jsno", "There is no option '--jsno'. Did you mean --json? For a folder of that name, type -- before it.")]
    [InlineData("--ui=gtk", "There is no user interface 'gtk'. Type --ui terminal or --ui plain.")]
    [InlineData("--min-size", "--min-size lacks its value. Type a number of bytes after it, like --min-size 4096.")]
    [InlineData("--ui=terminal", "--ui terminal needs a terminal to draw on and to read keys from. Type --ui plain, or don't redirect its input or output.")]
    public async Task WrongUsage_SaysWhatToTypeAndEndsWith2(string argument, string sentence)
    {
        Outcome outcome = await WorkbenchProcess.RunAsync(argument);

        Assert.Equal((2, "", $"workbench: {sentence}\n"), (outcome.ExitCode, outcome.Output, outcome.Errors));
    }

    [Fact]
    public async Task Help_IsPrintedAndNothingIsDone()
    {
        Outcome outcome = await WorkbenchProcess.RunAsync("--help", "/nowhere");

        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Errors));
        Assert.Contains("Exit codes: 0 done, 1 a folder could not be scanned at all, 2 wrong usage", outcome.Output);
    }
}
