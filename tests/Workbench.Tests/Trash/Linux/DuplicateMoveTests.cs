namespace Workbench;

/// <summary>Whatever others do to the files meanwhile: the last copy does not go.</summary>
public sealed class DuplicateMoveTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TempFolder _data = new();
    private readonly LinuxFiles _files = new();
    private readonly DuplicateFile _kept;
    private readonly DuplicateFile _file;

    public DuplicateMoveTests()
    {
        _kept = AsScanned(_folder.Write("kept/photo", "same"));
        _file = AsScanned(_folder.Write("other/photo", "same"));
    }

    private IEnumerable<string> Trash => Directory.Exists(_data["Trash"]) ? Directory.EnumerateFiles(_data["Trash"], "*", SearchOption.AllDirectories) : [];

    public void Dispose()
    {
        _folder.Dispose();
        _data.Dispose();
    }

    [LinuxFact]
    public void Move_AfterTheKeptFileWasOverwritten_MovesNoMore()
    {
        DuplicateFile second = AsScanned(_folder.Write("second", "same"));
        DuplicateMove move = CreateMove(_files);

        move.Move(_file, CancellationToken.None);
        _folder.Write("kept/photo", "newer");

        AssertKeptHasChanged(second, move);
        Assert.Single(Trash, file => file.Contains("/files/"));
    }

    [LinuxFact]
    public void Move_AfterTheKeptFileWasOverwrittenWithItsOldSizeAndTime_MovesNoMore()
    {
        DateTime time = File.GetLastWriteTimeUtc(_kept.Path);
        _folder.Write("kept/photo", "SAME");
        File.SetLastWriteTimeUtc(_kept.Path, time);

        AssertKeptHasChanged(_file, CreateMove(_files));
    }

    [LinuxFact]
    public void Move_AfterTheKeptFileWasWrittenAgainWithTheSameContent_GoesOn()
    {
        _folder.Write("kept/photo", "same");

        CreateMove(_files).Move(_file, CancellationToken.None);

        Assert.False(File.Exists(_file.Path));
        Assert.Equal("same", File.ReadAllText(_kept.Path));
    }

    [LinuxFact]
    public void Move_WhileTheKeptFileIsComparedAgain_CanBeCanceled()
    {
        _folder.Write("kept/photo", "same");

        Assert.ThrowsAny<OperationCanceledException>(() => CreateMove(_files).Move(_file, new CancellationToken(canceled: true)));

        Assert.True(File.Exists(_file.Path));
    }

    [LinuxFact]
    public void Move_WhereTheFolderOfTheKeptFileHasBecomeALinkToTheOther_StaysAway()
    {
        Shell.Bash("mv kept away; ln -s other kept; rm -r away", _folder.Path);

        AssertKeptHasChanged(_file, CreateMove(_files));
    }

    [LinuxFact]
    public void Move_WhereTheKeptFileHasBecomeALinkToTheOther_StaysAway()
    {
        Shell.Bash("ln -sf ../other/photo kept/photo", _folder.Path);

        AssertKeptHasChanged(_file, CreateMove(_files));
    }

    [LinuxFact]
    public void Move_WhereTheKeptFileGoesInTheMiddle_PutsTheOtherBack()
    {
        DuplicateMove move = CreateMove(new HookedFiles(path =>
        {
            if (path.StartsWith(_data.Path, StringComparison.Ordinal))
            {
                File.Delete(_kept.Path);
            }
        }));

        AssertKeptHasChanged(_file, move);
        Assert.Equal("same", File.ReadAllText(_file.Path));
        Assert.Empty(Trash);
    }

    [LinuxFact]
    public void Move_WhereTheFileIsReplacedInTheMiddle_PutsTheNewOneBack()
    {
        DuplicateMove move = CreateMove(new HookedFiles(path =>
        {
            if (path == _kept.Path)
            {
                Shell.Bash("echo -n mine >new; mv new other/photo", _folder.Path);
            }
        }));

        TrashException error = Assert.Throws<TrashException>(() => move.Move(_file, CancellationToken.None));

        Assert.Equal($"'{_file.Path}' was not moved: it has changed since the scan. Scan again.", error.Message);
        Assert.Equal("mine", File.ReadAllText(_file.Path));
        Assert.Empty(Trash);
    }

    private void AssertKeptHasChanged(DuplicateFile file, DuplicateMove move)
    {
        TrashException error = Assert.Throws<TrashException>(() => move.Move(file, CancellationToken.None));

        Assert.Equal($"'{file.Path}' was not moved: '{_kept.Path}' has changed since the scan. Scan again.", error.Message);
        Assert.True(File.Exists(file.Path));
    }

    private DuplicateMove CreateMove(IFileAccess files) => new(CreateCan(), files, _kept);

    private TrashCan CreateCan() => new(_data["Trash"], TimeProvider.System);

    private DuplicateFile AsScanned(string path) => new(path, _files.Look(path));
}
