using System.Runtime.ExceptionServices;

namespace Fibula;

/// <summary>An app that runs one asynchronous method, and exits when that has ended.</summary>
/// <remarks>Without an async method of its own: each would be compiled when the program starts, before the first task ends.</remarks>
internal abstract class MainApp : UiApp
{
    private protected static readonly TaskOptions Options = new() { Name = "Main" };

    private BackgroundTask? _task;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Throws the exception of the method. A canceled method may not have ended in time, or may not have begun.</summary>
    /// <returns>The task of the method, which has succeeded.</returns>
    public BackgroundTask ThrowUnlessSucceeded()
    {
        if (_task is { State: BackgroundTaskState.Succeeded or BackgroundTaskState.Faulted } ended)
        {
            ended.GetAwaiter().GetResult();
            return ended;
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
        _task = Begin();
        _task.Node.IsObserved = true;

        // For the end and not for the result, which is the caller's.
        new LoopWait(Tasks.Tree, _task.Node.EndSignal()).OnCompleted(Exit);
        return Task.CompletedTask;
    }

    /// <summary>Starts the method.</summary>
    private protected abstract BackgroundTask Begin();

    /// <summary>Calls the method. A program that has failed leaves: children that do not react to their cancellation have the time of a close, and do not
    /// keep the error back for ever.</summary>
    private protected TTask Call<TTask>(Func<TaskContext, TTask> main, TaskContext task)
        where TTask : Task
    {
        try
        {
            TTask running = main(task) ?? throw ReturnedTask.IsNull("The work of task", Options.Name!);
            InlineContext.OnCompleted(running, () => LeaveIfFailed(running));
            return running;
        }
        catch (Exception error)
        {
            Leave(error);
            throw;
        }
    }

    private void LeaveIfFailed(Task ended)
    {
        if (!ended.IsCompletedSuccessfully)
        {
            Leave(ended.Exception?.InnerException);
        }
    }

    private void Leave(Exception? error)
    {
        _failure = error is null or OperationCanceledException ? null : ExceptionDispatchInfo.Capture(error);
        Exit();
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
}
