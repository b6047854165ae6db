namespace Workbench;

/// <summary>Progress on standard error: one line that is written over again on a terminal, now and then a line elsewhere.</summary>
internal sealed class ProgressLine
{
    private const int UsualWidth = 80;
    private const string ToStartOfLine = "\r";
    private const string ClearToEndOfLine = "\e[K";

    private readonly WorkbenchApp _app;
    private readonly TimeProvider _clock;
    private readonly bool _isTerminal = !Console.IsErrorRedirected;
    private readonly Dictionary<FolderScan, ScanPhase> _shown = [];
    private long? _shownAt;

    private TimeSpan Interval => _isTerminal ? TimeSpan.FromMilliseconds(100) : TimeSpan.FromSeconds(5);

    /// <summary>Follows all folders of the app.</summary>
    public ProgressLine(WorkbenchApp app, TimeProvider clock)
    {
        _app = app;
        _clock = clock;
        foreach (FolderScan folder in app.Folders)
        {
            folder.PropertyChanged += (_, change) => Show(folder, change.PropertyName);
        }
    }

    /// <summary>Takes the line away from a terminal.</summary>
    public void Clear()
    {
        if (_isTerminal)
        {
            StandardError.Write(ToStartOfLine + ClearToEndOfLine);
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
        string progress = ProgressText.Format(folder.Progress);
        StandardError.Write(_isTerminal
            ? $"{ToStartOfLine}{Fit(CountFolders() + progress)}{ClearToEndOfLine}"
            : $"{VisibleText.Of(folder.Folder)}: {progress}{Environment.NewLine}");
    }

    private string CountFolders() => _app.Folders.Count == 1
        ? ""
        : $"{_app.Folders.Count(folder => !folder.IsRunning)} of {_app.Folders.Count} folders done. ";

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

    // A line that wraps could not be written over.
    private static string Fit(string text)
    {
        int width = Console.WindowWidth > 0 ? Console.WindowWidth : UsualWidth;
        return text.Length < width ? text : text[..(width - 1)];
    }
}
