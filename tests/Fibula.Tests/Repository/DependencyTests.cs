using System.Text.RegularExpressions;

namespace Fibula.Tests.Repository;

public sealed partial class DependencyTests
{
    // The rows of the table in CONTRIBUTING.md: | `project` | `dependency`, `dependency` |
    private static readonly Dictionary<string, string[]> Allowed = Row().Matches(SourceTree.Read("CONTRIBUTING.md"))
        .ToDictionary(row => row.Groups[1].Value, row => row.Groups[2].Captures.Select(name => name.Value).ToArray());

    [Theory]
    [InlineData("src")]
    [InlineData("samples")]
    public void Dependencies_OfEachProject_AreInTheTable(string folder)
    {
        var unlisted = Project.In(folder)
            .SelectMany(project => project.Dependencies.Except(Allowed.GetValueOrDefault(project.Name, [])).Select(name => $"{project.Name} -> {name}"));

        Finding.None(unlisted, "An edge missing from the table of CONTRIBUTING.md needs a decision record.");
    }

    [Fact]
    public void Table_EachProject_Exists()
    {
        var projects = Project.In("src").Concat(Project.In("samples")).Select(project => project.Name);

        Finding.None(Allowed.Keys.Except(projects));
    }

    [Fact]
    public void Core_References_Nothing()
    {
        Finding.None(new Project("src/Fibula/Fibula.csproj").Dependencies);
    }

    [Fact]
    public void Internals_AreVisible_ToTheOwnTestsOnly()
    {
        var foreign = Project.In("src").SelectMany(project => project.Friends.Where(friend => friend != TestsOf(project.Name)));

        Finding.None(foreign);
    }

    // A rule and its fix are tested together.
    private static string TestsOf(string project) => $"{project.Replace(".CodeFixes", "")}.Tests";

    [GeneratedRegex(@"^\| `([\w.]+)` \| (?:(?:, )?`([\w.]+)`)*[^|`]*\|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
