using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Workbench;

/// <summary>
/// Finds out which candidates really have equal content: hashes the larger ones, then compares byte by byte.
/// Each group goes through both on its own, so that a canceled scan still has confirmed groups.
/// </summary>
internal sealed class ContentComparison
{
    private readonly ScanRun _run;
    private readonly JobQueue<ContentJob> _jobs;
    private readonly ConcurrentQueue<DuplicateGroup> _confirmed = new();

    public ContentComparison(ScanRun run)
    {
        _run = run;
        _jobs = new JobQueue<ContentJob>(Channel.CreateUnboundedPrioritized<ContentJob>(), RunUnlessCanceledAsync);
    }

    public async Task<IEnumerable<DuplicateGroup>> ConfirmAsync(IReadOnlyList<CandidateGroup> candidates)
    {
        _run.Counters.Begin(
            ScanPhase.Contents, candidates.Sum(group => group.Files.Count), candidates.Sum(group => group.Files.Sum(BytesToRead)));
        foreach (CandidateGroup group in candidates)
        {
            AddJobs(group);
        }

        await _jobs.DrainAsync(_run.Options.Parallelism);
        return _confirmed;
    }

    // A file is read once to be hashed, unless its first block was all of it, and once to be compared.
    private static long BytesToRead(FoundFile file) => IsHashed(file.Facts.Size) ? file.Facts.Size : file.Facts.Size * 2;

    private static bool IsHashed(long size) => size <= FirstBlocks.Size;

    private Task RunUnlessCanceledAsync(ContentJob job) => _run.IsCanceled ? Task.CompletedTask : job.RunAsync();

    private void AddJobs(CandidateGroup group)
    {
        if (IsHashed(group.Size))
        {
            AddComparison(group);
            return;
        }

        var hashing = new HashingGroup(group);
        foreach (FoundFile file in group.Files)
        {
            _jobs.Add(new ContentJob(group.PossibleWaste, false, () => HashAsync(hashing, file)));
        }
    }

    private async Task HashAsync(HashingGroup group, FoundFile file)
    {
        FoundFile? hashed = await HashOrSkipAsync(file) ? file : null;
        if (!_run.IsCanceled && group.Finish(hashed) is { } allHashed)
        {
            CompareEqualHashes(allHashed);
        }
    }

    private async Task<bool> HashOrSkipAsync(FoundFile file)
    {
        try
        {
            if (await ContentHash.ComputeAsync(_run, file) is not { } hash)
            {
                return false;
            }

            file.Hash = hash;
            return true;
        }
        catch (SkipException cause)
        {
            _run.Skipped.Add(file.Path, cause);
            _run.Counters.AddDone(1, file.Facts.Size);
            return false;
        }
    }

    private void CompareEqualHashes(IReadOnlyList<FoundFile> files)
    {
        List<CandidateGroup> groups = [.. CandidateGroup.OfSameSizeAndHash(files)];
        List<FoundFile> unique = [.. files.Except(groups.SelectMany(group => group.Files))];
        _run.Counters.AddDone(unique.Count, unique.Sum(file => file.Facts.Size));
        groups.ForEach(AddComparison);
    }

    private void AddComparison(CandidateGroup group)
    {
        var comparison = new Comparison(group);
        foreach (FoundFile[] batch in comparison.Batches)
        {
            _jobs.Add(new ContentJob(group.PossibleWaste, true, () => CompareAsync(group, comparison, batch)));
        }
    }

    private async Task CompareAsync(CandidateGroup group, Comparison comparison, FoundFile[] batch)
    {
        var outcome = new BatchComparison(_run, comparison.Reference, batch);
        await outcome.RunAsync();
        if (!_run.IsCanceled && comparison.Finish(outcome))
        {
            Settle(comparison, group);
        }
    }

    private void Settle(Comparison comparison, CandidateGroup group)
    {
        if (comparison.ReferenceLost is { } cause)
        {
            _run.Skipped.Add(comparison.Reference.Path, cause);
        }

        if (comparison.FindEqualFiles() is { } confirmed)
        {
            _confirmed.Enqueue(confirmed);
            _run.Counters.AddGroup(confirmed);
        }

        // Equal hashes and different content, or the file that all were compared with is gone: once more without it.
        IReadOnlyList<CandidateGroup> rest = comparison.FindRest();
        _run.Counters.AddDone(group.Files.Count - rest.Sum(again => again.Files.Count), group.Size);
        rest.ToList().ForEach(AddComparison);
    }
}
