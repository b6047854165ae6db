namespace Fibula.Analyzers.Tests.Package;

[Collection<PackedPackagesCollection>]
public sealed class PackedRuleTests(PackedPackages packages)
{
    [Fact]
    public async Task Program_WithADiscardedTask_FailsToBuildWithTheRule()
    {
        FreshProject project = packages.CreateProject("Fibula");

        CommandResult build = await project.BuildAsync(
            """
            using Fibula;

            EventLoop.Run(task =>
            {
                Task.Run(() => Console.WriteLine("Lost."));
                return task.Delay(TimeSpan.Zero);
            });
            """);

        Assert.StartsWith("Program.cs(5,5): error FIB0002", Assert.Single(build.Problems));
    }
}
