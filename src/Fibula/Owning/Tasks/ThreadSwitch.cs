using System.Runtime.CompilerServices;

namespace Fibula.CompilerServices;

/// <summary>The result of <see cref="TaskContext.SwitchToUiAsync"/> and <see cref="TaskContext.SwitchToThreadPoolAsync"/>: await it directly.</summary>
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
public readonly struct ThreadSwitch : ICriticalNotifyCompletion
{
    private readonly ITaskNode _task;
    private readonly bool _toUi;

    internal ThreadSwitch(ITaskNode task, bool toUi)
    {
        _task = task;
        _toUi = toUi;
    }

    /// <summary>True where no switch is needed.</summary>
    public bool IsCompleted => _toUi
        ? Loop is null || IsGone || (SynchronizationContext.Current == Loop.Context && Loop.CheckAccess())
        : SynchronizationContext.Current is null && Thread.CurrentThread.IsThreadPoolThread;

    private ITaskNode Task => TaskAwait.NotNull(_task);

    private UiLoop? Loop => Task.Tree.Loop;

    private bool IsGone => Task.Node.IsLeftBehind || Task.Node.Scope.State == ScopeState.Closed || Loop is { HasEnded: true };

    /// <summary>Makes it awaitable.</summary>
    public ThreadSwitch GetAwaiter() => this;

    /// <summary>Ends the <c>await</c>.</summary>
    /// <exception cref="InvalidOperationException">The value was made by <c>default</c> and belongs to no task.</exception>
    /// <exception cref="BackgroundTaskCanceledException">The UI loop has ended or the scope is closed: there is no UI to go on with.</exception>
    public void GetResult()
    {
        Task.Node.WaitsFor = default;
        if (_toUi && IsGone)
        {
            CancelReason reason = Task.CancelReason ?? Task.Tree.NewReason("the UI loop", "The UI loop has ended.");
            throw new BackgroundTaskCanceledException(
                $"Task '{Task.Node.Name}' cannot switch to the UI thread: its scope is closed or the UI loop has ended. {reason.Message}", reason);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="continuation"/> is null.</exception>
    public void OnCompleted(Action continuation)
    {
        ArgumentNullException.ThrowIfNull(continuation);

        // The compiler's builders use UnsafeOnCompleted; a direct caller wants its execution context.
        var flow = ExecutionContext.Capture();
        UnsafeOnCompleted(flow is null ? continuation : () => ExecutionContext.Run(flow, static state => ((Action)state!)(), continuation));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="continuation"/> is null.</exception>
    public void UnsafeOnCompleted(Action continuation)
    {
        ArgumentNullException.ThrowIfNull(continuation);
        if (_toUi)
        {
            Task.Node.WaitsFor = new WaitReason("the UI thread");
            Loop!.Resume(static state => ((Action)state!)(), continuation);
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(static action => action(), continuation, preferLocal: true);
        }
    }
}
