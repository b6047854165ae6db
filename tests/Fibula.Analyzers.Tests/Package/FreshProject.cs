namespace Fibula.Analyzers.Tests.Package;

/// <summary>
/// A console program in a folder of its own, as <c>dotnet new console</c> makes it, with warnings as errors: what a user
/// has who installs the packages for the first time.
/// </summary>
internal sealed class FreshProject(string folder)
{
    /// <summary>The project's file.</summary>
    public string File => Path.Combine(folder, "Fresh.csproj");

    /// <summary>Writes something else into the project's file.</summary>
    public FreshProject With(string element, string other)
    {
        string text = System.IO.File.ReadAllText(File);
        Assert.Contains(element, text);
        System.IO.File.WriteAllText(File, text.Replace(element, other));
        return this;
    }

    /// <summary>Builds with this Program.cs, and with these further options of the build.</summary>
    public async Task<CommandResult> BuildAsync(string program, params string[] options)
    {
        await System.IO.File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), program, TestContext.Current.CancellationToken);
        return await Command.RunAsync(folder, "dotnet", ["build", .. options]);
    }

    /// <summary>Runs what was built last.</summary>
    public Task<CommandResult> RunAsync() => Command.RunAsync(folder, "dotnet", "bin/Debug/net10.0/Fresh.dll");
}
