using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Workbench;

/// <summary>One trash folder of the freedesktop.org Trash specification 1.0: files lie in <c>files/</c>, and <c>info/</c> tells where each was.</summary>
/// <param name="path">The folder.</param>
/// <param name="top">The top of the file system that paths are told from; null for the trash in the user's home, which tells whole paths.</param>
/// <param name="numbers">The last number that each name was given here: of very many files of one name, none tries them all.</param>
internal sealed class TrashFolder(string path, string? top, ConcurrentDictionary<string, int> numbers)
{
    private const string InfoEnding = ".trashinfo";
    private const int LongestName = 255;
    private const UnixFileMode ForTheUserAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public string Path => path;

    /// <summary>Makes the folder where it is missing.</summary>
    /// <exception cref="TrashException">It lies outside the user's home, and others could take out or put in what they like.</exception>
    public void Create(LinuxFiles files)
    {
        foreach (string folder in (ReadOnlySpan<string>)[path, FilesFolder, InfoFolder])
        {
            if (!OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder, ForTheUserAlone);
            }

            if (top is not null)
            {
                ThrowIfOthersMayWrite(folder, files.LookAtOwner(folder));
            }
        }
    }

    /// <summary>Moves a file here. The info is written first, as the specification asks: it reserves the name.</summary>
    public TrashedFile Take(string file, DateTimeOffset now, CancellationToken cancellationToken)
    {
        string wanted = System.IO.Path.GetFileName(file);
        string key = System.IO.Path.Join(path, wanted);
        for (int number = numbers.GetValueOrDefault(key) + 1; ; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string name = NameFor(wanted, number);
            string info = System.IO.Path.Join(InfoFolder, name + InfoEnding);
            if (!TryWriteInfo(info, file, now))
            {
                continue;
            }

            var trashed = new TrashedFile(file, file, System.IO.Path.Join(FilesFolder, name), info);
            if (TryMove(trashed))
            {
                numbers[key] = number;
                return trashed;
            }
        }
    }

    private string FilesFolder => System.IO.Path.Join(path, "files");

    private string InfoFolder => System.IO.Path.Join(path, "info");

    private static void ThrowIfOthersMayWrite(string folder, FileOwner owner)
    {
        if (owner.Kind != FileKind.Folder)
        {
            throw new TrashException($"'{folder}' is not a folder, so nothing can be moved into it. Look what it is, and take it away.");
        }

        if (!owner.IsFolderOf(LinuxTrashCalls.UserId()))
        {
            throw new TrashException(
                $"The trash '{folder}' belongs to another user, or others may write to it. Make it yours alone with mode 0700, or take it away.");
        }
    }

    // False where an old file lies here without its info.
    private static bool TryMove(TrashedFile trashed)
    {
        bool isMoved = false;
        try
        {
            isMoved = LinuxTrashCalls.Rename(trashed.RealPath, trashed.InTrash);
        }
        finally
        {
            if (!isMoved)
            {
                File.Delete(trashed.Info);
            }
        }

        return isMoved;
    }

    // False where the name is taken.
    private bool TryWriteInfo(string info, string file, DateTimeOffset now)
    {
        string told = top is null ? file : System.IO.Path.GetRelativePath(top, file);
        string escaped = string.Join('/', told.Split('/').Select(Uri.EscapeDataString));
        string content = string.Create(CultureInfo.InvariantCulture, $"[Trash Info]\nPath={escaped}\nDeletionDate={now:yyyy-MM-ddTHH:mm:ss}\n");
        if (TryCreate(info) is not { } stream)
        {
            return false;
        }

        using (stream)
        {
            try
            {
                stream.Write(Encoding.UTF8.GetBytes(content));
                return true;
            }
            catch (IOException)
            {
                // A full disk: the name is not taken, and an empty info must not stay.
                File.Delete(info);
                throw;
            }
        }
    }

    private static FileStream? TryCreate(string info)
    {
        try
        {
            // Without a buffer: what can't be written fails in Write.
            return new FileStream(info, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        }
        catch (IOException) when (File.Exists(info))
        {
            return null;
        }
    }

    // "photo.jpg", "photo.2.jpg", … no longer than a file system takes with the ending of the info.
    private static string NameFor(string name, int number)
    {
        string ending = System.IO.Path.GetExtension(name);
        string stem = name[..^ending.Length];
        string counter = number == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $".{number}");
        while (Encoding.UTF8.GetByteCount(stem + counter + ending + InfoEnding) > LongestName)
        {
            (stem, ending) = stem.Length > 0 ? (WithoutLastSign(stem), ending) : (ending, "");
        }

        return stem + counter + ending;
    }

    private static string WithoutLastSign(string text) => text[..^(char.IsLowSurrogate(text[^1]) ? 2 : 1)];
}
