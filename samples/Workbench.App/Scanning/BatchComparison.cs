using System.Buffers;

namespace Workbench;

/// <summary>Compares some files with one reference, block by block.</summary>
internal sealed class BatchComparison(ScanRun run, FoundFile reference, IReadOnlyList<FoundFile> batch)
{
    private readonly List<FoundFile> _skipped = [];
    private List<OpenedFile> _equalSoFar = [];

    public IReadOnlyList<FoundFile> Equal { get; private set; } = [];

    public IEnumerable<FoundFile> Different => batch.Except(Equal).Except(_skipped);

    /// <summary>Set if the reference could not be read to the end or has changed: then no file counts as equal to it.</summary>
    public SkipException? ReferenceLost { get; private set; }

    public async Task RunAsync()
    {
        try
        {
            using var opened = new OpenedFile(run.Files, reference);
            _equalSoFar = [.. batch.Select(OpenOrSkip).OfType<OpenedFile>()];
            await CompareBlocksAsync(opened);
            opened.ThrowIfChanged();
            Keep(IsUnchanged);
            Equal = [.. _equalSoFar.Select(file => file.File)];
        }
        catch (SkipException cause)
        {
            ReferenceLost = cause;
        }
        finally
        {
            Keep(_ => false);
        }
    }

    private OpenedFile? OpenOrSkip(FoundFile file)
    {
        try
        {
            return new OpenedFile(run.Files, file);
        }
        catch (SkipException cause)
        {
            Skip(file, cause);
            return null;
        }
    }

    private async Task CompareBlocksAsync(OpenedFile opened)
    {
        byte[] expected = ArrayPool<byte>.Shared.Rent(OpenedFile.BlockSize);
        byte[] actual = ArrayPool<byte>.Shared.Rent(OpenedFile.BlockSize);
        try
        {
            for (long offset = 0; offset < reference.Facts.Size && _equalSoFar.Count > 0 && !run.IsCanceled;)
            {
                int length = opened.Read(expected, offset);
                Keep(file => HasBlock(file, offset, expected.AsSpan(0, length), actual));
                run.Counters.AddDone(0, batch.Count * length);
                offset += length;
                await Task.Yield();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(actual);
            ArrayPool<byte>.Shared.Return(expected);
        }
    }

    private bool HasBlock(OpenedFile file, long offset, ReadOnlySpan<byte> expected, Span<byte> actual)
    {
        try
        {
            if (actual[..file.Read(actual[..expected.Length], offset)].SequenceEqual(expected))
            {
                return true;
            }

            // The hashes were equal, so this is what most likely happened.
            file.ThrowIfChanged();
            return false;
        }
        catch (SkipException cause)
        {
            Skip(file.File, cause);
            return false;
        }
    }

    private bool IsUnchanged(OpenedFile file)
    {
        try
        {
            file.ThrowIfChanged();
            return true;
        }
        catch (SkipException cause)
        {
            Skip(file.File, cause);
            return false;
        }
    }

    private void Keep(Predicate<OpenedFile> isKept) => _equalSoFar.RemoveAll(file =>
    {
        bool kept = isKept(file);
        if (!kept)
        {
            file.Dispose();
        }

        return !kept;
    });

    private void Skip(FoundFile file, SkipException cause)
    {
        _skipped.Add(file);
        run.Skipped.Add(file.Path, cause);
    }
}
