namespace Fibula.Analyzers.Tests.Package;

/// <summary>The opt-in beside other generators, whose code it cannot see: what it does not own is reported, and nothing else is.</summary>
[Collection<PackedPackagesCollection>]
public sealed class PackedGeneratorTests(PackedPackages packages)
{
    private const string OptIn = "-p:FibulaOwnForgottenTasks=true";

    private const string Page =
        """
        @inherits Fresh.PageBase

        <button @onclick="Click">Save</button>

        @code {
            private void Click()
            {
                SaveAsync();
            }

            private async Task CloseAsync()
            {
                await SaveAsync();
                _ = SaveAsync();
                SaveAsync();
            }

            private async Task SaveAsync() => await Task.Yield();
        }
        """;

    private const string CodeBehind =
        """
        namespace Fresh;

        public partial class Page
        {
            private void Load()
            {
                ReloadAsync();
                KeepAsync();
            }

            private async Task LoadAsync()
            {
                await KeepAsync();
                KeepAsync();
            }

            private static async Task KeepAsync() => await Task.Yield();
        }
        """;

    private const string Base =
        """
        namespace Fresh;

        public class PageBase : Microsoft.AspNetCore.Components.ComponentBase
        {
            protected Task ReloadAsync() => Task.CompletedTask;
        }
        """;

    private const string Model =
        """
        using CommunityToolkit.Mvvm.ComponentModel;
        using CommunityToolkit.Mvvm.Input;

        Console.WriteLine(new Model());

        internal sealed partial class Model : ObservableObject
        {
            [ObservableProperty]
            private string _name = "";

            public void Click()
            {
                SaveCommand.ExecuteAsync("a");
                ShowAsync(Name);
                ShowAsync("a");
            }

            public async Task ClickAsync()
            {
                await ShowAsync("a");
                ShowAsync(Name);
                ShowAsync("a");
            }

            [RelayCommand]
            private static async Task SaveAsync(string name) => await Task.Yield();

            private static async Task ShowAsync(string name) => await Task.Yield();
        }
        """;

    private const string Binds = "because only other generated code makes it bind.";
    private const string IsMade = "because the code it is in is made by another generator.";

    [Fact, Trait("Behaviour", "B78")]
    public async Task Component_WithTheLine_IsToldOfWhatItDoesNotOwn()
    {
        FreshProject project = CreateBlazorProject();

        CommandResult build = await project.BuildAsync("", OptIn);

        Assert.Equal(
            [
                "Page.razor(8,9): error CS4014: ",
                $"Page.razor(8,9): error FIB0007: Nobody owns the task of 'SaveAsync', {IsMade}",
                $"Page.razor(14,13): error FIB0007: Nobody owns the task of 'SaveAsync', {IsMade}",
                "Page.razor(15,9): error CS4014: ",
                $"Page.razor(15,9): error FIB0007: Nobody owns the task of 'SaveAsync', {IsMade}",
                $"Page.razor.cs(7,9): error FIB0007: Nobody owns the task of 'ReloadAsync', {Binds}",
            ],
            Starts(build));
    }

    [Fact]
    public async Task Component_WithoutTheLine_IsToldOfEveryDroppedTask()
    {
        FreshProject project = CreateBlazorProject();

        CommandResult build = await project.BuildAsync("");

        Assert.Equal(
            [
                "Page.razor(14,13): error FIB0001: ", "Page.razor(15,9): error CS4014: ", "Page.razor(8,9): error CS4014: ",
                "Page.razor.cs(14,9): error CS4014: ", "Page.razor.cs(7,9): error FIB0001: ", "Page.razor.cs(8,9): error CS4014: ",
            ],
            Starts(build).Select(problem => problem[..(problem.IndexOf(": ", problem.IndexOf("error", StringComparison.Ordinal), StringComparison.Ordinal) + 2)]).Order(StringComparer.Ordinal));
    }

    [Fact, Trait("Behaviour", "B78")]
    public async Task ViewModel_WithTheLine_IsToldOfWhatItDoesNotOwn()
    {
        FreshProject project = packages.CreateProject("Fibula")
            .With("<ItemGroup>", """<ItemGroup><PackageReference Include="CommunityToolkit.Mvvm" Version="8.4.2" />""");

        CommandResult build = await project.BuildAsync(Model, OptIn);

        Assert.Equal(
            [
                $"Program.cs(13,9): error FIB0007: Nobody owns the task of 'ExecuteAsync', {Binds}",
                "Program.cs(14,9): error CS4014: ",
                $"Program.cs(14,9): error FIB0007: Nobody owns the task of 'ShowAsync', {Binds}",
                "Program.cs(21,9): error CS4014: ",
                $"Program.cs(21,9): error FIB0007: Nobody owns the task of 'ShowAsync', {Binds}",
            ],
            Starts(build));
    }

    private FreshProject CreateBlazorProject() => packages.CreateProject("Fibula", "Fibula.Blazor")
        .With("Sdk=\"Microsoft.NET.Sdk\"", "Sdk=\"Microsoft.NET.Sdk.Razor\"")
        .With("<OutputType>Exe</OutputType>", "")
        .Add("_Imports.razor", "@using Microsoft.AspNetCore.Components.Web")
        .Add("Page.razor", Page)
        .Add("Page.razor.cs", CodeBehind)
        .Add("PageBase.cs", Base);

    // As far as the reason; what to do about it follows. The text of the compiler is its own.
    private static IEnumerable<string> Starts(CommandResult build) => build.Problems
        .Select(problem => problem.Contains("CS4014", StringComparison.Ordinal) ? problem[..(problem.IndexOf("CS4014", StringComparison.Ordinal) + 8)] : problem.Split(" Hand it")[0])
        .Distinct()
        .OrderBy(problem => problem.Split('(')[0], StringComparer.Ordinal).ThenBy(LineOf).ThenBy(problem => problem, StringComparer.Ordinal);

    private static int LineOf(string problem) => int.Parse(problem.Split('(')[1].Split(',')[0], System.Globalization.CultureInfo.InvariantCulture);
}
