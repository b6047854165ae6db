using Fibula.Testing;

namespace Workbench;

/// <summary>A disk with room for the files, and none for what tells where they were.</summary>
public sealed class FullDiskTests
{
    private static string UserId => Shell.Run("id", "-u").TrimEnd();

    [LinuxFact]
    public Task Move_OnAFullDisk_SaysSoAndLeavesNothingBehind() => SmallDisk.RunAsync(256, disk =>
    {
        using var data = new TempFolder();
        var can = new TrashCan(data["Trash"], TimeProvider.System);
        TrashCan.Restore(can.Move(disk.Write("first", "x")));
        string path = disk.Write("photo.jpg", "x");
        disk.Fill();

        TrashException error = Assert.Throws<TrashException>(() => can.Move(path));

        Assert.StartsWith($"'{path}' was not moved to the trash: No space left on device", error.Message);
        Assert.True(File.Exists(path));
        Assert.Empty(Directory.EnumerateFiles($"{disk.Path}/.Trash-{UserId}", "*", SearchOption.AllDirectories));
        return Task.CompletedTask;
    });

    [LinuxFact]
    public Task Move_OfManyFilesOnAFullDisk_StopsAtTheFirst() => SmallDisk.RunAsync(256, disk =>
    {
        using var data = new TempFolder();
        var loop = new TestLoop(TimeProvider.System);
        for (int number = 0; number < 9; number++)
        {
            disk.Write($"a{number}", "aaaa");
        }

        disk.Fill();
        var app = new WorkbenchApp(CommandLine.Parse([disk.Path]), new TrashCan(data["Trash"], TimeProvider.System), IFileAccess.OfThisSystem);
        var told = new List<string>();
        app.Told += told.Add;
        app.Folders[0].Ended += () => loop.Post(() =>
        {
            loop.RunUntilEnded(app.Removal.Move(app.Folders[0], DuplicateChoice.KeepFirst(app.Folders[0].Groups)));
            loop.RunUntilIdle();
            app.Exit();
        });
        app.Run(loop);

        string sentence = Assert.Single(told);
        Assert.StartsWith($"Moved 0 files to the trash. '{disk.Path}/a1' was not moved to the trash: No space left on device", sentence);
        Assert.DoesNotContain("more like this", sentence);
        return Task.CompletedTask;
    });
}
