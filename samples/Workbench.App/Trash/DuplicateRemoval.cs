using Fibula;

namespace Workbench;

/// <summary>Moves duplicates to the trash, and back: tasks that ask before a window or the app closes over them. Belongs to the UI thread.</summary>
public sealed class DuplicateRemoval
{
    private readonly TrashCan _can;
    private readonly IFileAccess _files;
    private readonly Action<string> _tell;
    private readonly MovePlans _plans = new();
    private readonly Stack<IReadOnlyList<TrashedFile>> _moved = new();

    /// <summary>Creates it, with nothing to undo.</summary>
    /// <param name="can">Where duplicates go.</param>
    /// <param name="tell">Gets a sentence for people when one of the tasks has ended well, or was canceled half-way.</param>
    public DuplicateRemoval(TrashCan can, Action<string> tell)
        : this(can, tell, IFileAccess.OfThisSystem)
    {
    }

    internal DuplicateRemoval(TrashCan can, Action<string> tell, IFileAccess files)
    {
        _can = can;
        _files = files;
        _tell = tell;
    }

    /// <summary>Moves all but the kept files to the trash, those that are still as the scan has found them.</summary>
    /// <param name="folder">The folder they were found in: its tab owns the task.</param>
    /// <param name="choices">What stays of each group.</param>
    /// <returns>The task. It fails with a sentence if a file could not be moved; those before and after it are moved nevertheless.</returns>
    // docs: trash
    public BackgroundTask Move(FolderScan folder, IReadOnlyList<DuplicateChoice> choices) => folder.Tasks.Run(
        task => MoveAsync(task, folder, choices),
        new TaskOptions { Name = $"Move {Counted.Format(choices.Sum(choice => choice.Count), "file")} to the trash", OnClose = ClosePolicy.Ask });
    // docs: end

    /// <summary>Moves back what was moved last.</summary>
    /// <param name="scope">The owner of the task.</param>
    /// <returns>The task; null where there is nothing to undo. It fails with a sentence if a file could not be moved back.</returns>
    public BackgroundTask? Undo(TaskScope scope) => _moved.TryPop(out IReadOnlyList<TrashedFile>? files)
        ? scope.Run(
            task => RestoreAsync(task, files),
            new TaskOptions { Name = $"Move {Counted.Format(files.Count, "file")} back from the trash", OnClose = ClosePolicy.Ask })
        : null;

    private async Task MoveAsync(TaskContext task, FolderScan folder, IReadOnlyList<DuplicateChoice> choices)
    {
        var moved = new List<TrashedFile>();
        List<string> problems;
        try
        {
            await task.SwitchToThreadPoolAsync();
            problems = MoveAll(task, choices, moved);
        }
        finally
        {
            // Also when it was canceled half-way: what was moved can be moved back.
            await task.SwitchToUiAsync();
            if (moved.Count > 0)
            {
                _moved.Push(moved);
            }

            await folder.DropChangedAsync(task, ChangedPaths.Of(moved.Select(file => file.Path)));
            TellIfCanceled(task, moved.Count);
        }

        End($"Moved {Counted.Format(moved.Count, "file")} to the trash.", problems);
    }

    private List<string> MoveAll(TaskContext task, IReadOnlyList<DuplicateChoice> choices, List<TrashedFile> moved)
    {
        using MovePlan plan = _plans.Begin(choices);
        List<string> problems = plan.Refused;
        long total = choices.Sum(choice => (long)choice.Count);
        long done = problems.Count;
        foreach ((DuplicateFile kept, List<DuplicateFile> going) in plan.Moves)
        {
            var move = new DuplicateMove(_can, _files, kept);
            foreach (DuplicateFile file in going)
            {
                task.ThrowIfCancellationRequested();
                if (!Try(problems, () => moved.Add(move.Move(file, task.CancellationToken))))
                {
                    return problems;
                }

                task.Report(++done, total, "Moving files");
            }
        }

        return problems;
    }

    private async Task RestoreAsync(TaskContext task, IReadOnlyList<TrashedFile> files)
    {
        var left = new Queue<TrashedFile>(files.Reverse());
        var problems = new List<string>();
        try
        {
            await task.SwitchToThreadPoolAsync();
            while (left.TryPeek(out TrashedFile? file))
            {
                task.ThrowIfCancellationRequested();
                Try(problems, () => TrashCan.Restore(file));
                left.Dequeue();
                task.Report(files.Count - left.Count, files.Count, "Moving files back");
            }
        }
        finally
        {
            await task.SwitchToUiAsync();
            if (left.Count > 0)
            {
                _moved.Push([.. left.Reverse()]);
            }

            TellIfCanceled(task, files.Count - left.Count);
        }

        End($"Moved {Counted.Format(files.Count - problems.Count, "file")} back.", problems);
    }

    private void TellIfCanceled(TaskContext task, int count)
    {
        if (task.CancelReason is not null)
        {
            _tell($"Canceled. {Counted.Format(count, "file was", "files were")} moved before.");
        }
    }

    // False where the next step would fail in the same way.
    private static bool Try(List<string> problems, Action step)
    {
        try
        {
            step();
            return true;
        }
        catch (TrashException error)
        {
            problems.Add(error.Message);
            return !error.ConcernsAll;
        }
    }

    private void End(string success, List<string> problems)
    {
        if (problems.Count > 0)
        {
            string more = problems.Count == 1 ? "" : $" And {problems.Count - 1} more like this.";
            throw new TrashException($"{success} {problems[0]}{more}");
        }

        _tell(success);
    }
}
