using Fibula.CompilerServices;

namespace Fibula;

/// <summary>The services for running work: its token, progress, delays on the loop's clock, a change of thread, children.</summary>
/// <remarks>
/// <para><b>Threads.</b> Every member may be used from any thread.</para>
/// <para><b>Cancellation.</b> <see cref="CancellationToken"/> is signaled when cancellation of the task is requested, and stays signaled.</para>
/// <para><b>Errors.</b> No member throws because the task has ended; reports then have no effect.</para>
/// </remarks>
/// <example>
/// <code source="tests/Fibula.Tests/Examples/WorkExampleTests.cs#context">
/// private async Task&lt;int> CountRowsAsync(TaskContext task)
/// {
///     int rows = 0;
///     foreach ((int done, string file) in _files.Index())
///     {
///         task.Report(done, _files.Length, file);
///         rows += await CountRowsAsync(file, task.CancellationToken);
///     }
///
///     return rows;
/// }
/// </code>
/// </example>
public partial class TaskContext : TaskStarter
{
    private readonly ITaskNode _task;

    internal TaskContext(ITaskNode task)
    {
        _task = task;
    }

    private protected override ScopeNode Home => _task.Node.Scope;

    private protected override ITaskNode? ParentOfStarted => _task;

    /// <summary>The scope that owns the task. A survivor of a closed scope belongs to the app's root.</summary>
    public TaskScope Scope => (TaskScope)Home.Handle;

    /// <summary>Signaled when cancellation of the task is requested.</summary>
    public CancellationToken CancellationToken => TaskRun.TokenOf(_task);

    /// <summary>Why cancellation was requested; null if it was not.</summary>
    public CancelReason? CancelReason => _task.CancelReason;

    /// <summary>The clock of the task's loop.</summary>
    public TimeProvider TimeProvider => _task.Node.Scope.Context.Loop?.TimeProvider ?? TimeProvider.System;

    /// <summary>Throws if cancellation was requested: for loops that compute or block.</summary>
    /// <exception cref="BackgroundTaskCanceledException">The task was asked to cancel. Carries the reason.</exception>
    public void ThrowIfCancellationRequested()
    {
        TaskEffectRunner.ReceiveRequest(_task);
        if (CancelReason is { } reason)
        {
            throw new BackgroundTaskCanceledException(reason.Message, reason);
        }
    }

    /// <summary>Waits on the loop's clock. A cancellation of the task ends the wait immediately.</summary>
    /// <param name="delay">The time to wait; <see cref="Timeout.InfiniteTimeSpan"/> waits until the task is canceled.</param>
    /// <returns>A task that ends when the time is over.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delay"/> is negative.</exception>
    /// <exception cref="OperationCanceledException">The task was asked to cancel.</exception>
    public Task Delay(TimeSpan delay) => DelayWait.Begin(_task, delay);

    /// <summary>Continues on the UI thread: <c>await task.SwitchToUiAsync();</c>. Also works while the task is <see cref="BackgroundTaskState.Canceling"/>, for clean-up.</summary>
    /// <returns>What to await.</returns>
    public ThreadSwitch SwitchToUiAsync() => new(_task, toUi: true);

    /// <summary>Continues on the thread pool: <c>await task.SwitchToThreadPoolAsync();</c>.</summary>
    /// <returns>What to await.</returns>
    /// <example>
    /// <code source="tests/Fibula.Tests/Examples/WorkExampleTests.cs#switch">
    /// private async Task ShowTotalAsync(TaskContext task)
    /// {
    ///     await task.SwitchToThreadPoolAsync();
    ///     int total = ComputeTotal();                 // takes long: not on the UI thread
    ///
    ///     await task.SwitchToUiAsync();
    ///     _status.Text = $"{total}";
    /// }
    /// </code>
    /// </example>
    public ThreadSwitch SwitchToThreadPoolAsync() => new(_task, toUi: false);

    /// <summary>Reports how much is done, as an absolute value that replaces earlier counts.</summary>
    /// <param name="fraction">From 0 to 1; less counts as 0, more as 1. For percent, pass 100 as the total of <see cref="Report(long, long, string)"/>.</param>
    /// <param name="message">The current step; null keeps the last message.</param>
    /// <exception cref="ArgumentException"><paramref name="fraction"/> is not a number.</exception>
    public void Report(double fraction, string? message = null) => TaskRun.ProgressOf(_task).Report(fraction, message);

    /// <summary>Reports how much is done, absolutely, in units of the work: files, bytes.</summary>
    /// <param name="completed">How many are done; less than 0 counts as 0, more than there are as all.</param>
    /// <param name="total">How many there are; 0 or less means that this is not known, and the progress is indeterminate.</param>
    /// <param name="message">The current step; null keeps the last message.</param>
    public void Report(long completed, long total, string? message = null) =>
        TaskRun.ProgressOf(_task).Report(completed, total, message);

    /// <summary>Reports the current step, and keeps the reported amount.</summary>
    /// <param name="message">A text for people.</param>
    public void Report(string message) => TaskRun.ProgressOf(_task).Report(message);

    /// <summary>Reports that the total is unknown, so that a bar shows activity without a fraction. Replaces earlier
    /// counts.</summary>
    /// <param name="message">The current step; null keeps the last message.</param>
    public void ReportIndeterminate(string? message = null) => TaskRun.ProgressOf(_task).ReportIndeterminate(message);

    /// <summary>Adds to what is done. Exact, from however many threads.</summary>
    /// <param name="count">How many more are done; less than 0 takes some back. The sum is shown as 0 at least, and as the total at most.</param>
    public void Advance(long count = 1) => TaskRun.ProgressOf(_task).Advance(count);

    /// <summary>Splits the progress into steps, one for each weight: how much is done is then the sum over the steps, each with its share.</summary>
    /// <param name="weights">How much work each step is, in any unit: with 1 and 3 the first is a quarter of the whole.</param>
    /// <returns>The steps, all at 0. They may be reported to in any order and from any thread, also by parts of the work and by other tasks.</returns>
    /// <remarks>What counts is the last that was said: a report of how much is done takes the place of the steps, as does a new split.</remarks>
    /// <exception cref="ArgumentException">There is no weight, one is negative or no number, or all are 0.</exception>
    /// <example>
    /// <code source="tests/Fibula.Tests/Examples/ProgressExampleTests.cs#split">
    /// private async Task ImportAsync(TaskContext task)
    /// {
    ///     ProgressStep[] steps = task.SplitProgress(1, 3);    // hashing is three quarters of the work
    ///     string[] files = await FindAsync(task, steps[0]);
    ///     await HashAsync(files, task, steps[1]);
    /// }
    /// </code>
    /// </example>
    public ProgressStep[] SplitProgress(params ReadOnlySpan<double> weights) => TaskRun.ProgressOf(_task).Split(weights);

    /// <summary>Makes an <see cref="IProgress{T}"/> for an API that wants one: the handler runs on the UI thread with the latest value, never after the task has ended.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="handler">Called on the UI thread with the latest value accepted; values in between are left out, the last one never is.</param>
    /// <returns>The progress. It may be reported to from any thread.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="handler"/> is null.</exception>
    public IProgress<T> AsProgress<T>(Action<T> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return TaskRun.ProgressOf(_task).Channel(handler);
    }

    /// <summary>Makes an <see cref="IProgress{T}"/> that loses no value, for log lines or found items: the handler runs on the UI thread with all values that have come since its
    /// last call, in the order in which they were accepted, never after the task has ended.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="handler">Called on the UI thread, once per turn at most. The list is its own to keep.</param>
    /// <returns>The progress. It may be reported to from any thread.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="handler"/> is null.</exception>
    /// <remarks>
    /// <para>Values wait in memory while the UI thread is busy: work that finds them faster than the handler takes them should wait now and then.</para>
    /// <para><b>Errors.</b> An exception of the handler is reported in one line, as that of any subscriber; later values still arrive. After the scope has closed the handler is not called any more.</para>
    /// <para>Use <see cref="AsProgress"/> where only the latest value is of interest.</para>
    /// </remarks>
    /// <example>
    /// <code source="tests/Fibula.Tests/Examples/ProgressExampleTests.cs#batches">
    /// public BackgroundTask Search(string[] files, string extension) => this.Tasks.RunOnThreadPool(task =>
    /// {
    ///     IProgress&lt;string> found = task.AsBatchedProgress&lt;string>(_list.AddRange);       // on the UI thread, none is lost
    ///     foreach (string file in files.Where(file => file.EndsWith(extension, StringComparison.OrdinalIgnoreCase)))
    ///     {
    ///         task.ThrowIfCancellationRequested();
    ///         found.Report(file);
    ///     }
    /// });
    /// </code>
    /// </example>
    public IProgress<T> AsBatchedProgress<T>(Action<IReadOnlyList<T>> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return TaskRun.ProgressOf(_task).BatchChannel(handler);
    }
}
