using Fibula.Tests.Repository;

namespace Fibula.Analyzers.Tests.Package;

/// <summary>
/// The packages of the solution, packed once per run as the page "Getting started" says, and fresh projects that install them.
/// </summary>
public sealed class PackedPackages : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fibula-packages-").FullName;

    /// <summary>The home of somebody who has never installed a package of Fibula.</summary>
    internal FreshHome Home => field ??= new FreshHome(Path.Combine(_folder, "home"), Installed);

    private string Installed => Path.Combine(_folder, "installed");

    /// <summary>The names of the packages.</summary>
    internal static IEnumerable<string> Ids => Directory.GetFiles(Feed, "*.nupkg").Select(file => Path.GetFileName(file).Split(".0.")[0]);

    private static string OfTheMachine => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget/packages");

    // Where the script puts them.
    private static string Feed => SourceTree.PathOf("artifacts/packages");

    private string Projects => Path.Combine(_folder, "projects");

    public async ValueTask InitializeAsync()
    {
        CommandResult pack = OperatingSystem.IsWindows()
            ? await Command.RunAsync(SourceTree.Root, "dotnet", "pack", "eng/pack.proj", "--configuration", "Release", "--output", Feed)
            : await Command.RunAsync(SourceTree.Root, "bash", "-c", Document.GettingStarted.Lines[0]);
        Assert.True(pack.ExitCode == 0, pack.Output);

        // Projects below find this file on their way up. It adds to the machine's own sources.
        Directory.CreateDirectory(Projects);
        File.WriteAllText(
            Path.Combine(Projects, "nuget.config"),
            $"""<configuration><packageSources><add key="fibula" value="{Feed}" /></packageSources></configuration>""");

        // Windows asks for more rights to make a link: there, packages are downloaded again.
        if (!OperatingSystem.IsWindows())
        {
            LinkToWhatTheMachineHas();
        }
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>A project of its own for one test, so that tests don't see each other's files.</summary>
    internal FreshProject CreateProject(params string[] packages)
    {
        string folder = Directory.CreateDirectory(Path.Combine(Projects, Path.GetRandomFileName())).FullName;
        File.WriteAllText(Path.Combine(folder, "Fresh.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">

              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <!-- What is found in a dependency one day is news and not a broken commit. -->
                <NuGetAudit>false</NuGetAudit>
                <RestorePackagesPath>{Installed}</RestorePackagesPath>
              </PropertyGroup>

              <ItemGroup>
                {string.Concat(packages.Select(id => $"""<PackageReference Include="{id}" Version="[{VersionOf(id)}]" />"""))}
              </ItemGroup>

            </Project>
            """);
        return new FreshProject(folder);
    }

    internal static Package Open(string id) => new(Path.Combine(Feed, $"{id}.{VersionOf(id)}.nupkg"));

    internal static string VersionOf(string id) =>
        Directory.GetFiles(Feed, $"{id}.*.nupkg").Select(file => Path.GetFileNameWithoutExtension(file)[(id.Length + 1)..])
            .Single(version => char.IsAsciiDigit(version[0]));

    // Packages are installed into a folder of this run: in the machine's, today's 0.1.0 would hide the one packed tomorrow.
    // What others made is taken from there, not downloaded again.
    private void LinkToWhatTheMachineHas()
    {
        Directory.CreateDirectory(Installed);
        foreach (string package in Directory.Exists(OfTheMachine) ? Directory.GetDirectories(OfTheMachine) : [])
        {
            string id = Path.GetFileName(package);
            if (id.Split('.')[0] != "fibula")
            {
                Directory.CreateSymbolicLink(Path.Combine(Installed, id), package);
            }
        }
    }
}
