using System.Buffers;

namespace Workbench;

/// <summary>Two files read once more, long after their scan.</summary>
internal static class SameContent
{
    /// <summary>Whether the files are as their facts say, before and after, and equal byte by byte.</summary>
    public static bool IsIn(IFileAccess files, DuplicateFile one, DuplicateFile other, CancellationToken cancellationToken)
    {
        byte[] first = ArrayPool<byte>.Shared.Rent(OpenedFile.BlockSize);
        byte[] second = ArrayPool<byte>.Shared.Rent(OpenedFile.BlockSize);
        try
        {
            using var openedFirst = new OpenedFile(files, one.ToFound());
            using var openedSecond = new OpenedFile(files, other.ToFound());
            for (long offset = 0; offset < one.Facts.Size; offset += OpenedFile.BlockSize)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int length = openedFirst.Read(first.AsSpan(0, OpenedFile.BlockSize), offset);
                if (openedSecond.Read(second.AsSpan(0, OpenedFile.BlockSize), offset) != length
                    || !first.AsSpan(0, length).SequenceEqual(second.AsSpan(0, length)))
                {
                    return false;
                }
            }

            openedFirst.ThrowIfChanged();
            openedSecond.ThrowIfChanged();
            return true;
        }
        catch (SkipException)
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(second);
            ArrayPool<byte>.Shared.Return(first);
        }
    }
}
