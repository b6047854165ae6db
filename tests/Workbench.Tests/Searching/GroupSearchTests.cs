using Fibula;
using Fibula.Testing;

namespace Workbench;

public sealed class GroupSearchTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TestLoop _loop = new(TimeProvider.System);
    private readonly FolderScan _scan;
    private readonly GroupSearch _search;
    private readonly List<BackgroundTask> _runs = [];
    private int _ended;

    public GroupSearchTests()
    {
        foreach (string name in (ReadOnlySpan<string>)["photo", "Photograph", "letter"])
        {
            _folder.Write($"{name}-1", new string('x', name.Length));
            _folder.Write($"{name}-2", new string('x', name.Length));
        }

        _scan = new FolderScan(new TaskScope(_loop, "tab"), _folder.Path, new ScanOptions());
        _search = new GroupSearch(_scan);
        _scan.Ended += () => _ended++;
        _scan.Tasks.TaskStarted += task =>
        {
            if (task.Name == "Search")
            {
                _runs.Add(task);
            }
        };
        _scan.Start();
        _loop.RunUntil(() => _ended == 1);
    }

    private IEnumerable<string> Found => _search.Groups.Select(group => Path.GetFileName(group.Paths[0]));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Text_TypedKeyByKey_IsSearchedOnceForTheLast()
    {
        foreach (string typed in (ReadOnlySpan<string>)["l", "le", "p", "ph", "phot"])
        {
            _search.Text = typed;
        }

        _loop.RunUntil(() => _search.Groups.Count < 3);

        Assert.Equal(["Photograph-1", "photo-1"], Found);
        Assert.Equal("2 of 3 groups have 'phot' in a path", _search.Summary);
        Assert.Equal(5, _runs.Count);
        Assert.All(_runs[..^1], run => Assert.Equal(BackgroundTaskState.Canceled, run.State));
    }

    [Fact]
    public void Text_TypedWhileASearchRuns_IsSearchedForTheLast_AndThatSearchGoesOn()
    {
        var search = new GroupSearch(_scan, TimeSpan.Zero);
        _runs.Clear();

        foreach (string typed in (ReadOnlySpan<string>)["phot", "nothing", "letter"])
        {
            search.Text = typed;
        }

        _loop.RunUntil(() => search.Groups.Count == 1);

        Assert.Equal([BackgroundTaskState.Succeeded, BackgroundTaskState.Canceled], _runs[..2].Select(run => run.State));
        Assert.Equal(_folder["letter-1"], search.Groups[0].Paths[0]);
    }

    [Fact]
    public void Text_OfTheFoldersOwnPath_FindsNothing()
    {
        _search.Text = Path.GetFileName(_folder.Path);
        _loop.RunUntil(() => _search.Groups.Count == 0);

        Assert.Equal($"0 of 3 groups have '{_search.Text}' in a path", _search.Summary);
    }

    [Fact]
    public void Text_Emptied_ShowsAllAtOnce()
    {
        _search.Text = "letter";
        _loop.RunUntil(() => _search.Groups.Count == 1);

        _search.Text = "";

        Assert.Equal(3, _search.Groups.Count);
        Assert.Equal("", _search.Summary);
    }

    [Fact]
    public void Text_EmptiedBeforeItWasSearched_IsNotSearched()
    {
        _search.Text = "letter";

        _search.Text = "";
        _loop.RunUntilEnded(Assert.Single(_runs));

        Assert.Equal(BackgroundTaskState.Canceled, _runs[0].State);
        Assert.Equal("All groups are shown.", _runs[0].CancelReason!.Message);
        Assert.Equal(3, _search.Groups.Count);
    }

    [Fact]
    public void Result_OfANewScan_IsSearchedAgain()
    {
        _search.Text = "photo";
        _loop.RunUntil(() => _search.Groups.Count == 2);
        _folder.Write("photo-3", "another photo");
        _folder.Write("photo-4", "another photo");

        _scan.Start();
        _loop.RunUntil(() => _search.Groups.Count == 3);

        Assert.Equal(["photo-3", "Photograph-1", "photo-1"], Found);
    }
}
