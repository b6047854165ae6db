using System.IO.Enumeration;

namespace Workbench;

/// <summary>Reads one folder and sorts what is in it into files, subfolders, links and what has to be skipped.</summary>
internal sealed class FolderReader
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    private readonly ScanRun _run;
    private readonly Folder _folder;
    private readonly IEnumerable<string> _names;
    private readonly HashSet<string> _lossyNames = [];

    /// <summary>Opens the folder, or throws <see cref="SkipException"/>.</summary>
    public FolderReader(ScanRun run, Folder folder)
    {
        _run = run;
        _folder = folder;
        try
        {
            _names = new FileSystemEnumerable<string>(folder.Path, (ref entry) => entry.FileName.ToString(), Everything);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Skips.From(error);
        }
    }

    public List<FoundFile> Files { get; } = [];

    public List<Folder> Subfolders { get; } = [];

    public int SymbolicLinks { get; private set; }

    public void Read()
    {
        try
        {
            foreach (string name in _names)
            {
                if (_run.IsCanceled)
                {
                    return;
                }

                TakeOrSkip(name);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _run.Skipped.Add(_folder.Path, Skips.PartlyRead(error.Message));
        }
    }

    private void TakeOrSkip(string name)
    {
        try
        {
            // Two names that differ only in their broken bytes look the same; the second must not pass for the first.
            if (LossyName.IsPossible(name) && !_lossyNames.Add(name))
            {
                throw Skips.NameNotUtf8();
            }

            Take(name, _run.Files.Look(_folder.PathOf(name)));
        }
        catch (SkipException cause)
        {
            _run.Skipped.Add(_folder.PathOf(name), cause);
        }
    }

    private void Take(string name, FileFacts facts)
    {
        switch (facts.Kind)
        {
            case FileKind.Folder when TrashCan.IsTrash(_folder.PathOf(name)):
                throw Skips.Trash();
            case FileKind.Folder:
                Subfolders.Add(new Folder(_folder.PathOf(name), _folder, facts.Identity));
                break;
            case FileKind.Link:
                SymbolicLinks++;
                LinkCheck.ThrowIfBrokenOrLooping(_run.Files, _folder, name);
                break;
            case FileKind.NamedPipe:
                throw Skips.NamedPipe();
            case FileKind.Socket:
                throw Skips.Socket();
            case FileKind.Device:
                throw Skips.Device();
            case FileKind.File when facts.Size == 0:
                // Also what /proc is full of: files that claim no bytes, and whose reading may never end.
                throw Skips.Empty();
            case FileKind.File when facts.Size >= _run.Options.MinSize:
                Files.Add(new FoundFile(_folder, name, facts));
                break;
        }
    }
}
