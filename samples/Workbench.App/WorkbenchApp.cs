using System.Collections.ObjectModel;
using Fibula;

namespace Workbench;

/// <summary>The Workbench without a face: some folders, each with a scope of its own. Any screen can show it, on any loop.</summary>
public sealed class WorkbenchApp : UiApp
{
    private readonly CommandLine _line;
    private readonly ObservableCollection<FolderScan> _folders = [];

    /// <summary>Creates the app with the folders of the command line. They are scanned once it runs.</summary>
    public WorkbenchApp(CommandLine line)
        : this(line, new TrashCan(), IFileAccess.OfThisSystem)
    {
    }

    internal WorkbenchApp(CommandLine line, TrashCan can, IFileAccess files)
        : base("Workbench")
    {
        _line = line;
        Folders = new ReadOnlyObservableCollection<FolderScan>(_folders);
        Removal = new DuplicateRemoval(can, Tell, files);
        Tasks.Faulted += OnFaulted;
        foreach (string folder in line.Folders)
        {
            Open(folder);
        }
    }

    /// <summary>Raised with a sentence for people: what has ended well behind their back, or has not.</summary>
    public event Action<string>? Told;

    /// <summary>The open folders, in the order they were opened.</summary>
    public ReadOnlyObservableCollection<FolderScan> Folders { get; }

    /// <summary>What was moved to the trash, from whatever folder.</summary>
    public DuplicateRemoval Removal { get; }

    /// <summary>Whether the scan of an open folder runs.</summary>
    public bool IsScanning => _folders.Any(folder => folder.IsRunning);

    /// <summary>Whether an open folder could not be scanned at all.</summary>
    public bool HasProblem => _folders.Any(folder => folder.Result?.Problem is not null);

    /// <summary>Opens a folder. It is not scanned before it is told to.</summary>
    public FolderScan Open(string folder)
    {
        var scan = new FolderScan(Tasks.CreateChild(VisibleText.Of(folder)), folder, new ScanOptions { MinSize = _line.MinSize });
        _folders.Add(scan);
        return scan;
    }

    /// <summary>Closes a folder: its work ends, and nothing else does. Files that are being moved may go on without it, if the user wants.</summary>
    /// <returns>How it went; null where the answer was to stay.</returns>
    // docs: close
    public async Task<CloseReport?> CloseAsync(FolderScan folder)
    {
        CloseReport? report = await folder.CloseAsync();
        if (report is not null)
        {
            _folders.Remove(folder);
        }

        return report;
    }
    // docs: end

    /// <summary>Writes the report of a folder to a file; see <see cref="ReportFile.Write"/>.</summary>
    public void Export(FolderScan folder, string path) => ReportFile.Write(folder, path).StateChanged += (_, state) =>
    {
        if (state == BackgroundTaskState.Succeeded)
        {
            Tell($"Wrote '{path}'.");
        }
    };

    /// <summary>Shows a sentence.</summary>
    public void Tell(string sentence) => Told?.Invoke(sentence);

    /// <inheritdoc/>
    protected override void Startup()
    {
        foreach (FolderScan folder in _folders)
        {
            folder.Start();
        }
    }

    // What a scan can't do is in its result; here is all the rest, whichever folder it came from.
    private void OnFaulted(TaskFault fault)
    {
        fault.Handled = true;
        Tell(fault.Exception is TrashException known ? known.Message : fault.Message);
    }
}
