using Fibula;
using Fibula.Testing;
using Microsoft.Win32.SafeHandles;

namespace Workbench;

/// <summary>The whole app without a face, on real files; a look at a file can be held up, and the work with it.</summary>
public sealed class DuplicateRemovalTests : IDisposable
{
    private readonly TempFolder _files = new();
    private readonly TempFolder _data = new();
    private readonly TestLoop _loop = new(TimeProvider.System);
    private readonly HeldFiles _access = new();
    private readonly List<string> _told = [];
    private readonly WorkbenchApp _app;

    public DuplicateRemovalTests()
    {
        foreach (string name in (ReadOnlySpan<string>)["a1", "a2", "a3"])
        {
            _files.Write(name, "aaaa");
        }

        _files.Write("b1", "b");
        _files.Write("b2", "b");
        _app = new WorkbenchApp(CommandLine.Parse([_files.Path]), new TrashCan(_data["Trash"], TimeProvider.System), _access);
        _app.Told += _told.Add;
    }

    private FolderScan Folder => _app.Folders[0];

    private IEnumerable<string?> Names => Directory.EnumerateFiles(_files.Path).Select(Path.GetFileName).Order();

    public void Dispose()
    {
        _access.Dispose();
        _files.Dispose();
        _data.Dispose();
    }

    [LinuxFact]
    public void Move_KeepsTheChosenOne_AndTheGroupIsNoneAnyMore()
    {
        RunApp(() =>
        {
            BackgroundTask task = _app.Removal.Move(Folder, [new DuplicateChoice(Folder.Groups[0], _files["a2"])]);
            _loop.RunUntilEnded(task);

            Assert.Equal(BackgroundTaskState.Succeeded, task.State);
            Assert.Equal("Move 2 files to the trash", task.Name);
        });

        Assert.Equal(["a2", "b1", "b2"], Names);
        Assert.Equal([_files["b1"], _files["b2"]], Assert.Single(Folder.Groups).Paths);
        Assert.Equal(["Moved 2 files to the trash."], _told);
    }

    [LinuxFact]
    public void Move_WhereTheKeptFileHasChanged_MovesNoneOfItsGroup()
    {
        RunApp(() =>
        {
            _files.Write("a1", "other");
            BackgroundTask task = _app.Removal.Move(Folder, DuplicateChoice.KeepFirst(Folder.Groups));
            _loop.RunUntilEnded(task);
            _loop.RunUntilIdle();

            Assert.Equal(BackgroundTaskState.Faulted, task.State);
        });

        Assert.Equal(["a1", "a2", "a3", "b1"], Names);
        Assert.Equal(
            [$"Moved 1 file to the trash. '{_files["a2"]}' was not moved: '{_files["a1"]}' has changed since the scan. Scan again. And 1 more like this."],
            _told);
    }

    [LinuxFact]
    public void Move_OfAFileThatHasChanged_MovesTheOthers()
    {
        RunApp(() =>
        {
            _files.Write("a2", "other");
            _loop.RunUntilEnded(_app.Removal.Move(Folder, DuplicateChoice.KeepFirst(Folder.Groups)));
            _loop.RunUntilIdle();
        });

        Assert.Equal(["a1", "a2", "b1"], Names);
        Assert.Equal("other", File.ReadAllText(_files["a2"]));
        Assert.Equal([$"Moved 2 files to the trash. '{_files["a2"]}' was not moved: it has changed since the scan. Scan again."], _told);
    }

    [LinuxFact]
    public void Move_OfWhatAnotherTaskKeeps_LeavesItAndWhatTheOtherMoves()
    {
        RunApp(() =>
        {
            DuplicateGroup group = Folder.Groups[0];
            _access.Hold(_files["a3"]);
            BackgroundTask first = _app.Removal.Move(Folder, [new DuplicateChoice(group, _files["a1"])]);
            _loop.RunUntil(() => _access.IsHeld);
            BackgroundTask second = _app.Removal.Move(Folder, [new DuplicateChoice(group, _files["a2"])]);
            _loop.RunUntilEnded(second);
            _loop.RunUntilIdle();

            Assert.Equal(BackgroundTaskState.Faulted, second.State);
            _access.Release();
            _loop.RunUntilEnded(first);
        });

        Assert.Equal(["a1", "b1", "b2"], Names);
        Assert.Equal(
            [
                $"Moved 0 files to the trash. '{_files["a1"]}' was not moved: '{_files["a2"]}', which was to stay, is being moved to the trash by another tab. And 1 more like this.",
                "Moved 2 files to the trash.",
            ],
            _told);
    }

    [LinuxFact]
    public void Move_OfAGroupWhoseKeptFileAnotherTaskKeepsToo_MovesOnlyTheOthers()
    {
        RunApp(() =>
        {
            DuplicateGroup group = Folder.Groups[0];
            _access.Hold(_files["a3"]);
            BackgroundTask first = _app.Removal.Move(Folder, [new DuplicateChoice(group.Where(file => file.Path != _files["a2"])!, _files["a1"])]);
            _loop.RunUntil(() => _access.IsHeld);
            BackgroundTask second = _app.Removal.Move(Folder, [new DuplicateChoice(group.Where(file => file.Path != _files["a3"])!, _files["a2"])]);
            _loop.RunUntilEnded(second);
            _loop.RunUntilIdle();
            _access.Release();
            _loop.RunUntilEnded(first);
        });

        Assert.Equal(["a1", "a2", "b1", "b2"], Names);
        Assert.Equal(
            [$"Moved 0 files to the trash. '{_files["a1"]}' was not moved: it is to stay, by another tab that moves the files equal to it.", "Moved 1 file to the trash."],
            _told);
    }

    [LinuxFact]
    public void Undo_MovesBackWhatWasMovedLast()
    {
        RunApp(() =>
        {
            IReadOnlyList<DuplicateGroup> groups = Folder.Groups;
            _loop.RunUntilEnded(_app.Removal.Move(Folder, [new DuplicateChoice(groups[0], groups[0].Paths[0])]));
            _loop.RunUntilEnded(_app.Removal.Move(Folder, [new DuplicateChoice(groups[1], groups[1].Paths[0])]));

            _loop.RunUntilEnded(_app.Removal.Undo(_app.Tasks)!);
            Assert.Equal(["a1", "b1", "b2"], Names);
            _loop.RunUntilEnded(_app.Removal.Undo(_app.Tasks)!);
            Assert.Null(_app.Removal.Undo(_app.Tasks));
        });

        Assert.Equal(["a1", "a2", "a3", "b1", "b2"], Names);
        Assert.Equal(["Moved 2 files to the trash.", "Moved 1 file to the trash.", "Moved 1 file back.", "Moved 2 files back."], _told);
    }

    [LinuxFact]
    public void Cancel_HalfWay_LeavesTheRest_AndCanBeUndone()
    {
        RunApp(() =>
        {
            _access.Hold(_files["a3"]);
            BackgroundTask task = _app.Removal.Move(Folder, DuplicateChoice.KeepFirst(Folder.Groups));
            _loop.RunUntil(() => _access.IsHeld);
            task.Cancel();
            _access.Release();
            _loop.RunUntilEnded(task);

            Assert.Equal(BackgroundTaskState.Canceled, task.State);
            Assert.Equal(["a1", "a3", "b1", "b2"], Names);
            _loop.RunUntilEnded(_app.Removal.Undo(_app.Tasks)!);
        });

        Assert.Equal(["a1", "a2", "a3", "b1", "b2"], Names);
        Assert.Equal(["Canceled. 1 file was moved before.", "Moved 1 file back."], _told);
    }

    [LinuxFact]
    public void CloseTab_WhileFilesAreMoved_AsksAndKeepsThemRunning()
    {
        CloseQuestion? asked = null;
        _loop.OnAsk = question =>
        {
            asked = question;
            return Task.FromResult(CloseAnswer.KeepRunning);
        };
        RunApp(() =>
        {
            _access.Hold(_files["a3"]);
            BackgroundTask task = _app.Removal.Move(Folder, DuplicateChoice.KeepFirst(Folder.Groups));
            _loop.RunUntil(() => _access.IsHeld);
            _loop.RunUntilEnded(_app.CloseAsync(Folder));

            Assert.Empty(_app.Folders);
            Assert.Equal([task], asked!.Tasks);
            Assert.Equal(BackgroundTaskState.Running, task.State);
            _access.Release();
            _loop.RunUntilEnded(task);
        });

        Assert.Equal(["a1", "b1"], Names);
        Assert.Equal(["Moved 3 files to the trash."], _told);
    }

    [LinuxFact]
    public void CloseTab_AnsweredWithStay_ChangesNothing()
    {
        _loop.OnAsk = _ => Task.FromResult(CloseAnswer.Stay);
        RunApp(() =>
        {
            _access.Hold(_files["a3"]);
            BackgroundTask task = _app.Removal.Move(Folder, DuplicateChoice.KeepFirst(Folder.Groups));
            _loop.RunUntil(() => _access.IsHeld);
            _loop.RunUntilEnded(_app.CloseAsync(Folder));

            Assert.Single(_app.Folders);
            Assert.Equal(BackgroundTaskState.Running, task.State);
            _access.Release();
            _loop.RunUntilEnded(task);
        });

        Assert.Equal(["a1", "b1"], Names);
    }

    [LinuxFact]
    public void Exit_WhileFilesAreMoved_AsksInTheSameWay_AndWaits()
    {
        CloseQuestion? asked = null;
        RunApp(() =>
        {
            _access.Hold(_files["a3"]);
            BackgroundTask task = _app.Removal.Move(Folder, DuplicateChoice.KeepFirst(Folder.Groups));
            _loop.RunUntil(() => _access.IsHeld);
            _loop.OnAsk = question =>
            {
                asked = question;
                _access.Release();
                return Task.FromResult(CloseAnswer.Wait);
            };
            _ = _app.RequestExitAsync(ExitCause.WindowClosed);
            _loop.RunUntilEnded(task);

            Assert.Equal((true, BackgroundTaskState.Succeeded), (asked!.IsExit, task.State));
        });

        Assert.Equal(["a1", "b1"], Names);
        Assert.Equal(["Moved 3 files to the trash."], _told);
    }

    [LinuxFact]
    public void CloseTab_WhileNothingIsMoved_AsksNobody()
    {
        _loop.OnAsk = _ => throw new InvalidOperationException("Nobody is to be asked.");
        RunApp(() =>
        {
            _loop.RunUntilEnded(_app.CloseAsync(Folder));

            Assert.Empty(_app.Folders);
        });
    }

    // The test goes on inside the app, once the folder is scanned.
    private void RunApp(Action act)
    {
        Exception? failure = null;
        Folder.Ended += () => _loop.Post(() =>
        {
            try
            {
                act();
            }
            catch (Exception error)
            {
                failure = error;
            }

            _access.Release();
            _app.Exit();
        });
        _app.Run(_loop);
        if (failure is not null)
        {
            throw new InvalidOperationException("The test has failed inside the app.", failure);
        }
    }

    /// <summary>The files of this system, but the look at one of them can be held up.</summary>
    private sealed class HeldFiles : IFileAccess, IDisposable
    {
        private readonly LinuxFiles _files = new();
        private readonly ManualResetEventSlim _released = new();
        private volatile string? _path;

        public bool IsHeld { get; private set; }

        public void Hold(string path) => _path = path;

        public void Release() => _released.Set();

        public FileFacts Look(string path)
        {
            if (path == _path)
            {
                IsHeld = true;
                _released.Wait();
            }

            return _files.Look(path);
        }

        public FileFacts LookThroughLinks(string path) => _files.LookThroughLinks(path);

        public FileFacts Look(SafeFileHandle file, string path) => _files.Look(file, path);

        public SafeFileHandle Open(string path) => _files.Open(path);

        public void Dispose()
        {
            Release();
            _released.Dispose();
        }
    }
}
