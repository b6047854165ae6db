namespace Workbench;

/// <summary>A trash folder at the top of a disk that others could take out of what they like.</summary>
public sealed class ForeignTrashTests
{
    private static string UserId => Shell.Run("id", "-u").TrimEnd();

    [LinuxFact]
    public Task Move_ToATrashOfAnotherUser_IsRefused() => IsRefusedAsync($"mkdir .Trash-$UID; {BelongsToNobody(".Trash-$UID")}", "");

    [LinuxFact]
    public Task Move_ToATrashThatOthersMayWriteTo_IsRefused() => IsRefusedAsync("mkdir -m 0777 .Trash-$UID", "");

    [LinuxFact]
    public Task Move_ToATrashWhoseFilesOthersMayTake_IsRefused() => IsRefusedAsync("mkdir -m 0700 .Trash-$UID; mkdir -m 0777 .Trash-$UID/files", "/files");

    [LinuxFact]
    public Task Move_ToATrashWhoseInfoOthersMayWrite_IsRefused() => IsRefusedAsync("mkdir -m 0700 .Trash-$UID; mkdir -m 0770 .Trash-$UID/info", "/info");

    [LinuxFact]
    public Task Move_ToAFolderOfAnotherUserInTheSharedTrash_IsRefused() =>
        IsRefusedAsync($"mkdir -m 1777 .Trash; mkdir .Trash/$UID; {BelongsToNobody(".Trash/$UID")}", "", "/.Trash/");

    [LinuxFact]
    public Task Move_ToATrashThatIsALink_IsRefused() => SmallDisk.RunAsync(256, disk =>
    {
        Shell.Bash("mkdir -m 0700 elsewhere; ln -s elsewhere .Trash-$UID", disk.Path);

        Assert.StartsWith($"'{disk.Path}/.Trash-{UserId}' is not a folder", Refuse(disk));
        return Task.CompletedTask;
    });

    [LinuxFact]
    public Task Move_WhereTheSharedTrashIsNotSticky_TakesTheUsersOwn() => SmallDisk.RunAsync(256, disk =>
    {
        Shell.Bash("mkdir -m 0777 .Trash", disk.Path);
        using var data = new TempFolder();

        TrashedFile trashed = new TrashCan(data["Trash"], TimeProvider.System).Move(disk.Write("photo.jpg", "x"));

        Assert.Equal($"{disk.Path}/.Trash-{UserId}/files/photo.jpg", trashed.InTrash);
        return Task.CompletedTask;
    });

    // In a namespace of one user there is nobody else to give it to: the mode tells the same.
    private static string BelongsToNobody(string folder) => $"chown nobody {folder} 2>/dev/null || chmod 0777 {folder}";

    private static Task IsRefusedAsync(
        string prepare,
        string part,
        string trash = "/.Trash-",
        [System.Runtime.CompilerServices.CallerFilePath] string sourceFile = "",
        [System.Runtime.CompilerServices.CallerMemberName] string method = "") => SmallDisk.RunAsync(
        256,
        disk =>
        {
            Shell.Bash(prepare, disk.Path);

            Assert.Equal(
                $"The trash '{disk.Path}{trash}{UserId}{part}' belongs to another user, or others may write to it. Make it yours alone with mode 0700, or take it away.",
                Refuse(disk));
            return Task.CompletedTask;
        },
        sourceFile,
        method);

    private static string Refuse(SmallDisk disk)
    {
        using var data = new TempFolder();
        string path = disk.Write("photo.jpg", "x");

        TrashException error = Assert.Throws<TrashException>(() => new TrashCan(data["Trash"], TimeProvider.System).Move(path));

        Assert.Equal("x", File.ReadAllText(path));
        return error.Message;
    }
}
