namespace Workbench;

public sealed class RootTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RunAsync_MissingRoot_SaysSo()
    {
        ScanResult result = await new DuplicateScan(_folder["nowhere"]).RunAsync();

        Assert.Equal($"There is no folder '{_folder["nowhere"]}'. Check how its name is spelled.", result.Problem);
    }

    [Fact]
    public async Task RunAsync_RootIsAFile_SaysSo()
    {
        string file = _folder.Write("file", "x");

        ScanResult result = await new DuplicateScan(file).RunAsync();

        Assert.Equal($"'{file}' is not a folder. Name the folder it lies in.", result.Problem);
    }

    [LinuxFact]
    public Task RunAsync_UnreadableRoot_SaysSo() => WithoutRootsPowers.RunAsync(async () =>
    {
        Shell.Run("chmod", "000", _folder.Path);

        ScanResult result = await new DuplicateScan(_folder.Path).RunAsync();

        Assert.Equal(
            $"'{_folder.Path}' could not be scanned. You have no permission to read it. "
            + "Change its permissions, or scan as a user who may read it.",
            result.Problem);
    });

    [LinuxFact]
    public async Task RunAsync_RootIsALinkToAFolder_ScansThatFolder()
    {
        _folder.Write("real/a", "x");
        _folder.Write("real/b", "x");
        File.CreateSymbolicLink(_folder["link"], "real");

        ScanResult result = await new DuplicateScan(_folder["link"]).RunAsync();

        ScanAssert.Groups(result, [_folder["link/a"], _folder["link/b"]]);
    }

    [Fact]
    public void Constructor_WithoutRoot_Throws() => Assert.Throws<ArgumentException>(() => new DuplicateScan(""));
}
