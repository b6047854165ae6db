using Fibula.Tests.Repository;

namespace Fibula.Analyzers.Tests.Package.Linux;

/// <summary>One careless program, both ways, from the packages. Here for the exit code, which is Linux' own.</summary>
[Collection<PackedPackagesCollection>]
public sealed class ForgottenSampleTests(ForgottenSample sample) : IClassFixture<ForgottenSample>
{
    private const int Aborted = 134;

    private static string Place(string code) => $"MainWindow.cs:{LineOf("MainWindow.cs", code)}";

    [Fact]
    public void Build_WithoutTheLine_WarnsOfWhatIsCareless()
    {
        Assert.Equal(0, sample.BuildWithout.ExitCode);
        Assert.Equal(
            [
                $"MainWindow.cs({LineOf("MainWindow.cs", "_ = LoadAsync();")},17): warning FIB0001",
                $"MainWindow.cs({LineOf("MainWindow.cs", " WatchAsync();")},13): warning CS4014",
                $"PrintWindow.cs({LineOf("PrintWindow.cs", "async void")},23): warning FIB0003",
            ],
            sample.BuildWithout.Problems.Select(problem => string.Join(':', problem.Split(':')[..2])).Order());
    }

    [Fact]
    public void Run_WithoutTheLine_LosesTasksAndDies()
    {
        string[] lines = LinesOf(sample.Without);

        Assert.Equal(
            ["Dies of IOException: The disk is full.", "Never came back: Watch (collected), Print", "Told to nobody: The server is down."], lines[^3..]);
        Assert.Contains("Unhandled exception.", sample.Without.StandardError);
        Assert.Equal(Aborted, sample.Without.ExitCode);
    }

    [Fact]
    public void Build_WithTheLine_HasNoWarning()
    {
        Assert.Empty(sample.BuildWith.Problems);
        Assert.Equal(0, sample.BuildWith.ExitCode);
    }

    [Fact, Trait("Behaviour", "B13"), Trait("Behaviour", "B78")]
    public void Run_WithTheLine_LosesNothingAndLeavesCleanly()
    {
        string[] lines = LinesOf(sample.With);

        Assert.Contains("Watch has found order.csv.", lines);
        Assert.Contains("Print has printed.", lines);
        Assert.Equal(
            ["6 tasks: 4 finished, 0 canceled, 0 survivors, 0 lost, 2 failed", "Never came back: nothing", "Told to nobody: nothing"], lines[^3..]);
        Assert.Empty(sample.With.StandardError);
        Assert.Equal(0, sample.With.ExitCode);
    }

    [Fact, Trait("Behaviour", "B45"), Trait("Behaviour", "B49")]
    public void Run_WithTheLine_ReportsEveryFaultWithItsPlace()
    {
        var faults = LinesOf(sample.With).Where(line => line.StartsWith("Fault", StringComparison.Ordinal));

        Assert.Equal(
            [
                $"Fault in LoadAsync, {Place("_ = LoadAsync();")}: The server is down.",
                $"Fault in MainWindow.ctor, {Place("save.Accepting += async")}: The disk is full.",
            ],
            faults);
    }

    [Fact]
    public void Readme_ShowsBothRuns()
    {
        string readme = SourceTree.Read("README.md");
        string updated = Transcripts.Update(readme, ForgottenSample.Folder, sample.Without, sample.With);

        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            File.WriteAllText(SourceTree.PathOf("README.md"), updated);
            return;
        }

        Assert.True(readme == updated, $"The runs of '{ForgottenSample.Folder}' in README.md differ from what they print. Run eng/docs.sh output.\n{updated}");
    }

    private static string[] LinesOf(CommandResult run) => run.StandardOutput.ReplaceLineEndings("\n").TrimEnd().Split('\n');

    private static int LineOf(string file, string code)
    {
        string[] lines = SourceTree.Read($"{ForgottenSample.Folder}/{file}").Split('\n');
        return Array.FindIndex(lines, line => line.Contains(code, StringComparison.Ordinal)) + 1;
    }
}
