namespace Fibula.Analyzers.Tests.Package;

[Collection<PackedPackagesCollection>]
public sealed class PackedFrameworkTests(PackedPackages packages)
{
    [Theory]
    [InlineData("net8.0")]
    [InlineData("netstandard2.0")]
    public async Task Restore_IntoAnOlderFramework_Fails(string framework)
    {
        FreshProject project = packages.CreateProject("Fibula").With("<TargetFramework>net10.0<", $"<TargetFramework>{framework}<");

        CommandResult restore = await project.RestoreAsync();

        Assert.Contains("error NU1202: Package Fibula ", restore.Output);
        Assert.NotEqual(0, restore.ExitCode);
    }
}
