using Fibula;
using Fibula.Testing;

namespace Workbench;

public sealed class FolderScanTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TestLoop _loop = new(TimeProvider.System);
    private readonly FolderScan _scan;
    private int _ended;

    public FolderScanTests()
    {
        _folder.Write("small-1", "aa");
        _folder.Write("small-2", "aa");
        _folder.Write("zlarge-1", new byte[1000]);
        _folder.Write("zlarge-2", new byte[1000]);
        _scan = new FolderScan(new TaskScope(_loop, "tab"), _folder.Path, new ScanOptions());
        _scan.Ended += () => _ended++;
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Start_OnceEnded_ShowsTheGroupsThatWasteMostFirst()
    {
        _scan.Start();
        _loop.RunUntil(() => _ended > 0);

        Assert.Equal([1000, 2], _scan.Groups.Select(group => group.WastedBytes));
        Assert.Equal(BackgroundTaskState.Succeeded, _scan.State);
        Assert.StartsWith("Done in 0:0", StatusText.Of(_scan));
        Assert.Equal("2 groups of equal files, 1002 bytes wasted", StatusText.Found(_scan));
    }

    [Fact]
    public void Start_WhileItRuns_ChangesProgressOnTheUiThreadUpToTheEnd()
    {
        var threads = new HashSet<int>();
        _scan.PropertyChanged += (_, _) => threads.Add(Environment.CurrentManagedThreadId);

        _scan.Start();
        _loop.RunUntil(() => _ended > 0);

        Assert.Equal([Environment.CurrentManagedThreadId], threads);
        Assert.Equal((ScanPhase.Done, 4), (_scan.Progress.Phase, _scan.Progress.Files));
    }

    [Fact]
    public void Start_Again_ShowsTheNewResultAlone()
    {
        _scan.Start();
        _loop.RunUntil(() => _ended == 1);
        _folder.Write("small-3", "aa");

        _scan.Start();
        ScanResult? atOnce = _scan.Result;
        _loop.RunUntil(() => _ended == 2);

        Assert.Null(atOnce);
        Assert.Equal(5, _scan.Result!.Files);
    }

    [Fact]
    public void Cancel_BeforeTheFirstStep_GivesAnEmptyPartOfTheResult()
    {
        _scan.Start();

        _scan.Cancel();
        _loop.RunUntil(() => _ended > 0);

        Assert.Equal(BackgroundTaskState.Canceled, _scan.State);
        Assert.True(_scan.Result!.Canceled);
        Assert.Equal("You canceled it.", _scan.CancelReason!.Message);
    }

    [Fact]
    public void Cancel_AfterTheEnd_ChangesNothing()
    {
        _scan.Start();
        _loop.RunUntil(() => _ended > 0);

        _scan.Cancel();
        _loop.RunUntilIdle();

        Assert.Equal(BackgroundTaskState.Succeeded, _scan.State);
        Assert.Equal(1, _ended);
    }

    [Fact]
    public void Start_OfAFolderThatIsNotThere_ShowsTheProblem()
    {
        var missing = new FolderScan(new TaskScope(_loop, "tab"), _folder["missing"], new ScanOptions());

        missing.Start();
        _loop.RunUntil(() => missing.Result is not null);

        Assert.Equal($"There is no folder '{_folder["missing"]}'. Check how its name is spelled.", StatusText.Of(missing));
    }
}
