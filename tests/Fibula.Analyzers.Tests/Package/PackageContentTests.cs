using Fibula.Tests.Repository;

namespace Fibula.Analyzers.Tests.Package;

[Collection<PackedPackagesCollection>]
public sealed class PackageContentTests
{
    private const string AnyFramework = "net10.0";
    private const string Windows = "net10.0-windows7.0";

    [Fact]
    public void Packages_AreAllThatTheReadmeNames()
    {
        string[] named = [.. SourceTree.Read("README.md").Split("## Packages")[1].Split("\nThey need")[0].Split('`').Where(word => word.StartsWith("Fibula", StringComparison.Ordinal))];

        Assert.Equal(named.Order(StringComparer.Ordinal), PackedPackages.Ids.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Fibula", AnyFramework, "", "")]
    [InlineData("Fibula.Avalonia", AnyFramework, "Avalonia Fibula", "")]
    [InlineData("Fibula.Blazor", AnyFramework, "Fibula", "Microsoft.AspNetCore.App")]
    [InlineData("Fibula.Gtk", AnyFramework, "Fibula", "")]
    [InlineData("Fibula.SpectreConsole", AnyFramework, "Fibula Spectre.Console", "")]
    [InlineData("Fibula.TerminalGui", AnyFramework, "Fibula Markdig System.IO.Abstractions Terminal.Gui TextMateSharp TextMateSharp.Grammars", "")]
    [InlineData("Fibula.Testing", AnyFramework, "Fibula", "")]
    [InlineData("Fibula.WindowsForms", Windows, "Fibula", "Microsoft.WindowsDesktop.App.WindowsForms")]
    [InlineData("Fibula.Wpf", Windows, "Fibula", "Microsoft.WindowsDesktop.App.WPF")]
    public void Package_HasItsAssemblyAndAsksForWhatItNeeds(string id, string framework, string dependencies, string frameworks)
    {
        Package package = PackedPackages.Open(id);

        Assert.Equal([$"lib/{framework}/{id}.dll", $"lib/{framework}/{id}.xml"], package.Files.Where(file => file.StartsWith("lib/", StringComparison.Ordinal)));
        Assert.Equal(dependencies, string.Join(' ', package.Dependencies.Select(dependency => dependency.Id).Order(StringComparer.Ordinal)));
        Assert.Equal(frameworks, string.Join(' ', package.Frameworks));
        Assert.Equal([framework], package.TargetFrameworks);
    }

    [Fact]
    public void Package_OfAnAdapter_AsksForTheCoreThatWasPackedWithIt()
    {
        (string id, string version) = Assert.Single(PackedPackages.Open("Fibula.Testing").Dependencies);

        Assert.Equal(("Fibula", PackedPackages.VersionOf("Fibula")), (id, version));
    }

    [Fact]
    public void Package_OfTheCore_CarriesTheRulesAndTheirFixes()
    {
        IEnumerable<string> rules = PackedPackages.Open("Fibula").Files.Where(file => file.StartsWith("analyzers/", StringComparison.Ordinal));

        Assert.Equal(["analyzers/dotnet/cs/Fibula.Analyzers.CodeFixes.dll", "analyzers/dotnet/cs/Fibula.Analyzers.dll"], rules);
    }
}
