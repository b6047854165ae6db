using Microsoft.Win32.SafeHandles;

namespace Workbench;

/// <summary>A file open for reading that is still the one the walk found. Anything else ends in a <see cref="SkipException"/>.</summary>
internal sealed class OpenedFile : IDisposable
{
    /// <summary>How much is read between two looks at the cancellation token.</summary>
    public const int BlockSize = 256 * 1024;

    private readonly IFileAccess _files;
    private readonly SafeFileHandle _handle;

    public OpenedFile(IFileAccess files, FoundFile file)
    {
        File = file;
        _files = files;
        _handle = files.Open(file.Path);
        try
        {
            ThrowIfChanged();
        }
        catch
        {
            _handle.Dispose();
            throw;
        }
    }

    public FoundFile File { get; }

    /// <summary>Fills the block as far as the file's size allows, and answers with the bytes read.</summary>
    public int Read(Span<byte> block, long offset)
    {
        Span<byte> wanted = block[..(int)Math.Min(block.Length, File.Facts.Size - offset)];
        int filled = 0;
        while (filled < wanted.Length)
        {
            int read = ReadOnce(wanted[filled..], offset + filled);
            filled += read > 0 ? read : throw Skips.ShorterThanItSays(offset + filled, File.Facts.Size);
        }

        return filled;
    }

    public void ThrowIfChanged()
    {
        if (_files.Look(_handle, File.Path) != File.Facts)
        {
            throw Skips.Changed();
        }
    }

    public void Dispose() => _handle.Dispose();

    private int ReadOnce(Span<byte> bytes, long offset)
    {
        try
        {
            return RandomAccess.Read(_handle, bytes, offset);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Skips.From(error);
        }
    }
}
