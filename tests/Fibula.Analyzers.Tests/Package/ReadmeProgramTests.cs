using System.Text.RegularExpressions;
using Fibula.Tests.Repository;

namespace Fibula.Analyzers.Tests.Package;

[Collection<PackedPackagesCollection>]
public sealed partial class ReadmeProgramTests(PackedPackages packages)
{
    [Fact]
    public async Task Build_OfTheFirstProgramOfTheReadme_HasNoWarning()
    {
        FreshProject project = packages.CreateProject("Fibula", "Fibula.TerminalGui");

        CommandResult build = await project.BuildAsync(FirstProgramOf("README.md"));

        Assert.Empty(build.Problems);
        Assert.Equal(0, build.ExitCode);
    }

    private static string FirstProgramOf(string document)
    {
        Match block = CodeBlock().Match(SourceTree.Read(document));
        Assert.True(block.Success, $"'{document}' has no block of C#.");
        return block.Groups["code"].Value;
    }

    [GeneratedRegex("^```csharp\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
