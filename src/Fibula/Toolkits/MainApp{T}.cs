using System.Runtime.ExceptionServices;

namespace Fibula;

/// <summary>An app that is one asynchronous method: it leaves when that has ended.</summary>
internal sealed class MainApp<T>(Func<TaskContext, Task<T>> main) : UiApp
{
    private BackgroundTask<T>? _task;
    private ExceptionDispatchInfo? _failure;

    /// <summary>What the method returned or threw. One that was told to cancel may not have ended in time, or never have begun.</summary>
    public T TakeResult()
    {
        if (_task is { State: BackgroundTaskState.Succeeded or BackgroundTaskState.Faulted } ended)
        {
            return ended.GetAwaiter().GetResult();
        }

        // It has failed, and children that did not react have kept it from ending.
        _failure?.Throw();
        CancelReason reason = _task?.CancelReason ?? CloseReport!.Reason;
        var canceled = new BackgroundTaskCanceledException(reason.Message, reason);
        if (ExitCode != 0)
        {
            EndQuietlyIfNobodyCatches(canceled);
        }

        throw canceled;
    }

    protected internal override Task OnRunningAsync()
    {
        _task = Tasks.Run(CallMainAsync, new TaskOptions { Name = "Main" }, file: null, line: 0);
        _task.Node.IsObserved = true;
        _ = LeaveAfterMainAsync(_task.Node.EndSignal());
        return Task.CompletedTask;
    }

    // A program that has failed leaves: children that do not react to their cancellation have the time of a close, and do not keep the error back for ever.
    private async Task<T> CallMainAsync(TaskContext task)
    {
        try
        {
            return await (main(task) ?? throw ReturnedTask.IsNull("The work of task", "Main")).ConfigureAwait(true);
        }
        catch (Exception error)
        {
            _failure = error is OperationCanceledException ? null : ExceptionDispatchInfo.Capture(error);
            Exit();
            throw;
        }
    }

    // A program that a signal has ended has not crashed: no stack trace, no core dump, and the exit code of the signal.
    private void EndQuietlyIfNobodyCatches(BackgroundTaskCanceledException canceled) =>
        AppDomain.CurrentDomain.UnhandledException += (_, e) =>
        {
            if (e.ExceptionObject == canceled)
            {
                Environment.Exit(ExitCode);
            }
        };

    // Waits for the end and not for the result, which is the caller's. No task of the app: reports would name it.
    private async Task LeaveAfterMainAsync(Task ended)
    {
        await new LoopWait(Tasks.Tree, ended);
        Exit();
    }
}
