using System.Collections.Concurrent;
using System.IO.Hashing;
using System.Threading.Channels;

namespace Workbench;

/// <summary>Tells most files of equal size apart by reading one block of each.</summary>
internal sealed class FirstBlocks(ScanRun run)
{
    /// <summary>A file not larger than this is known completely by the hash of its first block.</summary>
    public const int Size = 16 * 1024;

    private readonly ConcurrentQueue<FoundFile> _hashed = new();

    public async Task<List<CandidateGroup>> GroupAsync(IEnumerable<CandidateGroup> sameSize)
    {
        List<FoundFile> files = [.. sameSize.SelectMany(group => group.Files)];
        run.Counters.Begin(ScanPhase.FirstBlocks, files.Count, files.Sum(SizeOfFirstBlock));

        var queue = new JobQueue<FoundFile>(Channel.CreateUnbounded<FoundFile>(), HashOrSkipAsync);
        files.ForEach(queue.Add);
        await queue.DrainAsync(run.Options.Parallelism);
        return [.. CandidateGroup.OfSameSizeAndHash(_hashed)];
    }

    private static long SizeOfFirstBlock(FoundFile file) => Math.Min(file.Facts.Size, Size);

    private Task HashOrSkipAsync(FoundFile file)
    {
        if (!run.IsCanceled)
        {
            HashOrSkip(file);
            run.Counters.AddDone(1, SizeOfFirstBlock(file));
        }

        return Task.CompletedTask;
    }

    private void HashOrSkip(FoundFile file)
    {
        try
        {
            Hash(file);
            _hashed.Enqueue(file);
        }
        catch (SkipException cause)
        {
            run.Skipped.Add(file.Path, cause);
        }
    }

    private void Hash(FoundFile file)
    {
        using var opened = new OpenedFile(run.Files, file);
        Span<byte> block = stackalloc byte[Size];
        file.Hash = XxHash128.HashToUInt128(block[..opened.Read(block, 0)]);
    }
}
