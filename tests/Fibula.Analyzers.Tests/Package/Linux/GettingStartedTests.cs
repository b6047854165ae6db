using Fibula.Tests.Repository;

namespace Fibula.Analyzers.Tests.Package.Linux;

/// <summary>The page "Getting started", typed as it stands, by somebody whose home is empty.</summary>
[Collection<PackedPackagesCollection>]
public sealed class GettingStartedTests(PackedPackages packages)
{
    [Fact]
    public async Task Steps_TypedAsTheyStand_LeadToAWindowThatIsLeftInOrder()
    {
        string[] lines = Document.GettingStarted.Lines;
        string folder = Path.Combine(packages.Home.Folder, "Prices");

        CommandResult source = await packages.Home.RunAsync(SourceTree.Root, lines[1..2]);      // the line before it has made the packages
        CommandResult project = await packages.Home.RunAsync(packages.Home.Folder, lines[2..^1]);
        Assert.True(project.ExitCode == 0, source.Output + project.Output);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), Document.GettingStarted.Blocks("csharp")[0]);
        await using var terminal = new TerminalSession(folder, packages.Home.Variables, lines[^1]);
        await terminal.ShowsAsync("Load the price");
        await terminal.TypeAsync("\r");
        await terminal.ShowsAsync("Loading …");
        await terminal.TypeAsync("\e");

        Assert.Equal(0, await terminal.EndAsync());
        Assert.DoesNotContain("The price is 42.", terminal.Seen);
    }

    [Fact]
    public async Task Program_WithoutAToolkit_RunsToItsEnd()
    {
        FreshProject project = packages.CreateProject("Fibula");

        CommandResult build = await project.BuildAsync(Document.GettingStarted.Blocks("csharp")[1]);
        CommandResult run = await project.RunAsync();

        Assert.Empty(build.Problems);
        Assert.Equal((0, "Loading …\nThe price is 42.\n"), (run.ExitCode, run.Output));
    }
}
