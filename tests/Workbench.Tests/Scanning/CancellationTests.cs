namespace Workbench;

public sealed class CancellationTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly CancellationTokenSource _cancellation = new();

    public void Dispose()
    {
        _cancellation.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task RunAsync_CanceledBeforehand_GivesAnEmptyPartialResult()
    {
        _folder.Write("a", "x");
        _cancellation.Cancel();

        ScanResult result = await new DuplicateScan(_folder.Path).RunAsync(cancellationToken: _cancellation.Token);

        Assert.True(result.Canceled);
        Assert.Null(result.Problem);
        Assert.Empty(result.Groups);
    }

    [Theory]
    [InlineData(ScanPhase.FirstBlocks)]
    [InlineData(ScanPhase.Contents)]
    public async Task RunAsync_CanceledAfterTheWalk_TellsWhatTheWalkFound(ScanPhase phase)
    {
        _folder.Write("a", "same");
        _folder.Write("b", "same");
        var hook = PhaseHook.AtStartOf(phase, _cancellation.Cancel);

        ScanResult result = await new DuplicateScan(_folder.Path).RunAsync(hook, _cancellation.Token);

        Assert.True(result.Canceled);
        Assert.Equal((2, 8), (result.Files, result.Bytes));
        Assert.Empty(result.Groups);
    }

    [Fact]
    public async Task RunAsync_CanceledAfterTheFirstGroup_KeepsTheGroupThatWastesMost()
    {
        string[] large = [_folder.Write("x", new byte[300_000]), _folder.Write("y", new byte[300_000])];
        _folder.Write("a", "small");
        _folder.Write("b", "small");
        var hook = new PhaseHook(snapshot => snapshot.Groups == 1, _cancellation.Cancel);

        ScanResult result = await new DuplicateScan(_folder.Path, new ScanOptions { Parallelism = 1 })
            .RunAsync(hook, _cancellation.Token);

        Assert.True(result.Canceled);
        ScanAssert.Groups(result, large);
        Assert.Equal(300_000, result.WastedBytes);
    }

    // 2 x 64 GiB of holes would take minutes: a scan that is done at once has stopped between two blocks.
    [LinuxFact]
    public async Task RunAsync_CanceledWithinAHugeFile_StopsAtTheNextBlock()
    {
        Shell.Run("truncate", "-s", "64G", _folder["a"], _folder["b"]);
        var last = default(ScanSnapshot);
        var hook = new Watch(snapshot =>
        {
            last = snapshot.Phase == ScanPhase.Contents ? snapshot : last;
            if (snapshot.Phase == ScanPhase.Contents && snapshot.BytesDone >= 1 << 20)
            {
                _cancellation.Cancel();
            }
        });

        ScanResult result = await new DuplicateScan(_folder.Path, new ScanOptions { Parallelism = 1 })
            .RunAsync(hook, _cancellation.Token);

        Assert.True(result.Canceled);
        Assert.Equal(1 << 20, last.BytesDone);
    }

    [Fact]
    public async Task RunAsync_CanceledAndRunAgain_StartsAnew()
    {
        string[] equal = [_folder.Write("a", "same"), _folder.Write("b", "same")];
        var scan = new DuplicateScan(_folder.Path);
        _cancellation.Cancel();
        await scan.RunAsync(cancellationToken: _cancellation.Token);

        ScanResult result = await scan.RunAsync();

        Assert.False(result.Canceled);
        ScanAssert.Groups(result, equal);
    }
}
