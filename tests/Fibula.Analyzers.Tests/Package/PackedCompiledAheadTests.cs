using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;

namespace Fibula.Analyzers.Tests.Package;

/// <summary>The core is in its package once per platform, compiled ahead of time: what the first task needs is not compiled at each start of a program.</summary>
[Collection<PackedPackagesCollection>]
public sealed class PackedCompiledAheadTests(PackedPackages packages)
{
    private const string OfAnyPlatform = "lib/net10.0/Fibula.dll";

    private const string Program =
        """
        using Fibula;

        new App().Run(new EventLoop());
        Console.WriteLine(typeof(UiApp).Assembly.Location.Replace('\\', '/'));

        internal sealed class App : UiApp
        {
            protected override async Task OnRunningAsync()
            {
                await Task.Yield();
                Exit();
            }
        }
        """;

    [Theory]
    [InlineData("linux-arm64")]
    [InlineData("linux-x64")]
    [InlineData("osx-arm64")]
    [InlineData("osx-x64")]
    [InlineData("win-x64")]
    public void Package_OfTheCore_HasTheSameAssemblyCompiledForThePlatform(string platform)
    {
        Package package = PackedPackages.Open("Fibula");

        using PEReader plain = package.OpenAssembly(OfAnyPlatform);
        using PEReader compiled = package.OpenAssembly($"runtimes/{platform}/{OfAnyPlatform}");

        Assert.False(IsCompiled(plain));
        Assert.True(IsCompiled(compiled));
        Assert.Equal(VersionOf(plain), VersionOf(compiled));
    }

    [Fact]
    public async Task Program_ForAnyPlatform_LoadsTheOneOfItsOwn()
    {
        FreshProject project = packages.CreateProject("Fibula");

        CommandResult build = await project.BuildAsync(Program);
        CommandResult run = await project.RunAsync();

        Assert.True(build.ExitCode == 0, build.Output);
        Assert.True(run.ExitCode == 0, run.Output);
        Assert.EndsWith($"/runtimes/{RuntimeInformation.RuntimeIdentifier}/{OfAnyPlatform}", run.Output.Trim());
    }

    [Fact]
    public async Task Program_ForOnePlatform_HasNoOther()
    {
        FreshProject project = packages.CreateProject("Fibula").With(
            "<ImplicitUsings>", $"<RuntimeIdentifier>{RuntimeInformation.RuntimeIdentifier}</RuntimeIdentifier><SelfContained>false</SelfContained><AppendRuntimeIdentifierToOutputPath>false</AppendRuntimeIdentifierToOutputPath><ImplicitUsings>");

        CommandResult build = await project.BuildAsync(Program);
        CommandResult run = await project.RunAsync();

        Assert.True(build.ExitCode == 0, build.Output);
        Assert.EndsWith("/bin/Debug/net10.0/Fibula.dll", run.Output.Trim());
    }

    private static bool IsCompiled(PEReader assembly) => assembly.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0;

    private static Guid VersionOf(PEReader assembly)
    {
        MetadataReader reader = assembly.GetMetadataReader();
        return reader.GetGuid(reader.GetModuleDefinition().Mvid);
    }
}
