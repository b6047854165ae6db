using System.Net.Sockets;

namespace Workbench;

/// <summary>What no scan may stumble over. In each test two equal files beside the hazard must still be found.</summary>
public sealed class HazardTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string[] _equal;

    public HazardTests()
    {
        _equal = [_folder.Write("equal/1", "same"), _folder.Write("equal/2", "same")];
    }

    public void Dispose() => _folder.Dispose();

    [LinuxFact]
    public Task RunAsync_UnreadableFolder_ListsItAndGoesOn() => WithoutRootsPowers.RunAsync(async () =>
    {
        _folder.Write("closed/file", "same");
        Shell.Run("chmod", "000", _folder["closed"]);

        ScanResult result = await ScanAsync();

        SkippedPath skipped = ScanAssert.Skips(result, _folder["closed"], SkipReason.Unreadable);
        Assert.Equal("You have no permission to read it. Change its permissions, or scan as a user who may read it.", skipped.Why);
    });

    [LinuxFact]
    public Task RunAsync_FolderThatMayBeListedButNotEntered_ListsItsFiles() => WithoutRootsPowers.RunAsync(async () =>
    {
        _folder.Write("closed/file", "same");
        Shell.Run("chmod", "400", _folder["closed"]);

        ScanResult result = await ScanAsync();

        ScanAssert.Skips(result, _folder["closed/file"], SkipReason.Unreadable);
    });

    [LinuxFact]
    public Task RunAsync_UnreadableFile_ListsItAndGoesOn() => WithoutRootsPowers.RunAsync(async () =>
    {
        _folder.Write("closed", "same");
        Shell.Run("chmod", "000", _folder["closed"]);

        ScanResult result = await ScanAsync();

        ScanAssert.Skips(result, _folder["closed"], SkipReason.Unreadable);
    });

    [LinuxFact]
    public async Task RunAsync_NamedPipe_ListsItAndDoesNotOpenIt()
    {
        Shell.Run("mkfifo", _folder["pipe"]);

        ScanResult result = await ScanAsync();

        SkippedPath skipped = ScanAssert.Skips(result, _folder["pipe"], SkipReason.NamedPipe);
        Assert.Equal("It is a named pipe, not a file. It was not opened.", skipped.Why);
    }

    [LinuxFact]
    public async Task RunAsync_Socket_ListsItAndGoesOn()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_folder["socket"]));

        ScanResult result = await ScanAsync();

        ScanAssert.Skips(result, _folder["socket"], SkipReason.Socket);
    }

    [LinuxFact]
    public async Task RunAsync_Devices_ListsThemAndGoesOn()
    {
        ScanResult result = await new DuplicateScan("/dev").RunAsync();

        ScanAssert.Skips(result, "/dev/null", SkipReason.Device);
        ScanAssert.Skips(result, "/dev/zero", SkipReason.Device);
    }

    [LinuxFact]
    public async Task RunAsync_PathTooLong_ListsTheFirstThatIsAndGoesOn()
    {
        string name = new('d', 250);
        Shell.Bash($"for i in $(seq 20); do mkdir {name}; cd {name}; done; echo same > file", _folder.Path);

        ScanResult result = await ScanAsync();

        SkippedPath skipped = Assert.Single(result.Skipped);
        Assert.Equal("Its path is longer than the system can open. Scan a folder further down.", skipped.Why);
    }

    [LinuxFact]
    public async Task RunAsync_FilesThatClaimNoBytes_ReadsNoneOfThem()
    {
        ScanResult result = await new DuplicateScan("/proc/self").RunAsync();

        ScanAssert.Skips(result, "/proc/self/status", SkipReason.Empty);
    }

    private async Task<ScanResult> ScanAsync()
    {
        ScanResult result = await new DuplicateScan(_folder.Path).RunAsync();

        Assert.Null(result.Problem);
        ScanAssert.Groups(result, _equal);
        return result;
    }
}
