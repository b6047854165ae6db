using System.Xml.Linq;

namespace Fibula.Tests.Repository;

/// <summary>What one csproj says.</summary>
internal sealed class Project(string path)
{
    private readonly XDocument _xml = XDocument.Load(SourceTree.PathOf(path));

    public string Path { get; } = path;

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public int Lines => File.ReadAllLines(SourceTree.PathOf(Path)).Length;

    /// <summary>What a user of this project gets with it. Tools of the build, such as our analyzers, are not among them.</summary>
    public IEnumerable<string> Dependencies =>
        Items("ProjectReference").Where(item => item.Attribute("ReferenceOutputAssembly")?.Value != "false")
            .Select(item => System.IO.Path.GetFileNameWithoutExtension(Included(item).Replace('\\', '/')))
            .Concat(Items("PackageReference").Where(item => item.Attribute("PrivateAssets")?.Value != "all").Select(Included));

    public IEnumerable<string> Friends => Items("InternalsVisibleTo").Select(Included);

    public static IEnumerable<Project> In(string folder) => SourceTree.Files(folder, "*.csproj").Select(path => new Project(path));

    public IEnumerable<XElement> Items(string name) => _xml.Descendants(name);

    public string? Property(string name) => _xml.Descendants(name).FirstOrDefault()?.Value;

    private static string Included(XElement item) => item.Attribute("Include")?.Value ?? "";
}
