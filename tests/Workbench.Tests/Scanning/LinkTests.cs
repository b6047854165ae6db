namespace Workbench;

public sealed class LinkTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [LinuxFact]
    public async Task RunAsync_SymbolicLinks_CountsThemAndFollowsNone()
    {
        string[] equal = [_folder.Write("real/1", "same"), _folder.Write("real/2", "same")];
        File.CreateSymbolicLink(_folder["to-file"], "real/1");
        File.CreateSymbolicLink(_folder["to-folder"], "real");

        ScanResult result = await new DuplicateScan(_folder.Path).RunAsync();

        ScanAssert.Groups(result, equal);
        Assert.Equal((2, 2), (result.Files, result.SymbolicLinks));
        Assert.Empty(result.Skipped);
    }

    [LinuxFact]
    public async Task RunAsync_BrokenLink_ListsIt()
    {
        File.CreateSymbolicLink(_folder["broken"], "nowhere");
        File.CreateSymbolicLink(_folder["through-a-file"], "file/below");
        _folder.Write("file", "x");

        ScanResult result = await new DuplicateScan(_folder.Path).RunAsync();

        SkippedPath skipped = ScanAssert.Skips(result, _folder["broken"], SkipReason.BrokenLink);
        Assert.Equal("It is a symbolic link to something that does not exist.", skipped.Why);
        ScanAssert.Skips(result, _folder["through-a-file"], SkipReason.BrokenLink);
    }

    [LinuxFact]
    public async Task RunAsync_LinksToEachOther_ListsBoth()
    {
        File.CreateSymbolicLink(_folder["a"], "b");
        File.CreateSymbolicLink(_folder["b"], "a");

        ScanResult result = await new DuplicateScan(_folder.Path).RunAsync();

        SkippedPath skipped = ScanAssert.Skips(result, _folder["a"], SkipReason.LoopingLink);
        Assert.Equal("It is a symbolic link that leads back to itself.", skipped.Why);
        ScanAssert.Skips(result, _folder["b"], SkipReason.LoopingLink);
    }

    [LinuxFact]
    public async Task RunAsync_LinkToAFolderItLiesIn_ListsIt()
    {
        Directory.CreateDirectory(_folder["sub/deeper"]);
        File.CreateSymbolicLink(_folder["sub/deeper/up"], _folder.Path);
        File.CreateSymbolicLink(_folder["sub/here"], ".");

        ScanResult result = await new DuplicateScan(_folder.Path).RunAsync();

        SkippedPath skipped = ScanAssert.Skips(result, _folder["sub/deeper/up"], SkipReason.LoopingLink);
        Assert.Equal("It is a symbolic link to a folder it lies in.", skipped.Why);
        ScanAssert.Skips(result, _folder["sub/here"], SkipReason.LoopingLink);
    }

    [LinuxFact]
    public async Task RunAsync_OnlyHardLinks_FindsNoGroup()
    {
        Shell.Run("ln", _folder.Write("a", "same"), _folder["b"]);

        ScanResult result = await new DuplicateScan(_folder.Path).RunAsync();

        Assert.Empty(result.Groups);
        Assert.Equal((1, 4, 1), (result.Files, result.Bytes, result.HardLinks));
    }

    [LinuxFact]
    public async Task RunAsync_HardLinksAndACopy_ListsTheFirstLinkInOrdinalOrder()
    {
        string copy = _folder.Write("b-copy", "same");
        Shell.Run("ln", _folder.Write("z", "same"), _folder["M"]);
        Shell.Run("ln", _folder["z"], _folder["a"]);

        ScanResult result = await new DuplicateScan(_folder.Path).RunAsync();

        ScanAssert.Groups(result, [_folder["M"], copy]);
        Assert.Equal(4, result.WastedBytes);
    }
}
