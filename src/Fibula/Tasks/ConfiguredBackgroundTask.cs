namespace Fibula;

/// <summary>What <see cref="BackgroundTask.ConfigureAwait"/> returns: await it.</summary>
public readonly struct ConfiguredBackgroundTask
{
    private readonly BackgroundTask _task;
    private readonly bool _continueOnCapturedContext;

    internal ConfiguredBackgroundTask(BackgroundTask task, bool continueOnCapturedContext)
    {
        _task = task;
        _continueOnCapturedContext = continueOnCapturedContext;
    }

    /// <summary>Used by <c>await</c>; obtaining it counts as observing the task.</summary>
    /// <exception cref="InvalidOperationException">The value was made by <c>default</c> and belongs to no task.</exception>
    public BackgroundTaskAwaiter GetAwaiter()
    {
        BackgroundTask task = _task ?? throw BackgroundTask.NoTask();
        task.MarkObserved();
        return new BackgroundTaskAwaiter(task, _continueOnCapturedContext);
    }
}
