using System.Runtime.CompilerServices;

namespace Fibula;

/// <summary>What <c>await handle</c> uses where there is a result.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
public readonly struct BackgroundTaskAwaiter<T> : ICriticalNotifyCompletion
{
    private readonly BackgroundTask<T> _task;
    private readonly bool _continueOnCapturedContext;

    internal BackgroundTaskAwaiter(BackgroundTask<T> task, bool continueOnCapturedContext)
    {
        _task = task;
        _continueOnCapturedContext = continueOnCapturedContext;
    }

    /// <summary>True once the task has ended.</summary>
    /// <exception cref="InvalidOperationException">The calling task would wait for itself; the message names the cycle.</exception>
    public bool IsCompleted
    {
        get
        {
            if (_task.IsCompleted)
            {
                return true;
            }

            _task.BeginWait();
            return false;
        }
    }

    /// <summary>Ends the <c>await</c>: returns the result, or throws the task's error.</summary>
    /// <returns>What the work returned.</returns>
    /// <exception cref="BackgroundTaskCanceledException">The task was canceled.</exception>
    /// <exception cref="InvalidOperationException">The task has not ended: this method never blocks.</exception>
    public T GetResult()
    {
        _task.ThrowIfNotSucceeded();
        return _task.Result;
    }

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => _task.OnEndWithFlow(continuation, _continueOnCapturedContext);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) => _task.OnEnd(continuation, _continueOnCapturedContext);
}
