using System.Diagnostics;

namespace Workbench;

public sealed class SignalTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private readonly TempFolder _folder = new();

    public SignalTests() => SparseFiles.WriteTwo(_folder);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task Signal_DuringAPlainScan_PrintsAPartOfTheResultWithinTwoSeconds(string signal, int exitCode)
    {
        Outcome outcome = await SignalAsync(signal, "--ui", "plain", _folder.Path);

        Assert.Equal(exitCode, outcome.ExitCode);
        Assert.Equal($"{_folder.Path}: 2 files, 2.0 TiB; no equal files. Canceled: this is what was found until then.\n", outcome.Output);
        Assert.Equal($"3 tasks: 2 finished, 1 canceled by SIG{signal}, 0 survivors, 0 lost, 0 failed", outcome.LastError);
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task Signal_DuringAJsonScan_TellsTheCancelingAndAPartOfTheResult(string signal, int exitCode)
    {
        Outcome outcome = await SignalAsync(signal, "--json", _folder.Path);

        string[] lines = outcome.Output.TrimEnd('\n').Split('\n');
        Assert.Equal(exitCode, outcome.ExitCode);
        Assert.Equal(
            [
                $$"""{"event":"task","name":"Scan {{_folder.Path}}","state":"Canceling","reason":"'Workbench' leaves (SIG{{signal}})."}""",
                $$"""{"event":"task","name":"Scan {{_folder.Path}}","state":"Canceled","reason":"'Workbench' leaves (SIG{{signal}})."}""",
                $$"""{"event":"result","root":"{{_folder.Path}}","files":2,"bytes":2199023255552,"duplicate_groups":[],"wasted_bytes":0,"skipped":[],"canceled":true}""",
                """{"event":"closed","tasks":3,"finished":2,"canceled":1,"survivors":[],"lost":0,"faults":0}""",
            ],
            lines[^4..]);
    }

    [Fact]
    public async Task Signal_DuringTheScanOfOneOfTwoFolders_KeepsTheResultOfTheOther()
    {
        using var done = new TempFolder();
        done.Write("1", "x");

        Outcome outcome = await SignalAsync("INT", _folder.Path, done.Path);

        Assert.Contains("Canceled: this is what was found until then.", outcome.Output);
        Assert.Contains($"{done.Path}: 1 file, 1 byte; no equal files.\n", outcome.Output);
    }

    [Theory]
    [InlineData("--ui=plain", "Canceled: this is what was found until then.\n")]
    [InlineData("--json", "\"survivors\":[],\"lost\":0,\"faults\":0}\n")]
    public async Task Interrupt_Twice_LosesNeitherTheResultNorTheReport(string face, string end)
    {
        using var process = WorkbenchProcess.Start(face, _folder.Path);
        await process.ReadErrorsToAsync("Comparing contents");

        Shell.Run("bash", "-c", $"kill -INT {process.Id}; kill -INT {process.Id} || true");
        Outcome outcome = await process.EndAsync();

        Assert.Equal(130, outcome.ExitCode);
        Assert.EndsWith(end, outcome.Output, StringComparison.Ordinal);
        Assert.Equal("3 tasks: 2 finished, 1 canceled by SIGINT, 0 survivors, 0 lost, 0 failed", outcome.LastError);
    }

    private static async Task<Outcome> SignalAsync(string signal, params string[] arguments)
    {
        using var process = WorkbenchProcess.Start(arguments);
        await process.ReadErrorsToAsync("Comparing contents");
        long sent = Stopwatch.GetTimestamp();

        process.Signal(signal);
        Outcome outcome = await process.EndAsync();

        Assert.InRange(Stopwatch.GetElapsedTime(sent), TimeSpan.Zero, Limit);
        return outcome;
    }
}
