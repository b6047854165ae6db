namespace Workbench;

public sealed class BrokenOutputTests : IDisposable
{
    private const string Report = "2 tasks: 2 finished, 0 canceled, 0 survivors, 0 lost, 0 failed";

    private readonly TempFolder _folder = new();

    public BrokenOutputTests()
    {
        for (int file = 0; file < 2000; file++)
        {
            _folder.Write($"{file}", "same");
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--ui=plain")]
    [InlineData("--json")]
    public async Task Output_WhoseReaderLeaves_IsNoError(string face)
    {
        Outcome outcome = await BashAsync("\"$0\" \"$@\" | head -c 1 >/dev/null; exit ${PIPESTATUS[0]}", face);

        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal(Report, outcome.LastError);
        Assert.DoesNotContain("Exception", outcome.Errors);
    }

    [Theory]
    [InlineData("--ui=plain", ">&-", "Bad file descriptor.")]
    [InlineData("--json", ">&-", "Bad file descriptor.")]
    [InlineData("--ui=plain", ">/dev/full", "No space left on device.")]
    [InlineData("--json", ">/dev/full", "No space left on device.")]
    public async Task Output_ThatCannotBeWritten_IsToldInASentence(string face, string redirection, string why)
    {
        Outcome outcome = await BashAsync($"\"$0\" \"$@\" {redirection}", face);

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains($"workbench: Standard output could not be written. {why}\n", outcome.Errors);
        Assert.Equal(Report, outcome.LastError);
        Assert.DoesNotContain("Exception", outcome.Errors);
    }

    [Fact]
    public async Task Errors_ThatCannotBeWritten_KeepNothingFromTheReport()
    {
        Outcome outcome = await BashAsync("\"$0\" \"$@\" 2>&-", "--ui=plain");

        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Errors));
        Assert.Contains("2,000 files", outcome.Output);
    }

    private Task<Outcome> BashAsync(string script, string face) =>
        WorkbenchProcess.RunInAsync("bash", "-c", script, WorkbenchProcess.Program, face, _folder.Path);
}
