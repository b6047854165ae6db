namespace Fibula.Analyzers.Tests.Package.Linux;

/// <summary>The careless sample, built and run without the line and then, from the same files and in the same folder, with it.</summary>
public sealed class ForgottenSample(PackedPackages packages) : IAsyncLifetime
{
    public const string Folder = "samples/Forgotten";

    internal CommandResult BuildWithout { get; private set; } = null!;

    internal CommandResult Without { get; private set; } = null!;

    internal CommandResult BuildWith { get; private set; } = null!;

    internal CommandResult With { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        FreshProject project = packages.CreateProject("Fibula.TerminalGui");
        project.Take(Folder);
        BuildWithout = await project.BuildAsync(["-p:WarningsNotAsErrors=CS4014%3BFIB0001%3BFIB0003"]);
        Without = await project.RunAsync();
        BuildWith = await project.BuildAsync(["-p:FibulaOwnForgottenTasks=true"]);
        With = await project.RunAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
