namespace Fibula.Analyzers.Tests.Package;

/// <summary>The home of somebody who has just installed the SDK: commands there change nothing of this machine's user. Not for Windows.</summary>
internal sealed class FreshHome
{
    private readonly string _installed;

    /// <param name="folder">The home.</param>
    /// <param name="installed">Where packages are installed.</param>
    public FreshHome(string folder, string installed)
    {
        Folder = Directory.CreateDirectory(folder).FullName;
        _installed = installed;
        TakeSources();
    }

    public string Folder { get; }

    /// <summary>Runs lines of a shell, as far as the first that fails.</summary>
    public Task<CommandResult> RunAsync(string folder, IEnumerable<string> lines) =>
        Command.RunAsync(folder, "env", [.. Variables, "bash", "-e", "-c", string.Join('\n', lines)]);

    /// <summary>For a command that runs here, each as NAME=value.</summary>
    public IEnumerable<string> Variables =>
    [
        $"HOME={Folder}",
        $"DOTNET_CLI_HOME={Folder}",
        $"NUGET_PACKAGES={_installed}",
        "DOTNET_CLI_TELEMETRY_OPTOUT=1",
        "DOTNET_GENERATE_ASPNET_CERTIFICATE=false",

        // No process outlives the command.
        "MSBUILDDISABLENODEREUSE=1",
        "UseSharedCompilation=false",
    ];

    // Where this machine gets packages from.
    private void TakeSources()
    {
        const string Sources = ".nuget/NuGet/NuGet.Config";
        string machine = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), Sources);
        if (File.Exists(machine))
        {
            string own = Path.Combine(Folder, Sources);
            Directory.CreateDirectory(Path.GetDirectoryName(own)!);
            File.Copy(machine, own);
        }
    }
}
