namespace Fibula;

/// <summary>An app that is one asynchronous method: it leaves when that has ended.</summary>
internal sealed class MainApp<T>(Func<TaskContext, Task<T>> main) : UiApp
{
    private BackgroundTask<T>? _task;

    public T Result => _task!.GetAwaiter().GetResult();

    protected internal override Task OnRunningAsync()
    {
        _task = Tasks.Run(main, new TaskOptions { Name = "Main" }, file: null, line: 0);
        _task.MarkObserved();
        Tasks.Run(LeaveAfterMainAsync);
        return Task.CompletedTask;
    }

    // Waits for the end and not for the result, which is the caller's.
    private async Task LeaveAfterMainAsync()
    {
        await (_task!.EndSignal() ?? Task.CompletedTask).ConfigureAwait(false);
        Exit();
    }
}
