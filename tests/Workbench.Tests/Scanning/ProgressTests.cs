namespace Workbench;

public sealed class ProgressTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<ScanSnapshot> _seen = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RunAsync_WithProgress_PassesThroughThePhasesAndEndsWithTheResultsNumbers()
    {
        _folder.Write("a", new byte[100_000]);
        _folder.Write("sub/b", new byte[100_000]);

        ScanResult result = await ScanAsync();

        Assert.Equal(
            [ScanPhase.Walking, ScanPhase.FirstBlocks, ScanPhase.Contents, ScanPhase.Done],
            _seen.Select(snapshot => snapshot.Phase).Distinct());
        Assert.Equal(
            (result.Folders, result.Files, result.Bytes, 1, result.WastedBytes),
            (_seen[^1].Folders, _seen[^1].Files, _seen[^1].Bytes, _seen[^1].Groups, _seen[^1].WastedBytes));
    }

    [Theory]
    [InlineData(ScanPhase.FirstBlocks, 6, (4 * 16 * 1024) + 2)]
    [InlineData(ScanPhase.Contents, 4, 800_000)]
    public async Task RunAsync_WithProgress_EndsEachPhaseWithAllOfItDone(ScanPhase phase, long files, long bytes)
    {
        byte[] content = new byte[100_000];
        _folder.Write("a", content);
        _folder.Write("b", content);
        content[^1] = 1;
        _folder.Write("c", content);
        content[^1] = 2;
        _folder.Write("d", content);
        _folder.Write("small", "x");
        _folder.Write("other", "y");

        await ScanAsync();

        ScanSnapshot last = _seen.Last(snapshot => snapshot.Phase == phase);
        Assert.Equal((files, bytes), (last.FilesTotal, last.BytesTotal));
        Assert.Equal((files, bytes), (last.FilesDone, last.BytesDone));
    }

    [Fact]
    public void Counting_ToAReceiver_AllocatesNothing()
    {
        long bytes = 0;
        var counters = new ScanCounters(new Watch(snapshot => bytes = snapshot.BytesDone));
        counters.Begin(ScanPhase.Contents, 2_000, 2_000);
        counters.AddDone(1, 1);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
        {
            counters.AddDone(1, 1);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1_001, bytes);
    }

    private Task<ScanResult> ScanAsync() =>
        new DuplicateScan(_folder.Path, new ScanOptions { Parallelism = 1 }).RunAsync(new Watch(_seen.Add));
}
