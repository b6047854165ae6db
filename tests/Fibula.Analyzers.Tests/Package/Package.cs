using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace Fibula.Analyzers.Tests.Package;

/// <summary>What is in a package, and what it asks for.</summary>
internal sealed class Package
{
    private readonly string _file;
    private readonly XElement _metadata;

    public Package(string file)
    {
        _file = file;
        using ZipArchive archive = ZipFile.OpenRead(file);
        Files = [.. archive.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal)];
        using Stream specification = archive.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        _metadata = XDocument.Load(specification).Root!.Elements().Single();
    }

    public IReadOnlyList<string> Files { get; }

    /// <summary>The packages that are installed with it, each with its lowest version.</summary>
    public IEnumerable<(string Id, string Version)> Dependencies =>
        Elements("dependency").Select(dependency => (dependency.Attribute("id")!.Value, dependency.Attribute("version")!.Value));

    /// <summary>The parts of .NET that a program gets with it.</summary>
    public IEnumerable<string> Frameworks => Elements("frameworkReference").Select(reference => reference.Attribute("name")!.Value);

    /// <summary>What the dependencies and the parts of .NET are for.</summary>
    public IEnumerable<string> TargetFrameworks => Elements("group").Select(group => group.Attribute("targetFramework")!.Value).Distinct();

    /// <summary>Reads an assembly of it.</summary>
    public PEReader OpenAssembly(string path)
    {
        using ZipArchive archive = ZipFile.OpenRead(_file);
        var copy = new MemoryStream();
        using (Stream entry = archive.GetEntry(path)!.Open())
        {
            entry.CopyTo(copy);
        }

        copy.Position = 0;
        return new PEReader(copy);
    }

    private IEnumerable<XElement> Elements(string name) => _metadata.Descendants().Where(element => element.Name.LocalName == name);
}
