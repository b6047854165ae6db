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

    [Fact, Trait("Behaviour", "B22")]
    public async Task Program_ForSeveralFrameworks_OwnsWhereFibulaIs()
    {
        FreshProject project = packages.CreateProject("Fibula")
            .With("<TargetFramework>net10.0</TargetFramework>", "<TargetFrameworks>net10.0;netstandard2.1</TargetFrameworks><LangVersion>14</LangVersion>")
            .With("<PackageReference ", """<PackageReference Condition="'$(TargetFramework)' == 'net10.0'" """);

        CommandResult build = await project.BuildAsync($"#if NET10_0\n{Program}\n#else\nSystem.Console.WriteLine();\n#endif", OptIn);
        CommandResult run = await project.RunAsync();

        Assert.Empty(build.Problems);
        Assert.Equal(["SaveAsync in line 19: not saved", "Window.Close in line 21: closed"], run.Output.Trim().Split(Environment.NewLine));
    }

    [Fact]
    public async Task Program_InAnOldLanguage_FailsToBuildWithAClearMessage()
    {
        FreshProject project = packages.CreateProject("Fibula");

        CommandResult build = await project.BuildAsync(Program, OptIn, "-p:LangVersion=10");

        Assert.Contains(build.Problems, problem => problem.StartsWith(
            "CSC : error FIB0008: FibulaOwnForgottenTasks has no effect in this project: it needs C# 11.0, and this project is set to C# 10.0.", StringComparison.Ordinal));
        Assert.Contains(build.Problems, problem => problem.StartsWith("Program.cs(20,23): error FIB0003", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Program_WithTheLineInDirectoryBuildTargets_OwnsTheSame()
    {
        FreshProject project = packages.CreateProject("Fibula").Add(
            "Directory.Build.targets", "<Project><PropertyGroup><FibulaOwnForgottenTasks>true</FibulaOwnForgottenTasks></PropertyGroup></Project>");

        CommandResult build = await project.BuildAsync(Program);
        CommandResult run = await project.RunAsync();

        Assert.Empty(build.Problems);
        Assert.Equal(["SaveAsync in line 18: not saved", "Window.Close in line 20: closed"], run.Output.Trim().Split(Environment.NewLine));
    }

    [Fact]
    public async Task Program_WithoutTheAssembly_FailsToBuildWithAClearMessage()
    {
        FreshProject project = packages.CreateProject("Fibula").With("\" Version=\"[", "\" ExcludeAssets=\"compile\" Version=\"[");

        CommandResult build = await project.BuildAsync("Console.WriteLine();", OptIn);

        Assert.StartsWith(
            "CSC : error FIB0008: FibulaOwnForgottenTasks has no effect in this project: it references no 'Fibula.CompilerServices.ForgottenTask'.", Assert.Single(build.Problems));
    }

    [Fact]
    public async Task Program_WithRuntimeAsync_OwnsTheSameAndIsToldWhatElseChanges()
    {
        FreshProject project = packages.CreateProject("Fibula")
            .With("<TreatWarningsAsErrors>true", "<Features>runtime-async=on</Features><EnablePreviewFeatures>true</EnablePreviewFeatures><NoWarn>SYSLIB5007</NoWarn><TreatWarningsAsErrors>false");

        CommandResult build = await project.BuildAsync(Program, OptIn);
        CommandResult run = await project.RunAsync();

        Assert.Contains("warning FIB0009: Runtime-async is on", build.Output);
        Assert.Equal(["SaveAsync in line 18: not saved", "Window.Close in line 20: closed"], run.Output.Trim().Split(Environment.NewLine));
    }

    [Fact]
    public async Task Projects_ThatShareTheirInternals_EachOwnTheirOwn()
    {
        FreshProject library = packages.CreateProject("Fibula").With("<OutputType>Exe</OutputType>", "<AssemblyName>Library</AssemblyName>");
        FreshProject project = packages.CreateProject("Fibula").With("<ItemGroup>", $"""<ItemGroup><ProjectReference Include="{library.ProjectFile}" />""");
        CommandResult built = await library.BuildAsync(
            """
            [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Fresh")]

            internal static class Library
            {
                public static async void Fail()
                {
                    await Task.Yield();
                    throw new InvalidOperationException("library");
                }
            }
            """,
            OptIn);

        CommandResult build = await project.BuildAsync(Program.Replace("window.Save();", "Library.Fail();"), OptIn);
        CommandResult run = await project.RunAsync();

        Assert.Empty(built.Problems);
        Assert.Empty(build.Problems);
        Assert.Equal(["Library.Fail in line 5: library", "Window.Close in line 20: closed"], run.Output.Trim().Split(Environment.NewLine));
    }
}
