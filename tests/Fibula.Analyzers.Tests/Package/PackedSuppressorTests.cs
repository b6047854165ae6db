namespace Fibula.Analyzers.Tests.Package;

[Collection<PackedPackagesCollection>]
public sealed class PackedSuppressorTests(PackedPackages packages)
{
    [Theory]
    [InlineData("Fibula")]
    [InlineData("Fibula.TerminalGui")]
    public async Task Program_WithADiscardedRun_BuildsWithoutWarningAndRuns(string package)
    {
        FreshProject project = packages.CreateProject(package);

        CommandResult build = await project.BuildAsync(ProgramWith("scope.Run(LoadAsync);"));
        CommandResult run = await project.RunAsync();

        Assert.Empty(build.Problems);
        Assert.Equal("Loaded.", run.Output.Trim());
    }

    [Fact]
    public async Task Program_WithAnotherDiscardedCall_FailsToBuildWithCs4014()
    {
        FreshProject project = packages.CreateProject("Fibula");

        CommandResult build = await project.BuildAsync(ProgramWith("scope.Run(LoadAsync); LoadAsync();"));

        Assert.StartsWith("Program.cs(8,27): error CS4014", Assert.Single(build.Problems));
    }

    private static string ProgramWith(string statement) =>
        $$"""
        using Fibula;

        EventLoop.Run(_ => OpenAsync(TaskScope.Current!));

        static async Task OpenAsync(TaskScope scope)
        {
            await Task.Yield();
            {{statement}}
        }

        static async Task LoadAsync()
        {
            await Task.Yield();
            Console.WriteLine("Loaded.");
        }
        """;
}
