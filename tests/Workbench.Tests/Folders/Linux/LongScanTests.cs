using Fibula;
using Fibula.Testing;

namespace Workbench;

/// <summary>What can be done while a scan runs. The files are sparse: they take an hour to read and no room.</summary>
public sealed class LongScanTests : IDisposable
{
    private readonly TempFolder _first = new();
    private readonly TempFolder _second = new();
    private readonly TestLoop _loop = new(TimeProvider.System);
    private readonly WorkbenchApp _app;

    public LongScanTests()
    {
        SparseFiles.WriteTwo(_first);
        SparseFiles.WriteTwo(_second);
        var line = CommandLine.Parse([]);
        line.Folders = [];

        // The scans run in real time: none may be given up because the virtual clock has jumped meanwhile.
        _app = new WorkbenchApp(line) { Tasks = { CloseGrace = Timeout.InfiniteTimeSpan } };
        _app.Open(_first.Path);
        _app.Open(_second.Path);
        _app.Attach(_loop);
        _loop.RunUntil(() => _app.Folders.All(folder => folder.Progress.BytesDone > 0));
    }

    public void Dispose()
    {
        _app.Exit();
        _loop.RunUntil(() => _app.CloseReport is not null);
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public void Cancel_WhileItRuns_ShowsAPartOfTheResult()
    {
        _app.Folders[0].Cancel();
        _loop.RunUntil(() => !_app.Folders[0].IsRunning);

        Assert.Equal(BackgroundTaskState.Canceled, _app.Folders[0].State);
        Assert.True(_app.Folders[0].Result!.Canceled);
        Assert.StartsWith("Canceled after 0:0", StatusText.Of(_app.Folders[0]));
    }

    [Fact]
    public async Task CloseAsync_WhileTwoScansRun_EndsTheOneAndNothingElse()
    {
        FolderScan closed = _app.Folders[0];

        Task<CloseReport?> close = _app.CloseAsync(closed);
        _loop.RunUntilEnded(close);
        CloseReport report = (await close)!;

        Assert.Equal((1, 0), (report.CanceledCount, report.LivingCount));
        Assert.False(closed.IsRunning);
        Assert.Equal(BackgroundTaskState.Running, Assert.Single(_app.Folders).State);
    }

    [Fact]
    public void Start_WhileItRuns_TellsTheOldScanAndShowsTheNewOne()
    {
        FolderScan folder = _app.Folders[0];
        var results = new List<ScanResult?>();
        folder.PropertyChanged += (_, change) =>
        {
            if (change.PropertyName == nameof(FolderScan.Result))
            {
                results.Add(folder.Result);
            }
        };
        Directory.Delete(_first.Path, recursive: true);
        _first.Write("only", "one");

        folder.Start();
        _loop.RunUntil(() => !folder.IsRunning);

        Assert.Null(results[0]);
        Assert.Equal((1, false), (results[^1]!.Files, results[^1]!.Canceled));
        Assert.Equal(2, results.Count);
    }

    [Fact]
    public void Exit_WhileTwoScansRun_CancelsBothAndLosesNone()
    {
        _app.Exit();
        _loop.RunUntil(() => _app.CloseReport is not null);

        Assert.Equal("3 tasks: 1 finished, 2 canceled by the app's exit, 0 survivors, 0 lost, 0 failed", _app.CloseReport!.ToString());
        Assert.All(_app.Folders, folder => Assert.True(folder.Result!.Canceled));
    }
}
