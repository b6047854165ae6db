using System.Runtime.CompilerServices;

namespace Fibula.CompilerServices;

/// <summary>What <c>await handle</c> uses where there is a result.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
public readonly struct BackgroundTaskAwaiter<T> : ICriticalNotifyCompletion
{
    private readonly ITaskResult<T> _task;
    private readonly bool _continueOnCapturedContext;

    internal BackgroundTaskAwaiter(ITaskResult<T> task, bool continueOnCapturedContext)
    {
        _task = task;
        _continueOnCapturedContext = continueOnCapturedContext;
    }

    /// <summary>True once the task has ended.</summary>
    /// <exception cref="InvalidOperationException">The calling task would wait for itself; the message names the cycle. Or the value was made by <c>default</c>.</exception>
    public bool IsCompleted => TaskAwait.Begin(Task);

    private ITaskResult<T> Task => TaskAwait.NotNull(_task);

    /// <summary>Ends the <c>await</c>: returns the result, or throws the task's error.</summary>
    /// <returns>The result of the work.</returns>
    /// <exception cref="BackgroundTaskCanceledException">The task was canceled.</exception>
    /// <exception cref="InvalidOperationException">The task has not ended: this method never blocks. Or the value was made by <c>default</c>.</exception>
    public T GetResult()
    {
        TaskAwait.ThrowIfNotSucceeded(Task);
        return Task.Result;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="continuation"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The value was made by <c>default</c> and belongs to no task.</exception>
    public void OnCompleted(Action continuation) => TaskAwait.OnEndWithFlow(Task, continuation, _continueOnCapturedContext);

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="continuation"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The value was made by <c>default</c> and belongs to no task.</exception>
    public void UnsafeOnCompleted(Action continuation) => TaskAwait.OnEnd(Task, continuation, _continueOnCapturedContext);
}
