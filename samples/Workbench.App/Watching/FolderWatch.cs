using Fibula;

namespace Workbench;

/// <summary>Keeps what a folder shows true while files change: files that are gone or have changed leave their groups at once, and the folder is scanned again
/// behind what is shown. Belongs to the UI thread.</summary>
public sealed class FolderWatch
{
    // Scans may take this share of the time, however often files change.
    private const int RestPerScan = 4;

    // What belongs together, such as the unpacking of an archive, is looked at once.
    private static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LeastRest = TimeSpan.FromSeconds(2);

    private readonly FolderScan _folder;
    private readonly Action<string> _tell;
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FolderWatch(FolderScan folder, Action<string> tell)
    {
        _folder = folder;
        _tell = tell;
    }

    /// <summary>Watches a folder until it is closed.</summary>
    /// <param name="folder">The folder: the watching is a task of its scope, and scans begin once it has begun.</param>
    /// <param name="tell">Gets a sentence for people where the folder can't be watched.</param>
    public static void Begin(FolderScan folder, Action<string> tell)
    {
        var watch = new FolderWatch(folder, tell);
        BackgroundTask task = folder.Tasks.Run(watch.WatchAsync, new TaskOptions { Name = "Watch" });
        folder.BeginAfter = Task.WhenAny(watch._begun.Task, task.AsTask());
    }

    private async Task WatchAsync(TaskContext task)
    {
        try
        {
            using FolderChanges changes = await BeginAsync(task);
            await FollowAsync(task, changes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A folder that is not there is the scan's to tell.
            if (Directory.Exists(_folder.Folder))
            {
                _tell($"'{_folder.Folder}' is not watched, press s to scan it again: {error.Message}");
            }
        }
    }

    // It may have to be told of many thousand folders.
    private async Task<FolderChanges> BeginAsync(TaskContext task)
    {
        try
        {
            await task.SwitchToThreadPoolAsync();
            return new FolderChanges(_folder.Folder);
        }
        finally
        {
            await task.SwitchToUiAsync();
            _begun.TrySetResult();
        }
    }

    private async Task FollowAsync(TaskContext task, FolderChanges changes)
    {
        bool isStale = false;
        Task change = Task.CompletedTask;
        Task scan = Task.CompletedTask;
        while (true)
        {
            change = change.IsCompleted ? changes.WaitAsync(task.CancellationToken) : change;
            await (isStale ? await Task.WhenAny(change, scan) : change);
            await task.Delay(Burst);
            ChangedPaths changed = changes.Take();
            if (!changed.IsEmpty)
            {
                isStale = true;
                await _folder.DropChangedAsync(task, changed);
            }

            if (isStale && scan.IsCompleted)
            {
                isStale = false;
                scan = ScanAgainAsync(task);
            }
        }
    }

    // A scan that runs already may have passed what has changed since.
    private async Task ScanAgainAsync(TaskContext task)
    {
        await _folder.EndOfScanAsync();
        if (_folder.Refresh() is { } scan)
        {
            await _folder.EndOfScanAsync();
            TimeSpan rest = scan.Elapsed * RestPerScan;
            await task.Delay(rest > LeastRest ? rest : LeastRest);
        }
    }
}
