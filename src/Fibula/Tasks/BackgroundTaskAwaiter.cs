using System.Runtime.CompilerServices;

namespace Fibula;

/// <summary>What <c>await handle</c> uses.</summary>
public readonly struct BackgroundTaskAwaiter : ICriticalNotifyCompletion
{
    private readonly BackgroundTask _task;
    private readonly bool _continueOnCapturedContext;

    internal BackgroundTaskAwaiter(BackgroundTask task, bool continueOnCapturedContext)
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

    /// <summary>Ends the <c>await</c>: returns if the task has succeeded, throws its error otherwise.</summary>
    /// <exception cref="BackgroundTaskCanceledException">The task was canceled.</exception>
    /// <exception cref="InvalidOperationException">The task has not ended: this method never blocks.</exception>
    public void GetResult() => _task.ThrowIfNotSucceeded();

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => _task.OnEndWithFlow(continuation, _continueOnCapturedContext);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) => _task.OnEnd(continuation, _continueOnCapturedContext);
}
