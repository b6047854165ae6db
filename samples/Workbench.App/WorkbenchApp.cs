using System.Collections.ObjectModel;
using Fibula;

namespace Workbench;

/// <summary>The Workbench without a face: some folders, each with a scope of its own. Any screen can show it, on any loop.</summary>
public sealed class WorkbenchApp : UiApp
{
    private readonly CommandLine _line;
    private readonly ObservableCollection<FolderScan> _folders = [];
    private int _opened;

    /// <summary>Creates the app with the folders of the command line. They are scanned once it runs.</summary>
    public WorkbenchApp(CommandLine line)
        : base("Workbench")
    {
        _line = line;
        Folders = new ReadOnlyObservableCollection<FolderScan>(_folders);
        foreach (string folder in line.Folders)
        {
            Open(folder);
        }
    }

    /// <summary>The open folders, in the order they were opened.</summary>
    public ReadOnlyObservableCollection<FolderScan> Folders { get; }

    /// <summary>Whether the scan of an open folder runs.</summary>
    public bool IsScanning => _folders.Any(folder => folder.IsRunning);

    /// <summary>Whether an open folder could not be scanned at all.</summary>
    public bool HasProblem => _folders.Any(folder => folder.Result?.Problem is not null);

    /// <summary>Opens a folder. It is not scanned before it is told to.</summary>
    public FolderScan Open(string folder)
    {
        var scan = new FolderScan(Tasks.CreateChild($"tab {++_opened}"), folder, new ScanOptions { MinSize = _line.MinSize });
        _folders.Add(scan);
        return scan;
    }

    /// <summary>Closes a folder: its scan ends, and nothing else does.</summary>
    public Task<CloseReport> CloseAsync(FolderScan folder)
    {
        _folders.Remove(folder);
        return folder.CloseAsync();
    }

    /// <inheritdoc/>
    protected override void Startup()
    {
        foreach (FolderScan folder in _folders)
        {
            folder.Start();
        }
    }
}
