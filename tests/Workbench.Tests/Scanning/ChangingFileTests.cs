namespace Workbench;

/// <summary>Files that are touched while the scan runs. The scan itself calls the change, at a known point.</summary>
public sealed class ChangingFileTests : IDisposable
{
    private const int Large = 600_000;

    private readonly TempFolder _folder = new();
    private readonly string _touched;
    private readonly string[] _others;

    public ChangingFileTests()
    {
        _touched = _folder.Write("m", new byte[Large]);
        _others = [_folder.Write("a", new byte[Large]), _folder.Write("z", new byte[Large])];
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(ScanPhase.FirstBlocks)]
    [InlineData(ScanPhase.Contents)]
    public async Task RunAsync_FileVanishes_ListsItAndGroupsTheOthers(ScanPhase phase)
    {
        ScanResult result = await ScanAsync(PhaseHook.AtStartOf(phase, () => File.Delete(_touched)));

        Assert.Equal("It vanished while the scan ran.", ScanAssert.Skips(result, _touched, SkipReason.Vanished).Why);
    }

    [Theory]
    [InlineData(ScanPhase.FirstBlocks)]
    [InlineData(ScanPhase.Contents)]
    public async Task RunAsync_FileGrows_ListsItAndGroupsTheOthers(ScanPhase phase)
    {
        ScanResult result = await ScanAsync(PhaseHook.AtStartOf(phase, () => File.AppendAllText(_touched, "more")));

        SkippedPath skipped = ScanAssert.Skips(result, _touched, SkipReason.Changed);
        Assert.Equal("It changed while the scan ran. Scan again when nothing writes to it.", skipped.Why);
    }

    [Fact]
    public async Task RunAsync_FileIsRewrittenWithTheSameSize_ListsItAndGroupsTheOthers()
    {
        ScanResult result = await ScanAsync(PhaseHook.AtStartOf(ScanPhase.Contents, () => Rewrite(_touched)));

        ScanAssert.Skips(result, _touched, SkipReason.Changed);
    }

    [LinuxFact]
    public async Task RunAsync_FileIsReplacedByACopyWithTheSameTimes_ListsItAndGroupsTheOthers()
    {
        ScanResult result = await ScanAsync(PhaseHook.AtStartOf(ScanPhase.Contents, () =>
            Shell.Bash("cp -p m copy; mv copy m", _folder.Path)));

        ScanAssert.Skips(result, _touched, SkipReason.Changed);
    }

    [LinuxFact]
    public async Task RunAsync_FileIsReplacedByANamedPipe_ListsItAndDoesNotWaitForAWriter()
    {
        ScanResult result = await ScanAsync(PhaseHook.AtStartOf(ScanPhase.FirstBlocks, () =>
            Shell.Bash("rm m; mkfifo m", _folder.Path)));

        ScanAssert.Skips(result, _touched, SkipReason.Changed);
    }

    [Fact]
    public async Task RunAsync_FolderVanishes_ListsItAndGoesOn()
    {
        string folder = Directory.CreateDirectory(_folder["sub"]).FullName;

        var hook = new PhaseHook(snapshot => snapshot.Folders == 1, () => Directory.Delete(folder));

        ScanResult result = await new DuplicateScan(_folder.Path).RunAsync(hook);

        ScanAssert.Groups(result, [_others[0], _touched, _others[1]]);
        ScanAssert.Skips(result, folder, SkipReason.Vanished);
    }

    // Three files are hashed in blocks; the next bytes are those of the comparison.
    [Theory]
    [InlineData("a")]
    [InlineData("m")]
    [InlineData("z")]
    public async Task RunAsync_FileIsRewrittenWhileItIsCompared_ListsItAndGroupsTheOthers(string name)
    {
        var hook = new PhaseHook(
            snapshot => snapshot.Phase == ScanPhase.Contents && snapshot.BytesDone > 3 * Large, () => Rewrite(_folder[name]));

        ScanResult result = await new DuplicateScan(_folder.Path, new ScanOptions { Parallelism = 1 }).RunAsync(hook);

        ScanAssert.Skips(result, _folder[name], SkipReason.Changed);
        ScanAssert.Groups(result, [.. new[] { "a", "m", "z" }.Where(other => other != name).Select(other => _folder[other])]);
    }

    private static void Rewrite(string path)
    {
        byte[] content = new byte[Large];
        content[^1] = 1;
        File.WriteAllBytes(path, content);
    }

    private async Task<ScanResult> ScanAsync(PhaseHook hook)
    {
        ScanResult result = await new DuplicateScan(_folder.Path).RunAsync(hook);

        ScanAssert.Groups(result, _others);
        return result;
    }
}
