namespace Workbench;

public sealed class UsageTests
{
    [Theory]
    [InlineData("--jsno", "There is no option '--jsno'. Did you mean --json? For a folder of that name, type -- before it.")]
    [InlineData("--ui=gtk", "There is no user interface 'gtk'. Type --ui terminal or --ui plain.")]
    [InlineData("--min-size", "Required argument missing for option: '--min-size'. Type --min-size BYTES.")]
    [InlineData(
        "--\e[31m\a\u009b\u202e\u200f\n",
        @"There is no option '--\u001B[31m\u0007\u009B\u202E\u200F\u000A'. Type --help for the options. For a folder of that name, type -- before it.")]
    [InlineData("--ui=\e]0;", @"There is no user interface '\u001B]0;'. Type --ui terminal or --ui plain.")]
    [InlineData("--json=\u2067", @"--json takes no value. Type --json without '=\u2067'.")]
    [InlineData(
        "--min-size=\r",
        @"'\u000D' is not a size. Type --min-size with a whole number of bytes that is not negative, like 4096, or with K, M or G, like 10M.")]
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
        Assert.Contains("  --ui <terminal|plain> ", outcome.Output);
    }
}
