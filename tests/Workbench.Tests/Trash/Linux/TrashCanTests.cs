using Microsoft.Extensions.Time.Testing;

namespace Workbench;

/// <summary>What lies in the trash is read by another program, trash-cli, as the desktops would.</summary>
public sealed class TrashCanTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TempFolder _data = new();
    private readonly TempFolder _memory = TempFolder.On("/dev/shm");
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 12, 30, 5, TimeSpan.Zero));
    private readonly TrashCan _can;

    public TrashCanTests() => _can = new TrashCan(_data["Trash"], _clock);

    public void Dispose()
    {
        _folder.Dispose();
        _data.Dispose();
        _memory.Dispose();
    }

    [LinuxFact]
    public void Move_AFile_PutsItWhereTheDesktopsFindIt()
    {
        string path = _folder.Write("東京 50%\nß.txt", "content");

        TrashedFile trashed = _can.Move(path);

        Assert.False(File.Exists(path));
        Assert.Equal("content", File.ReadAllText(_data["Trash/files/東京 50%\nß.txt"]));
        Assert.Equal(
            $"[Trash Info]\nPath={_folder.Path}/%E6%9D%B1%E4%BA%AC%2050%25%0A%C3%9F.txt\nDeletionDate=2026-03-01T12:30:05\n",
            File.ReadAllText(trashed.Info));
        Assert.Contains($"2026-03-01 12:30:05 {path}\n", ListTrash());
    }

    [LinuxFact]
    public void Move_FilesOfOneName_KeepsThemAll()
    {
        string[] paths = [_folder.Write("a/photo.jpg", "1"), _folder.Write("b/photo.jpg", "2"), _folder.Write("c/photo.jpg", "3")];

        TrashedFile[] trashed = [.. paths.Select(path => _can.Move(path))];

        Assert.Equal(["photo.2.jpg", "photo.3.jpg", "photo.jpg"], Directory.EnumerateFiles(_data["Trash/files"]).Select(Path.GetFileName).Order());
        Assert.Equal(["1", "2", "3"], trashed.Select(file => File.ReadAllText(file.InTrash)));
        Assert.All(paths, path => Assert.Contains($" {path}\n", ListTrash()));
    }

    [LinuxFact]
    public void Move_WhereAFileLiesInTheTrashWithoutItsInfo_LeavesThatAlone()
    {
        string path = _folder.Write("photo.jpg", "new");
        _data.Write("Trash/files/photo.jpg", "old");

        TrashedFile trashed = _can.Move(path);

        Assert.Equal("old", File.ReadAllText(_data["Trash/files/photo.jpg"]));
        Assert.Equal("new", File.ReadAllText(trashed.InTrash));
        Assert.Equal([trashed.Info], Directory.EnumerateFiles(_data["Trash/info"]));
    }

    [LinuxFact]
    public void Move_OfALongName_ShortensIt()
    {
        string path = _folder.Write(new string('長', 83) + ".jpeg", "x");

        TrashedFile trashed = _can.Move(path);

        Assert.EndsWith("長.jpeg", trashed.InTrash);
        Assert.Contains(path, ListTrash());
    }

    [LinuxFact]
    public void Move_FromAnotherFileSystem_GoesToTheTrashThere()
    {
        string path = _memory.Write("photo.jpg", "x");

        TrashedFile trashed = _can.Move(path);

        Assert.Equal($"/dev/shm/.Trash-{UserId}/files", Path.GetDirectoryName(trashed.InTrash));
        Assert.Contains($"\nPath={Path.GetRelativePath("/dev/shm", path)}\n", File.ReadAllText(trashed.Info));
        Assert.Contains($" {path}\n", ListTrash());
        TrashCan.Restore(trashed);
        Assert.True(File.Exists(path));
    }

    [LinuxFact]
    public void Move_ThroughALinkToAFolder_TellsTheRealPlace()
    {
        string path = _folder.Write("real/photo.jpg", "x");
        Shell.Bash("ln -s real link", _folder.Path);

        TrashedFile trashed = _can.Move(_folder["link/photo.jpg"]);

        Assert.Contains($"\nPath={path}\n", File.ReadAllText(trashed.Info));
        Assert.Equal(_folder["link/photo.jpg"], trashed.Path);
    }

    [LinuxFact]
    public void Move_WhereTheTrashIsNoFolder_SaysSoAndLeavesTheFile()
    {
        string path = _folder.Write("photo.jpg", "x");
        _data.Write("Trash/files", "a file");

        TrashException error = Assert.Throws<TrashException>(() => _can.Move(path));

        Assert.StartsWith($"'{path}' was not moved to the trash: ", error.Message);
        Assert.Equal("x", File.ReadAllText(path));
    }

    [LinuxFact]
    public void Move_OfAFileThatIsGone_LeavesNothingBehind()
    {
        TrashException error = Assert.Throws<TrashException>(() => _can.Move(_folder["gone.jpg"]));

        Assert.Contains("No such file or directory", error.Message);
        Assert.Empty(Directory.EnumerateFiles(_data["Trash/info"]));
    }

    [LinuxFact]
    public void Move_OfACanceledTask_LeavesTheFile()
    {
        string path = _folder.Write("photo.jpg", "x");

        Assert.ThrowsAny<OperationCanceledException>(() => _can.Move(path, new CancellationToken(canceled: true)));

        Assert.True(File.Exists(path));
        Assert.Empty(Directory.EnumerateFiles(_data["Trash/info"]));
    }

    [LinuxFact]
    public void Restore_AFile_PutsItBackAsItWas()
    {
        string path = _folder.Write("below/photo.jpg", "x");
        TrashedFile trashed = _can.Move(path);
        Directory.Delete(_folder["below"]);

        TrashCan.Restore(trashed);

        Assert.Equal("x", File.ReadAllText(path));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_data.Path, "photo*", SearchOption.AllDirectories));
    }

    [LinuxFact]
    public void Restore_WhereAnotherFileIsNow_LeavesBoth()
    {
        string path = _folder.Write("photo.jpg", "old");
        TrashedFile trashed = _can.Move(path);
        _folder.Write("photo.jpg", "new");

        TrashException error = Assert.Throws<TrashException>(() => TrashCan.Restore(trashed));

        Assert.Equal($"'{path}' is there again, so what was moved stays in the trash, as '{trashed.InTrash}'.", error.Message);
        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal("old", File.ReadAllText(trashed.InTrash));
    }

    [LinuxFact]
    public async Task Scan_OfAFolderWithTrash_LeavesItOut()
    {
        _folder.Write("photo.jpg", "x");
        _folder.Write(".Trash-1000/files/photo.jpg", "x");
        _folder.Write(".Trash-me/photo.jpg", "x");

        ScanResult result = await new DuplicateScan(_folder.Path).RunAsync();

        ScanAssert.Groups(result, [_folder[".Trash-me/photo.jpg"], _folder["photo.jpg"]]);
        ScanAssert.Skips(result, _folder[".Trash-1000"], SkipReason.Trash);
    }

    private static string UserId => Shell.Run("id", "-u").TrimEnd();

    private string ListTrash() => Shell.Run("env", $"XDG_DATA_HOME={_data.Path}", "PYTHONUTF8=1", "trash-list");
}
