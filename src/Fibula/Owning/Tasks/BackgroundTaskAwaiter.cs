using System.Runtime.CompilerServices;

namespace Fibula.CompilerServices;

/// <summary>What <c>await handle</c> uses.</summary>
public readonly struct BackgroundTaskAwaiter : ICriticalNotifyCompletion
{
    private readonly ITaskNode _task;
    private readonly bool _continueOnCapturedContext;

    internal BackgroundTaskAwaiter(ITaskNode task, bool continueOnCapturedContext)
    {
        _task = task;
        _continueOnCapturedContext = continueOnCapturedContext;
    }

    /// <summary>True once the task has ended.</summary>
    /// <exception cref="InvalidOperationException">The calling task would wait for itself; the message names the cycle. Or the value was made by <c>default</c>.</exception>
    public bool IsCompleted => TaskAwait.Begin(Task);

    private ITaskNode Task => TaskAwait.NotNull(_task);

    /// <summary>Ends the <c>await</c>: returns if the task has succeeded, throws its error otherwise.</summary>
    /// <exception cref="BackgroundTaskCanceledException">The task was canceled.</exception>
    /// <exception cref="InvalidOperationException">The task has not ended: this method never blocks. Or the value was made by <c>default</c>.</exception>
    public void GetResult() => TaskAwait.ThrowIfNotSucceeded(Task);

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="continuation"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The value was made by <c>default</c> and belongs to no task.</exception>
    public void OnCompleted(Action continuation) => TaskAwait.OnEndWithFlow(Task, continuation, _continueOnCapturedContext);

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="continuation"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The value was made by <c>default</c> and belongs to no task.</exception>
    public void UnsafeOnCompleted(Action continuation) => TaskAwait.OnEnd(Task, continuation, _continueOnCapturedContext);
}
