namespace Workbench;

/// <summary>Progress on standard error, now and then a line.</summary>
internal sealed class ProgressLines
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _clock;
    private readonly Dictionary<FolderScan, ScanPhase> _shown = [];
    private long? _shownAt;

    private ProgressLines(TimeProvider clock) => _clock = clock;

    /// <summary>Follows all folders of the app.</summary>
    public static void Write(WorkbenchApp app, TimeProvider clock)
    {
        var lines = new ProgressLines(clock);
        foreach (FolderScan folder in app.Folders)
        {
            folder.PropertyChanged += (_, change) => lines.Show(folder, change.PropertyName);
        }
    }

    private void Show(FolderScan folder, string? changed)
    {
        if (changed != nameof(FolderScan.Progress) || !folder.IsRunning || !IsDue(folder))
        {
            return;
        }

        _shown[folder] = folder.Progress.Phase;
        _shownAt = _clock.GetTimestamp();
        StandardError.WriteLine($"{folder.Folder}: {ProgressText.Format(folder.Progress)}");
    }

    // A new phase always is, unless there is nothing to do in it.
    private bool IsDue(FolderScan folder)
    {
        if (folder.Progress is { Phase: not ScanPhase.Walking, FilesTotal: 0 })
        {
            return false;
        }

        return !_shown.TryGetValue(folder, out ScanPhase phase) || phase != folder.Progress.Phase
            || _shownAt is not { } last || _clock.GetElapsedTime(last) >= Interval;
    }
}
