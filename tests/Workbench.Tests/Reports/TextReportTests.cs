namespace Workbench;

public sealed class TextReportTests
{
    [Fact]
    public void Write_Groups_SortsThemByWasteAndEndsWithTheSummary()
    {
        var result = new ScanResult
        {
            Root = "/r",
            Files = 61_552,
            Bytes = 3_000_000,
            Groups = [Groups.Of(10, "/r/a", "/r/b", "/r/c"), Groups.Of(2048, "/r/x", "/r/y")],
        };

        Assert.Equal(
            """
            2.0 KiB wasted by 2 files of 2.0 KiB:
              /r/x
              /r/y

            20 bytes wasted by 3 files of 10 bytes:
              /r/a
              /r/b
              /r/c

            /r: 61,552 files, 2.9 MiB; 2 groups of equal files, 2.0 KiB wasted.

            """,
            Write(result),
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Write_SkippedPaths_CountsAllAndShowsSomeOfEachReason()
    {
        SkippedPath[] empty = [.. Enumerable.Range(1, 7).Select(number => new SkippedPath($"/r/{number}", SkipReason.Empty, "It is empty."))];
        var result = new ScanResult { Root = "/r", Skipped = [.. empty, new SkippedPath("/r/p", SkipReason.NamedPipe, "It is a pipe.")] };

        Assert.Equal(
            """
            Left out: 7 empty, 1 named pipe.
              /r/1: It is empty.
              /r/2: It is empty.
              /r/3: It is empty.
              /r/4: It is empty.
              /r/5: It is empty.
              … and 2 more of these. --json lists them all.
              /r/p: It is a pipe.

            /r: 0 files, 0 bytes; no equal files.

            """,
            Write(result),
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Write_CanceledResult_SaysThatItIsPartial() => Assert.Equal(
        "/r: 1 file, 1 byte; no equal files. Canceled: this is what was found until then.",
        Write(new ScanResult { Root = "/r", Files = 1, Bytes = 1, Canceled = true }).TrimEnd());

    [Fact]
    public void Write_Problem_SaysOnlyThat() => Assert.Equal(
        "There is no folder '/r'.", Write(new ScanResult { Root = "/r", Problem = "There is no folder '/r'." }).TrimEnd());

    [Fact]
    public void Write_NameThatSteersTheTerminal_ShowsItsCharacters()
    {
        var result = new ScanResult { Root = "/r", Groups = [Groups.Of(1, "/r/\e[2J\n", "/r/\u202Egnp.exe", "/r/👩‍👧")] };

        string text = Write(result);

        Assert.Contains(@"  /r/\u001B[2J\u000A", text);
        Assert.Contains(@"  /r/\u202Egnp.exe", text);
        Assert.Contains("  /r/👩‍👧", text);
    }

    private static string Write(ScanResult result)
    {
        var output = new StringWriter();
        TextReport.Write(output, result);
        return output.ToString();
    }
}
