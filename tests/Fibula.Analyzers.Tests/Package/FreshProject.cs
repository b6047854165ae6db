using Fibula.Tests.Repository;

namespace Fibula.Analyzers.Tests.Package;

/// <summary>
/// A console program in a folder of its own, as <c>dotnet new console</c> makes it, with warnings as errors: what a user
/// has who installs the packages for the first time.
/// </summary>
internal sealed class FreshProject(string folder)
{
    /// <summary>The project's file.</summary>
    public string ProjectFile => Path.Combine(folder, "Fresh.csproj");

    /// <summary>Writes something else into the project's file.</summary>
    public FreshProject With(string element, string other)
    {
        string text = File.ReadAllText(ProjectFile);
        Assert.Contains(element, text);
        File.WriteAllText(ProjectFile, text.Replace(element, other));
        return this;
    }

    /// <summary>Builds with this Program.cs, and with these further options of the build.</summary>
    public async Task<CommandResult> BuildAsync(string program, params string[] options)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), program, TestContext.Current.CancellationToken);
        return await BuildAsync(options);
    }

    /// <summary>Builds what is in the folder, with these options.</summary>
    public Task<CommandResult> BuildAsync(string[] options) => Command.RunAsync(folder, "dotnet", ["build", .. options]);

    /// <summary>Fetches the packages, and no more.</summary>
    public Task<CommandResult> RestoreAsync() => Command.RunAsync(folder, "dotnet", "restore");

    /// <summary>Adds a file.</summary>
    public FreshProject Add(string name, string text)
    {
        File.WriteAllText(Path.Combine(folder, name), text);
        return this;
    }

    /// <summary>Takes the code of a folder of the repository over.</summary>
    public void Take(string source)
    {
        foreach (string path in SourceTree.Files(source, "*.cs"))
        {
            File.Copy(SourceTree.PathOf(path), Path.Combine(folder, Path.GetFileName(path)));
        }
    }

    /// <summary>Runs what was built last.</summary>
    public Task<CommandResult> RunAsync() => Command.RunAsync(folder, "dotnet", "bin/Debug/net10.0/Fresh.dll");
}
