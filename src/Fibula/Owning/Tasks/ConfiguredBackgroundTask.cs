namespace Fibula.CompilerServices;

/// <summary>What <see cref="BackgroundTask.ConfigureAwait"/> returns: await it.</summary>
public readonly struct ConfiguredBackgroundTask
{
    private readonly ITaskNode _task;
    private readonly bool _continueOnCapturedContext;

    internal ConfiguredBackgroundTask(ITaskNode task, bool continueOnCapturedContext)
    {
        _task = task;
        _continueOnCapturedContext = continueOnCapturedContext;
    }

    /// <summary>Used by <c>await</c>, which counts as observing the task unless it is refused.</summary>
    /// <exception cref="InvalidOperationException">The value was made by <c>default</c> and belongs to no task.</exception>
    public BackgroundTaskAwaiter GetAwaiter() => new(TaskAwait.NotNull(_task), _continueOnCapturedContext);
}
