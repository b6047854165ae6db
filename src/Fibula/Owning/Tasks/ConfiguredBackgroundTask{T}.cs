namespace Fibula.CompilerServices;

/// <summary>What <see cref="BackgroundTask{T}.ConfigureAwait"/> returns: await it.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
public readonly struct ConfiguredBackgroundTask<T>
{
    private readonly ITaskResult<T> _task;
    private readonly bool _continueOnCapturedContext;

    internal ConfiguredBackgroundTask(ITaskResult<T> task, bool continueOnCapturedContext)
    {
        _task = task;
        _continueOnCapturedContext = continueOnCapturedContext;
    }

    /// <summary>Used by <c>await</c>, which counts as observing the task unless it is refused.</summary>
    /// <exception cref="InvalidOperationException">The value was made by <c>default</c> and belongs to no task.</exception>
    public BackgroundTaskAwaiter<T> GetAwaiter() => new(TaskAwait.NotNull(_task), _continueOnCapturedContext);
}
