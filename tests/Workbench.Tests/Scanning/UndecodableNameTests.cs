namespace Workbench;

public sealed class UndecodableNameTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [LinuxFact]
    public async Task RunAsync_FileNameNotUtf8_ListsIt()
    {
        Shell.Bash(@"printf same > $'bad\xff'; printf same > 1; printf same > 2", _folder.Path);

        ScanResult result = await new DuplicateScan(_folder.Path).RunAsync();

        ScanAssert.Groups(result, [_folder["1"], _folder["2"]]);
        SkippedPath skipped = ScanAssert.Skips(result, _folder["bad\uFFFD"], SkipReason.NameNotUtf8);
        Assert.Equal("Its name is not valid UTF-8, so it can't be opened. Rename it to have it compared.", skipped.Why);
    }

    [LinuxFact]
    public async Task RunAsync_FolderNameNotUtf8_ListsTheFolder()
    {
        Shell.Bash(@"mkdir $'bad\xff'; printf same > $'bad\xff/1'; printf same > $'bad\xff/2'", _folder.Path);

        ScanResult result = await new DuplicateScan(_folder.Path).RunAsync();

        Assert.Empty(result.Groups);
        ScanAssert.Skips(result, _folder["bad\uFFFD"], SkipReason.NameNotUtf8);
    }

    [LinuxFact]
    public async Task RunAsync_NameWithARealReplacementCharacter_TakesPart()
    {
        string[] equal = [_folder.Write("a", "same"), _folder.Write("b\uFFFD", "same")];

        ScanResult result = await new DuplicateScan(_folder.Path).RunAsync();

        ScanAssert.Groups(result, equal);
        Assert.Empty(result.Skipped);
    }

    [LinuxFact]
    public async Task RunAsync_UndecodableNameThatLooksLikeAnother_DoesNotPassForIt()
    {
        string file = _folder.Write("b\uFFFD", "same");
        string copy = _folder.Write("sub\uFFFD/c", "same");
        Shell.Bash(@"printf same > $'b\xff'; mkdir $'sub\xff'; printf same > $'sub\xff/d'", _folder.Path);

        ScanResult result = await new DuplicateScan(_folder.Path).RunAsync();

        ScanAssert.Groups(result, [file, copy]);
        Assert.Equal((2, 0), (result.Files, result.HardLinks));
        ScanAssert.Skips(result, file, SkipReason.NameNotUtf8);
        ScanAssert.Skips(result, _folder["sub\uFFFD"], SkipReason.NameNotUtf8);
    }
}
