using Fibula;
using Fibula.Testing;

namespace Workbench;

public sealed class FolderWatchTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TestLoop _loop = new(TimeProvider.System);
    private readonly FolderScan _scan;
    private readonly List<string> _told = [];
    private BackgroundTask? _watch;
    private int _ended;

    public FolderWatchTests()
    {
        _folder.Write("below/a1", "aaaa");
        _folder.Write("below/a2", "aaaa");
        _folder.Write("b1", "b");
        _folder.Write("b2", "b");
        _scan = new FolderScan(new TaskScope(_loop, "tab"), _folder.Path, new ScanOptions());
        _scan.Ended += () => _ended++;
        _scan.Tasks.TaskStarted += task => _watch ??= task;
        FolderWatch.Begin(_scan, _told.Add);
    }

    public void Dispose()
    {
        _loop.RunUntilEnded(_scan.CloseAsync());
        _folder.Dispose();
    }

    [Fact]
    public void AFileThatIsDeleted_LeavesItsGroup_BeforeTheNextScan()
    {
        Scan();

        Assert.False(IsScannedUntilAGroupIsGone(() => File.Delete(_folder["b1"])));

        Assert.Equal([_folder["below/a1"], _folder["below/a2"]], _scan.Groups[0].Paths);
    }

    [Fact]
    public void AFileThatIsRenamed_LeavesItsGroup_AndIsFoundUnderItsNewName()
    {
        Scan();

        Assert.False(IsScannedUntilAGroupIsGone(() => File.Move(_folder["b1"], _folder["c1"])));
        _loop.RunUntil(() => _scan.Groups.Count == 2);

        Assert.Equal([_folder["b2"], _folder["c1"]], _scan.Groups[1].Paths);
    }

    [Fact]
    public void AFileThatIsWritten_LeavesItsGroup()
    {
        Scan();

        _folder.Write("below/a1", "bbbb");
        _loop.RunUntil(() => _scan.Groups.Count == 1);

        Assert.Equal([_folder["b1"], _folder["b2"]], _scan.Groups[0].Paths);
    }

    [Fact]
    public void AFolderThatIsMovedAway_TakesItsFilesOutOfTheirGroups()
    {
        Scan();

        using var elsewhere = new TempFolder();
        Directory.Move(_folder["below"], elsewhere["below"]);
        _loop.RunUntil(() => _scan.Groups.Count == 1);

        Assert.Equal([_folder["b1"], _folder["b2"]], _scan.Groups[0].Paths);
    }

    [Fact]
    public void AFileThatIsAdded_IsFoundByAScanBehindTheResult()
    {
        Scan();
        var results = new List<ScanResult?>();
        _scan.PropertyChanged += (_, _) => results.Add(_scan.Result);

        _folder.Write("new/b3", "b");
        _loop.RunUntil(() => _scan.Groups.Any(group => group.Paths.Count == 3));

        Assert.DoesNotContain(null, results);
        Assert.Equal([_folder["b1"], _folder["b2"], _folder["new/b3"]], _scan.Groups[^1].Paths);
    }

    [Fact]
    public void AFileThatIsAddedWhileAScanRuns_IsFound()
    {
        _scan.PropertyChanged += (_, change) =>
        {
            if (change.PropertyName == nameof(FolderScan.Progress) && _scan.Progress.Phase == ScanPhase.Done && _ended == 0)
            {
                _folder.Write("b3", "b");
            }
        };

        Scan();
        _loop.RunUntil(() => _scan.Groups.Any(group => group.Paths.Count == 3));

        Assert.True(_ended > 0);
    }

    [Fact]
    public void APartOfAResult_IsNotScannedAgain()
    {
        _scan.Start();
        _scan.Cancel();
        _loop.RunUntil(() => _ended == 1);

        Assert.Null(_scan.Refresh());
    }

    [Fact]
    public void Cancel_OfTheWatching_LeavesScansAlone()
    {
        _watch!.Cancel();

        Scan();

        Assert.Equal(2, _scan.Groups.Count);
    }

    [Fact]
    public void AFolderThatIsNotThere_IsTheScansToTell()
    {
        var missing = new FolderScan(new TaskScope(_loop, "tab"), _folder["missing"], new ScanOptions());
        FolderWatch.Begin(missing, _told.Add);

        missing.Start();
        _loop.RunUntil(() => missing.Result is not null);

        Assert.NotNull(missing.Result!.Problem);
        Assert.Empty(_told);
    }

    private bool IsScannedUntilAGroupIsGone(Action change)
    {
        bool? isScanned = null;
        _scan.PropertyChanged += (_, change) => isScanned ??= change.PropertyName == nameof(FolderScan.Result) ? _scan.IsRunning : null;
        change();
        _loop.RunUntil(() => _scan.Groups.Count == 1);
        return isScanned!.Value;
    }

    private void Scan()
    {
        _scan.Start();
        _loop.RunUntil(() => _ended > 0);
    }
}
