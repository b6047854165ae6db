namespace Workbench;

public sealed class UnreadableFolderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task Plain_WithAFolderItMayNotRead_SaysSoAndEndsWith1() => WithoutRootsPowers.RunAsync(async () =>
    {
        Shell.Run("chmod", "000", _folder.Path);

        Outcome outcome = await WorkbenchProcess.RunAsync(_folder.Path);

        Assert.Equal((1, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains($"workbench: '{_folder.Path}' could not be scanned. You have no permission to read it.", outcome.Errors);
    });
}
