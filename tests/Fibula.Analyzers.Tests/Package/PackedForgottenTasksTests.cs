namespace Fibula.Analyzers.Tests.Package;

/// <summary>The one line in the project file, in a project that has nothing but the packages.</summary>
[Collection<PackedPackagesCollection>]
public sealed class PackedForgottenTasksTests(PackedPackages packages)
{
    private const string OptIn = "-p:FibulaOwnForgottenTasks=true";

    private const string Program =
        """
        using Fibula;

        EventLoop.Run(async task =>
        {
            TaskScope.Current!.Faulted += fault =>
            {
                fault.Handled = true;
                Console.WriteLine($"{fault.Name} in line {fault.LineNumber}: {fault.Exception.Message}");
            };
            var window = new Window();
            window.Save();
            window.Close();
            await task.Delay(TimeSpan.FromSeconds(1));
        });

        internal sealed class Window
        {
            public void Save() => SaveAsync();

            public async void Close()
            {
                await Task.Yield();
                throw new InvalidOperationException("closed");
            }

            private async Task SaveAsync()
            {
                await Task.Yield();
                throw new InvalidOperationException("not saved");
            }
        }
        """;

    [Theory, Trait("Behaviour", "B49"), Trait("Behaviour", "B78")]
    [InlineData("Fibula")]
    [InlineData("Fibula.TerminalGui")]
    public async Task Program_WithTheLine_BuildsWithoutWarningAndReportsWhatItForgot(string package)
    {
        FreshProject project = packages.CreateProject(package);

        CommandResult build = await project.BuildAsync(Program, OptIn);
        CommandResult again = await project.BuildAsync(Program, OptIn);
        CommandResult run = await project.RunAsync();

        Assert.Empty(build.Problems);
        Assert.Empty(again.Problems);
        Assert.Equal(["SaveAsync in line 18: not saved", "Window.Close in line 20: closed"], run.Output.Trim().Split(Environment.NewLine));
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task Program_WithoutTheLine_NeverHearsOfWhatItForgot()
    {
        FreshProject project = packages.CreateProject("Fibula");

        CommandResult build = await project.BuildAsync(Program, "-p:NoWarn=CS4014%3BFIB0001%3BFIB0003");
        CommandResult run = await project.RunAsync();

        Assert.Empty(build.Problems);
        Assert.DoesNotContain("not saved", run.Output);
    }
}
