using System.Threading.Channels;

namespace Workbench;

/// <summary>Finds all files below a folder.</summary>
internal sealed class FolderWalk
{
    private readonly ScanRun _run;
    private readonly JobQueue<Folder> _folders;

    // Guards the three below, which grow by one folder's content at a time.
    private readonly Lock _gate = new();
    private readonly List<FoundFile> _files = [];
    private long _folderCount;
    private long _linkCount;

    public FolderWalk(ScanRun run)
    {
        _run = run;
        _folders = new JobQueue<Folder>(Channel.CreateUnbounded<Folder>(), ReadOrSkipAsync);
    }

    public List<FoundFile> Files => _files;

    public long Folders => _folderCount;

    public long SymbolicLinks => _linkCount;

    /// <summary>Walks, and answers null; or answers with a sentence that says why there is nothing to walk.</summary>
    public async Task<string?> FindFilesAsync(string root)
    {
        try
        {
            // The root may be a symbolic link: the user named it.
            FileFacts facts = _run.Files.LookThroughLinks(root);
            if (facts.Kind != FileKind.Folder)
            {
                return $"'{root}' is not a folder. Name the folder it lies in.";
            }

            Read(new Folder(root, null, facts.Identity));
        }
        catch (SkipException error) when (error.Reason is SkipReason.Vanished or SkipReason.NameNotUtf8)
        {
            return $"There is no folder '{root}'. Check how its name is spelled.";
        }
        catch (SkipException error)
        {
            return $"'{root}' could not be scanned. {error.Message}";
        }

        await _folders.DrainAsync(_run.Options.Parallelism);
        return null;
    }

    private Task ReadOrSkipAsync(Folder folder)
    {
        try
        {
            if (!_run.IsCanceled)
            {
                Read(folder);
            }
        }
        catch (SkipException error)
        {
            _run.Skipped.Add(folder.Path, error);
        }

        return Task.CompletedTask;
    }

    private void Read(Folder folder)
    {
        var reader = new FolderReader(_run, folder);
        reader.Read();
        lock (_gate)
        {
            _files.AddRange(reader.Files);
            _folderCount++;
            _linkCount += reader.SymbolicLinks;
        }

        reader.Subfolders.ForEach(_folders.Add);
        _run.Counters.AddFolder(reader.Files.Count, reader.Files.Sum(file => file.Facts.Size));
    }
}
