namespace Workbench;

/// <summary>The files of a candidate group, all of them compared with the first one, some at a time.</summary>
internal sealed class Comparison(CandidateGroup candidates)
{
    // Together with the reference these are open at the same time, on each thread of the scan.
    private const int FilesPerBatch = 16;

    // Guards the rest.
    private readonly Lock _gate = new();
    private readonly List<FoundFile> _equal = [];
    private readonly List<FoundFile> _different = [];
    private int _unfinished = (candidates.Files.Count - 2 + FilesPerBatch) / FilesPerBatch;

    public FoundFile Reference => candidates.Files[0];

    public IEnumerable<FoundFile[]> Batches => candidates.Files.Skip(1).Chunk(FilesPerBatch);

    /// <summary>Why the reference could not be read to the end, if so: then nothing is known of the others.</summary>
    public SkipException? ReferenceLost { get; private set; }

    /// <summary>Takes the outcome of one batch; true if it was the last.</summary>
    public bool Finish(BatchComparison batch)
    {
        lock (_gate)
        {
            _equal.AddRange(batch.Equal);
            _different.AddRange(batch.Different);
            ReferenceLost ??= batch.ReferenceLost;
            return --_unfinished == 0;
        }
    }

    /// <summary>Asked after the last batch.</summary>
    public DuplicateGroup? FindEqualFiles() => ReferenceLost is null && _equal.Count > 0
        ? new DuplicateGroup(candidates.Size, _equal.Prepend(Reference).Select(file => new DuplicateFile(file.Path, file.Facts)))
        : null;

    /// <summary>Asked after the last batch: the files that may still be equal to each other.</summary>
    public IReadOnlyList<CandidateGroup> FindRest() =>
        [.. CandidateGroup.OfSameSizeAndHash(ReferenceLost is null ? _different : _different.Concat(_equal))];
}
