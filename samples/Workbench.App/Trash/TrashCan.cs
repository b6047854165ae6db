using System.Collections.Concurrent;

namespace Workbench;

/// <summary>
/// The user's trash, as the desktops on Linux keep it: moves files there and back, and never deletes or copies one.
/// <see href="https://specifications.freedesktop.org/trash-spec/1.0/">The freedesktop.org Trash specification 1.0</see>.
/// </summary>
/// <remarks><b>Threads</b>: any. <b>Errors</b>: <see cref="TrashException"/>; the file is then where it was.</remarks>
public sealed class TrashCan
{
    private const string SharedName = ".Trash";

    // For files that lie on the same file system as the user's home.
    private static readonly string HomeTrash = Path.Join(
        Environment.GetEnvironmentVariable("XDG_DATA_HOME") is ['/', ..] data
            ? data
            : Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local/share"),
        "Trash");

    private readonly LinuxFiles _files = new();
    private readonly ConcurrentDictionary<string, int> _numbers = new();
    private readonly string _home;
    private readonly TimeProvider _clock;

    /// <summary>Creates the trash of this user.</summary>
    public TrashCan()
        : this(HomeTrash, TimeProvider.System)
    {
    }

    internal TrashCan(string home, TimeProvider clock)
    {
        _home = home;
        _clock = clock;
    }

    /// <summary>Whether this system has a trash that is known here.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux();

    /// <summary>Whether a folder is one whose files were thrown away.</summary>
    internal static bool IsTrash(string folder)
    {
        string name = Path.GetFileName(folder);
        return IsSupported && (folder == HomeTrash || name == SharedName || IsNameOfAUser(name));
    }

    /// <summary>Moves a file to the trash of its file system.</summary>
    internal TrashedFile Move(string path, CancellationToken cancellationToken = default)
    {
        if (!IsSupported)
        {
            throw new TrashException($"'{path}' was not moved: there is no trash known on this system. Move it yourself.");
        }

        try
        {
            string file = Path.Join(LinuxTrashCalls.RealPath(Path.GetDirectoryName(path)!), Path.GetFileName(path));
            return FindFolderFor(file).Take(file, _clock.GetLocalNow(), cancellationToken) with { Path = path };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SkipException)
        {
            throw new TrashException($"'{path}' was not moved to the trash: {error.Message}") { ConcernsAll = FullDisk.Is(error) };
        }
    }

    /// <summary>Moves a file back to where it was. What was put there meanwhile is left alone.</summary>
    internal static void Restore(TrashedFile file)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file.Path)!);
            if (!LinuxTrashCalls.Rename(file.InTrash, file.Path))
            {
                throw new TrashException($"'{file.Path}' is there again, so what was moved stays in the trash, as '{file.InTrash}'.");
            }

            File.Delete(file.Info);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TrashException($"'{file.Path}' was not moved back from '{file.InTrash}': {error.Message}");
        }
    }

    private static bool IsNameOfAUser(string name) =>
        name.StartsWith(SharedName + "-", StringComparison.Ordinal) && name.AsSpan(SharedName.Length + 1) is [_, ..] user && !user.ContainsAnyExceptInRange('0', '9');

    private TrashFolder FindFolderFor(string file)
    {
        ulong device = DeviceOf(Path.GetDirectoryName(file)!);
        var home = new TrashFolder(_home, top: null, _numbers);
        home.Create(_files);
        if (DeviceOf(_home) == device)
        {
            return home;
        }

        string top = TopOf(file, device);
        TrashFolder trash = FindSharedIn(top) ?? new TrashFolder(Path.Join(top, $"{SharedName}-{LinuxTrashCalls.UserId()}"), top, _numbers);
        trash.Create(_files);
        return trash;
    }

    // What an administrator made for all users counts only with the sticky bit, and never through a link.
    private TrashFolder? FindSharedIn(string top)
    {
        string shared = Path.Join(top, SharedName);
        return Find(shared) is FileKind.Folder && !OperatingSystem.IsWindows() && File.GetUnixFileMode(shared).HasFlag(UnixFileMode.StickyBit)
            ? new TrashFolder(Path.Join(shared, $"{LinuxTrashCalls.UserId()}"), top, _numbers)
            : null;
    }

    private FileKind? Find(string path)
    {
        try
        {
            return _files.Look(path).Kind;
        }
        catch (SkipException error) when (error.Reason == SkipReason.Vanished)
        {
            return null;
        }
    }

    private string TopOf(string file, ulong device)
    {
        string top = Path.GetDirectoryName(file)!;
        while (Path.GetDirectoryName(top) is { } above && DeviceOf(above) == device)
        {
            top = above;
        }

        return top;
    }

    private ulong DeviceOf(string folder) => _files.LookThroughLinks(folder).Identity.Device;
}
