namespace Workbench;

public sealed class DuplicateScanTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RunAsync_EqualFiles_GroupsThemInOrdinalOrder()
    {
        string second = _folder.Write("b/one", "same");
        string first = _folder.Write("a/two", "same");
        string third = _folder.Write("c", "same");
        _folder.Write("other", "else");

        ScanResult result = await new DuplicateScan(_folder.Path).RunAsync();

        ScanAssert.Groups(result, [first, second, third]);
        Assert.Equal(4, result.Groups[0].Size);
        Assert.Equal(8, result.WastedBytes);
        Assert.False(result.Canceled);
    }

    [Fact]
    public async Task RunAsync_SeveralGroups_ListsThemByTheirFirstPath()
    {
        string[] large = [_folder.Write("b1", "large content"), _folder.Write("b2", "large content")];
        string[] small = [_folder.Write("a1", "small"), _folder.Write("z1", "small")];

        ScanResult result = await new DuplicateScan(_folder.Path).RunAsync();

        ScanAssert.Groups(result, small, large);
    }

    [Fact]
    public async Task RunAsync_AnyFolder_CountsFilesBytesAndFolders()
    {
        _folder.Write("a", "12345");
        _folder.Write("sub/deeper/b", "123");

        ScanResult result = await new DuplicateScan(_folder.Path).RunAsync();

        Assert.Equal(_folder.Path, result.Root);
        Assert.Equal((2, 8, 3), (result.Files, result.Bytes, result.Folders));
        Assert.Empty(result.Skipped);
    }

    [Theory]
    [InlineData(100, 0)]
    [InlineData(100, 99)]
    [InlineData(16 * 1024, (16 * 1024) - 1)]
    [InlineData(20_000, 19_999)]
    [InlineData(1_000_000, 300_000)]
    [InlineData(1_000_000, 999_999)]
    public async Task RunAsync_OneByteDiffers_FindsNoGroup(int size, int position)
    {
        byte[] content = new byte[size];
        _folder.Write("a", content);
        content[position] = 1;
        _folder.Write("b", content);

        ScanResult result = await new DuplicateScan(_folder.Path).RunAsync();

        Assert.Empty(result.Groups);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16 * 1024)]
    [InlineData((16 * 1024) + 1)]
    [InlineData(256 * 1024)]
    [InlineData(1_000_000)]
    public async Task RunAsync_ManyEqualFilesOfOneSize_FindsThemAll(int size)
    {
        byte[] content = new byte[size];
        string[] equal = [.. Enumerable.Range(10, 40).Select(number => _folder.Write($"equal{number}", content))];
        content[^1] = 1;
        string[] others = [.. Enumerable.Range(10, 20).Select(number => _folder.Write($"other{number}", content))];

        ScanResult result = await new DuplicateScan(_folder.Path).RunAsync();

        ScanAssert.Groups(result, equal, others);
    }

    [Fact]
    public async Task RunAsync_WithMinSize_LooksAtNoSmallerFile()
    {
        _folder.Write("small1", "123");
        _folder.Write("small2", "123");
        string[] equal = [_folder.Write("large1", "1234"), _folder.Write("large2", "1234")];

        ScanResult result = await new DuplicateScan(_folder.Path, new ScanOptions { MinSize = 4 }).RunAsync();

        ScanAssert.Groups(result, equal);
        Assert.Equal(2, result.Files);
        Assert.Empty(result.Skipped);
    }

    [Fact]
    public async Task RunAsync_EmptyFiles_ListsThemAndGroupsNone()
    {
        string[] empty = [_folder.Write("a", ""), _folder.Write("b", "")];

        ScanResult result = await new DuplicateScan(_folder.Path, new ScanOptions { MinSize = 0 }).RunAsync();

        Assert.Empty(result.Groups);
        Assert.Equal(empty, result.Skipped.Select(skipped => skipped.Path));
        Assert.Equal("It is empty, so there is nothing to compare.", ScanAssert.Skips(result, empty[0], SkipReason.Empty).Why);
        Assert.Equal(0, result.Files);
    }

    [Fact]
    public async Task RunAsync_Twice_GivesTheSameAnswer()
    {
        string[] equal = [_folder.Write("a", "x"), _folder.Write("b", "x")];
        var scan = new DuplicateScan(_folder.Path);

        ScanAssert.Groups(await scan.RunAsync(), equal);
        ScanAssert.Groups(await scan.RunAsync(), equal);
    }

    [Fact]
    public async Task RunAsync_RelativeRootWithTrailingSlash_AnswersWithFullPaths()
    {
        string[] equal = [_folder.Write("a", "x"), _folder.Write("b", "x")];
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, _folder.Path) + Path.DirectorySeparatorChar;

        ScanResult result = await new DuplicateScan(relative).RunAsync();

        Assert.Equal(_folder.Path, result.Root);
        ScanAssert.Groups(result, equal);
    }
}
