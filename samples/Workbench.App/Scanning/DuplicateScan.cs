namespace Workbench;

/// <summary>Finds the files with equal content below one folder.</summary>
/// <remarks>
/// <b>Threads</b>: may be called from any thread, also several times; the work is done on the thread pool, in short pieces.
/// Progress is reported from the threads that do the work.
/// <b>Cancellation</b>: is looked at between two blocks of a file; the result then holds what was confirmed so far.
/// <b>Errors</b>: whatever can't be read is listed in the result. A folder that can't be scanned at all gives a result with
/// <see cref="ScanResult.Problem"/>. Nothing is thrown.
/// </remarks>
public sealed class DuplicateScan
{
    private readonly string _root;
    private readonly ScanOptions _options;
    private readonly IFileAccess _files;

    /// <summary>Prepares the scan of a folder.</summary>
    public DuplicateScan(string root, ScanOptions? options = null)
        : this(root, options ?? new ScanOptions(), IFileAccess.OfThisSystem)
    {
    }

    internal DuplicateScan(string root, ScanOptions options, IFileAccess files)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Parallelism, 1);
        _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        _options = options;
        _files = files;
    }

    /// <summary>Scans the folder.</summary>
    public Task<ScanResult> RunAsync(IProgress<ScanSnapshot>? progress = null, CancellationToken cancellationToken = default)
    {
        var run = new ScanRun(_options, _files, progress, cancellationToken);

        // A token canceled before the start gives an empty partial result, not an exception: hence none for Task.Run.
        return Task.Run(() => ScanAsync(run), CancellationToken.None);
    }

    private async Task<ScanResult> ScanAsync(ScanRun run)
    {
        var walk = new FolderWalk(run);
        if (await walk.FindFilesAsync(_root) is { } problem)
        {
            return new ScanResult { Root = _root, Problem = problem };
        }

        List<FoundFile> files = HardLinks.Fold(walk.Files);
        List<CandidateGroup> candidates = await new FirstBlocks(run).GroupAsync(CandidateGroup.OfSameSize(files));
        IEnumerable<DuplicateGroup> groups = await new ContentComparison(run).ConfirmAsync(candidates);
        run.Counters.Begin(ScanPhase.Done, 0, 0);
        return new ScanResult
        {
            Root = _root,
            Folders = walk.Folders,
            Files = files.Count,
            Bytes = files.Sum(file => file.Facts.Size),
            HardLinks = walk.Files.Count - files.Count,
            SymbolicLinks = walk.SymbolicLinks,
            Groups = [.. groups.OrderBy(group => group.Paths[0], StringComparer.Ordinal)],
            Skipped = run.Skipped.InOrder(),
            Canceled = run.IsCanceled,
        };
    }
}
