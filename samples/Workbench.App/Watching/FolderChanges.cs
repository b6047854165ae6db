using System.Threading.Channels;

namespace Workbench;

/// <summary>What changes below a folder, told by the system from the moment this is created.</summary>
/// <remarks><b>Threads</b>: any; one at a time reads. <b>Errors</b>: an <see cref="IOException"/> where the system can't watch so many folders.</remarks>
internal sealed class FolderChanges : IDisposable
{
    // More than this in one burst, and everything is looked at.
    private const int MostPaths = 50_000;

    private readonly string _folder;
    private readonly FileSystemWatcher _watcher;

    // Null stands for "everything".
    private readonly Channel<string?> _paths = Channel.CreateUnbounded<string?>();

    public FolderChanges(string folder)
    {
        _folder = folder;
        _watcher = new FileSystemWatcher(folder)
        {
            IncludeSubdirectories = true,
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size | NotifyFilters.Attributes,
        };
        _watcher.Created += OnChanged;
        _watcher.Deleted += OnChanged;
        _watcher.Changed += OnChanged;
        _watcher.Renamed += OnRenamed;
        _watcher.Error += OnError;
        _watcher.EnableRaisingEvents = true;
    }

    /// <summary>Completes when something has changed that was not taken yet.</summary>
    /// <exception cref="IOException">The system can't watch the folder any more.</exception>
    public Task WaitAsync(CancellationToken cancellationToken) => _paths.Reader.WaitToReadAsync(cancellationToken).AsTask();

    /// <summary>Takes what has changed until now.</summary>
    public ChangedPaths Take()
    {
        var changed = new ChangedPaths();
        int count = 0;
        while (_paths.Reader.TryRead(out string? path))
        {
            if (path is null || ++count > MostPaths)
            {
                changed.IsEverything = true;
            }
            else
            {
                changed.Add(path);
            }
        }

        return changed;
    }

    public void Dispose() => _watcher.Dispose();

    // By its name below the folder: where the folder is reached through a link, the rest of the path would be another.
    private void OnChanged(object sender, FileSystemEventArgs change) => Add(change.Name);

    private void OnRenamed(object sender, RenamedEventArgs change)
    {
        Add(change.OldName);
        Add(change.Name);
    }

    private void OnError(object sender, ErrorEventArgs error)
    {
        if (error.GetException() is InternalBufferOverflowException)
        {
            _paths.Writer.TryWrite(null);
        }
        else
        {
            _paths.Writer.TryComplete(error.GetException());
        }
    }

    private void Add(string? name) => _paths.Writer.TryWrite(name is null ? null : Path.Join(_folder, name));
}
