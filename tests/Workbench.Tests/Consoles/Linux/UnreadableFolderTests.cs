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

    [Fact]
    public async Task Plain_InAFolderThatIsGone_SaysWhatToTypeAndEndsWith2()
    {
        Outcome outcome = await WorkbenchProcess.RunInAsync(
            "bash", "-c", "mkdir \"$1/gone\"; cd \"$1/gone\"; rmdir \"$1/gone\"; exec \"$0\"", WorkbenchProcess.Program, _folder.Path);

        Assert.Equal(
            (2, "", "workbench: The current folder does not exist any more. Go to another one, or type the full path of a folder.\n"),
            (outcome.ExitCode, outcome.Output, outcome.Errors));
    }
}
