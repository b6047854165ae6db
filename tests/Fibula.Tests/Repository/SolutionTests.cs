using System.Xml.Linq;

namespace Fibula.Tests.Repository;

public sealed class SolutionTests
{
    private static readonly string[] Folders = ["src", "tests", "samples", "bench"];

    private static IEnumerable<Project> Projects => Folders.SelectMany(Project.In);

    [Fact]
    public void Solution_HoldsEveryProject()
    {
        var listed = XDocument.Load(SourceTree.PathOf("Fibula.slnx")).Descendants("Project").Select(project => project.Attribute("Path")!.Value);

        Assert.Equal(Projects.Select(project => project.Path).Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Projects_AreShort()
    {
        Finding.None(Projects.Where(project => project.Lines > 25).Select(project => $"{project.Path}: {project.Lines} lines"));
    }

    [Fact]
    public void Projects_LeaveVersionsToTheCentralFile()
    {
        var versioned = Projects.Where(project => project.Items("PackageReference").Any(item => item.Attribute("Version") is not null));

        Finding.None(versioned.Select(project => project.Path));
    }

    [Fact]
    public void Projects_LeaveTheFrameworkToTheSharedProps()
    {
        var own = Projects.Where(project => project.Property("TargetFramework") is { } framework
            && !(framework == "netstandard2.0" && project.Name.StartsWith("Fibula.Analyzers", StringComparison.Ordinal)));

        Finding.None(own.Select(project => project.Path));
    }

    [Fact]
    public void Projects_LeaveWarningsOn()
    {
        var silenced = Projects.Where(project => project.Property("NoWarn") is not null || project.Property("TreatWarningsAsErrors") is not null);

        Finding.None(silenced.Select(project => project.Path));
    }

    [Fact]
    public void CentralVersions_AreAllUsed()
    {
        string build = string.Concat(SourceTree.Files("src", "Directory.Build.props").Concat(SourceTree.Files("tests", "Directory.Build.props"))
            .Concat(Projects.Select(project => project.Path)).Select(SourceTree.Read));
        var central = XDocument.Load(SourceTree.PathOf("Directory.Packages.props")).Descendants("ItemGroup")
            .Where(group => group.Attribute("Label")?.Value != "Transitive")
            .Descendants("PackageVersion").Select(version => version.Attribute("Include")!.Value);

        Assert.All(central, package => Assert.Contains($"\"{package}\"", build));
    }

    [Fact]
    public void SourceProjects_DeclareTheirApi()
    {
        var undeclared = Project.In("src").Where(project => project.Property("IsPackable") != "false")
            .Select(project => Path.GetDirectoryName(project.Path)!)
            .Where(folder => !File.Exists(SourceTree.PathOf($"{folder}/PublicAPI.Unshipped.txt")));

        Finding.None(undeclared);
    }
}
