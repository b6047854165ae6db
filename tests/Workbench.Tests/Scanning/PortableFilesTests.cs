namespace Workbench;

/// <summary>What a system without <c>statx</c> gets.</summary>
public sealed class PortableFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RunAsync_EqualFiles_GroupsThem()
    {
        string[] equal = [_folder.Write("a/1", new byte[300_000]), _folder.Write("b/2", new byte[300_000])];
        _folder.Write("empty", "");

        ScanResult result = await ScanAsync();

        ScanAssert.Groups(result, equal);
        ScanAssert.Skips(result, _folder["empty"], SkipReason.Empty);
    }

    [Fact]
    public async Task RunAsync_FileIsRewritten_ListsIt()
    {
        string path = _folder.Write("a", "same");
        _folder.Write("b", "same");
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);
        var hook = PhaseHook.AtStartOf(ScanPhase.FirstBlocks, () => File.WriteAllText(path, "anew"));

        ScanResult result = await ScanAsync(hook);

        ScanAssert.Skips(result, path, SkipReason.Changed);
    }

    [Fact]
    public async Task RunAsync_FileVanishes_ListsIt()
    {
        string path = _folder.Write("a", "same");
        _folder.Write("b", "same");

        ScanResult result = await ScanAsync(PhaseHook.AtStartOf(ScanPhase.FirstBlocks, () => File.Delete(path)));

        ScanAssert.Skips(result, path, SkipReason.Vanished);
    }

    [Fact]
    public async Task RunAsync_MissingRoot_SaysSo()
    {
        ScanResult result = await new DuplicateScan(_folder["nowhere"], new ScanOptions(), new PortableFiles()).RunAsync();

        Assert.Equal($"There is no folder '{_folder["nowhere"]}'. Check how its name is spelled.", result.Problem);
    }

    [LinuxFact]
    public async Task RunAsync_LinksAndPipes_FollowsAndOpensNone()
    {
        _folder.Write("real/file", "same");
        Shell.Bash("mkfifo pipe1 pipe2; ln -s real link; ln -s nowhere broken; ln -s self self", _folder.Path);

        ScanResult result = await ScanAsync();

        Assert.Equal((1, 3), (result.Files, result.SymbolicLinks));
        ScanAssert.Skips(result, _folder["broken"], SkipReason.BrokenLink);
        ScanAssert.Skips(result, _folder["pipe1"], SkipReason.Empty);
    }

    private Task<ScanResult> ScanAsync(PhaseHook? hook = null) =>
        new DuplicateScan(_folder.Path, new ScanOptions(), new PortableFiles()).RunAsync(hook);
}
