namespace Workbench;

public sealed class PlainScreenTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Plain_WithEqualFiles_PrintsTheReportAndTheCloseReportLast()
    {
        string first = _folder.Write("1", "same");
        string second = _folder.Write("2", "same");

        Outcome outcome = await WorkbenchProcess.RunAsync("--ui", "plain", _folder.Path);

        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal(
            $"""
            4 bytes wasted by 2 files of 4 bytes:
              {first}
              {second}

            {_folder.Path}: 2 files, 8 bytes; 1 group of equal files, 4 bytes wasted.

            """,
            outcome.Output,
            ignoreLineEndingDifferences: true);
        Assert.Equal("2 tasks: 2 finished, 0 canceled, 0 survivors, 0 lost, 0 failed", outcome.LastError);
    }

    [Fact]
    public async Task Plain_WithoutATerminal_TellsProgressInLinesOnStandardError()
    {
        _folder.Write("1", "same");
        _folder.Write("2", "same");

        Outcome outcome = await WorkbenchProcess.RunAsync(_folder.Path);

        Assert.Contains($"{_folder.Path}: Reading folders: ", outcome.Errors);
        Assert.Contains($"{_folder.Path}: Comparing contents: ", outcome.Errors);
        Assert.DoesNotContain('\r', outcome.Errors);
    }

    [Fact]
    public async Task Plain_WithSeveralFolders_ReportsThemInTheOrderTheyWereTyped()
    {
        _folder.Write("b/1", "x");
        _folder.Write("a/1", "x");

        Outcome outcome = await WorkbenchProcess.RunAsync(_folder["b"], _folder["a"]);

        Assert.Equal(
            [$"{_folder["b"]}: 1 file, 1 byte; no equal files.", $"{_folder["a"]}: 1 file, 1 byte; no equal files."],
            outcome.Output.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Plain_WithAFolderThatIsNotThere_SaysSoAndEndsWith1AfterTheOthers()
    {
        _folder.Write("1", "x");

        Outcome outcome = await WorkbenchProcess.RunAsync(_folder["missing"], _folder.Path);

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains($"workbench: There is no folder '{_folder["missing"]}'. Check how its name is spelled.\n", outcome.Errors);
        Assert.StartsWith($"{_folder.Path}: 1 file", outcome.Output);
    }

    [Fact]
    public async Task Plain_WithMinSize_LeavesSmallerFilesOut()
    {
        _folder.Write("1", "same");
        _folder.Write("2", "same");

        Outcome outcome = await WorkbenchProcess.RunAsync("--min-size", "5", _folder.Path);

        Assert.StartsWith($"{_folder.Path}: 0 files, 0 bytes; no equal files.", outcome.Output);
    }
}
