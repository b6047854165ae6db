using System.Buffers;
using System.IO.Hashing;

namespace Workbench;

internal static class ContentHash
{
    /// <summary>Hashes the whole file; null when the scan was canceled before the end.</summary>
    public static async Task<UInt128?> ComputeAsync(ScanRun run, FoundFile file)
    {
        using var opened = new OpenedFile(run.Files, file);
        byte[] block = ArrayPool<byte>.Shared.Rent(OpenedFile.BlockSize);
        try
        {
            var hash = new XxHash128();
            for (long offset = 0; offset < file.Facts.Size; offset += OpenedFile.BlockSize)
            {
                if (run.IsCanceled)
                {
                    return null;
                }

                int read = opened.Read(block.AsSpan(0, OpenedFile.BlockSize), offset);
                hash.Append(block.AsSpan(0, read));
                run.Counters.AddDone(0, read);
                await Task.Yield();
            }

            return hash.GetCurrentHashAsUInt128();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }
}
