namespace LostTasks;

internal static class FileWatcherWork
{
    private static readonly string Folder = Directory.CreateTempSubdirectory("lost-tasks-").FullName;

    public static async Task WaitAsync(Trace trace, CancellationToken token)
    {
        object witness = trace.Begin();

        // docs: file-watcher
        using var watcher = new FileSystemWatcher(Folder);
        var appeared = new TaskCompletionSource();
        watcher.Created += (_, _) => appeared.TrySetResult();
        watcher.EnableRaisingEvents = true;
        try
        {
            await appeared.Task.WaitAsync(token);
            trace.Resumed(witness);
        }
        finally
        {
            trace.Finally();
        }
        // docs: end
    }

    public static void CreateTheFile() => File.WriteAllText(Path.Combine(Folder, $"{Guid.NewGuid()}.csv"), "a,b,c");

    public static void RemoveTheFolder() => Directory.Delete(Folder, recursive: true);
}
