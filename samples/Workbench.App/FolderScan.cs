using System.ComponentModel;
using System.Runtime.CompilerServices;
using Fibula;

namespace Workbench;

/// <summary>One folder and the latest scan of it, as any screen shows them. Belongs to the UI thread; tells every change there.</summary>
public sealed class FolderScan : INotifyPropertyChanged
{
    private readonly ScanOptions _options;
    private readonly TaskCommand<int> _scan;
    private BackgroundTask? _run;

    // Tells the latest run from those before it: they were asked to cancel, may still be on their way out, and show nothing any more.
    private int _latest;

    /// <summary>Creates the view model of a folder that is not scanned yet.</summary>
    /// <param name="tasks">The scope that is to own the scans: closed when the folder is.</param>
    /// <param name="folder">The folder, absolute or not.</param>
    /// <param name="options">How to scan it.</param>
    public FolderScan(TaskScope tasks, string folder, ScanOptions options)
    {
        Tasks = tasks;
        Tasks.Faulted += OnFaulted;
        _options = options;
        Folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));

        // docs: scan
        _scan = new TaskCommand<int>(tasks, ScanAsync) { Name = $"Scan {VisibleText.Of(Folder)}", Policy = CommandPolicy.Restart };
        // docs: end
    }

    /// <inheritdoc/>
    public event PropertyChangedEventHandler? PropertyChanged;

    /// <summary>Raised after a scan has ended, in whatever way, unless another was started in its place.</summary>
    public event Action? Ended;

    /// <summary>The owner of all work on the folder: closed when the folder is.</summary>
    public TaskScope Tasks { get; }

    /// <summary>The full path.</summary>
    public string Folder { get; }

    /// <summary>Where the latest scan stands.</summary>
    public BackgroundTaskState State => _run?.State ?? BackgroundTaskState.Queued;

    /// <summary>Whether a scan runs, be it asked to cancel or not.</summary>
    public bool IsRunning => _run is { IsCompleted: false };

    /// <summary>Why the latest scan was asked to cancel; null if it was not.</summary>
    public CancelReason? CancelReason => _run?.CancelReason;

    /// <summary>How long the latest scan has taken.</summary>
    public TimeSpan Elapsed => _run?.Elapsed ?? TimeSpan.Zero;

    /// <summary>How far the latest scan is.</summary>
    public ScanSnapshot Progress
    {
        get;
        private set => Change(ref field, value);
    }

    /// <summary>What the latest scan found, a part of it if it was canceled; null until it has ended.</summary>
    public ScanResult? Result
    {
        get;
        private set => Change(ref field, value);
    }

    /// <summary>The groups of <see cref="Result"/>, those that waste most first.</summary>
    public IReadOnlyList<DuplicateGroup> Groups { get; private set; } = [];

    /// <summary>What a scan waits for before it begins.</summary>
    internal Task BeginAfter { get; set; } = Task.CompletedTask;

    /// <summary>Scans the folder, at any moment: a scan that runs is asked to cancel, and shows nothing from now on.</summary>
    public void Start()
    {
        Progress = default;
        Show(null, []);
        Run();
    }

    /// <summary>Tells the scan to cancel: its result will be what it has found by then.</summary>
    public void Cancel() => _scan.Cancel("You canceled it.");

    /// <summary>Ends all work on the folder, and takes no other; asks before, where files are being moved. Nothing else is touched.</summary>
    /// <returns>How it went; null where the answer was to stay.</returns>
    public Task<CloseReport?> CloseAsync() => Tasks.RequestCloseAsync($"The tab of '{VisibleText.Of(Folder)}' was closed.");

    /// <summary>Scans the folder behind the result that is shown, and that stays until there is the new one.</summary>
    /// <returns>The scan; null where there is no whole result to be kept true.</returns>
    internal BackgroundTask? Refresh() => Result is { Canceled: false, Problem: null } ? Run() : null;

    /// <summary>Completes when no scan runs. Never fails.</summary>
    internal async Task EndOfScanAsync()
    {
        while (_run is { IsCompleted: false } run)
        {
            await Task.WhenAny(run.AsTask());
        }
    }

    /// <summary>Takes files out of their groups that are no longer as the scan has found them.</summary>
    internal async Task DropChangedAsync(TaskContext task, ChangedPaths changed)
    {
        if (Result is not { } before)
        {
            return;
        }

        await task.SwitchToThreadPoolAsync();
        ScanResult now = before.Without(changed, IFileAccess.OfThisSystem);
        List<DuplicateGroup> groups = ByWaste(now);
        await task.SwitchToUiAsync();
        if (ReferenceEquals(Result, before) && !ReferenceEquals(now, before))
        {
            Show(now, groups);
        }
    }

    private BackgroundTask Run()
    {
        int run = ++_latest;
        _run = _scan.ExecuteAsync(run);
        _run.StateChanged += (_, state) => OnStateChanged(run, state);
        Raise(nameof(State));
        return _run;
    }

    private async Task ScanAsync(int run, TaskContext task)
    {
        await BeginAfter.WaitAsync(task.CancellationToken);

        // Each phase is shown, however short: so none of the snapshots may be left out.
        IProgress<ScanSnapshot> progress = task.AsBatchedProgress<ScanSnapshot>(snapshots =>
        {
            foreach (ScanSnapshot snapshot in snapshots)
            {
                ShowProgress(task, snapshot, run);
            }
        });
        var paced = new PacedProgress(progress, TimeProvider.System);
        ScanResult result = await new DuplicateScan(Folder, _options).RunAsync(paced, task.CancellationToken);

        // There may be very many, and the UI thread has keys to answer.
        await task.SwitchToThreadPoolAsync();
        List<DuplicateGroup> groups = ByWaste(result);
        await task.SwitchToUiAsync();
        if (run == _latest && (Result is null || !result.Canceled))
        {
            Show(result, groups);
        }

        // A part of the result is not success: the task ends as canceled. One that was done before it was told is not canceled.
        if (result.Canceled)
        {
            task.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static List<DuplicateGroup> ByWaste(ScanResult result) => [.. result.Groups.OrderByDescending(group => group.WastedBytes)];

    private void Show(ScanResult? result, IReadOnlyList<DuplicateGroup> groups)
    {
        Groups = groups;
        Result = result;
    }

    private void ShowProgress(TaskContext task, ScanSnapshot snapshot, int run)
    {
        task.Report(snapshot.BytesDone, snapshot.BytesTotal, ProgressText.NameOf(snapshot.Phase));
        if (run == _latest)
        {
            Progress = snapshot;
        }
    }

    private void OnStateChanged(int run, BackgroundTaskState state)
    {
        if (run != _latest)
        {
            return;
        }

        if (state == BackgroundTaskState.Canceled)
        {
            // Told before its first step, it has found nothing.
            Result ??= new ScanResult { Root = Folder, Canceled = true };
        }

        Raise(nameof(State));
        if (state is BackgroundTaskState.Succeeded or BackgroundTaskState.Canceled)
        {
            Ended?.Invoke();
        }
    }

    // A scan reports what it can't read. What comes here is a mistake in the scan itself, and still no reason to end the program.
    private void OnFaulted(TaskFault fault)
    {
        if (fault.Task == _run)
        {
            fault.Handled = true;
            Result = new ScanResult { Root = Folder, Problem = fault.Message };
            Ended?.Invoke();
        }
    }

    private void Change<T>(ref T field, T value, [CallerMemberName] string property = "")
    {
        field = value;
        Raise(property);
    }

    private void Raise(string property) => PropertyChanged?.Invoke(this, new PropertyChangedEventArgs(property));
}
