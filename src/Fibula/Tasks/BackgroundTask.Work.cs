using System.Collections.ObjectModel;

namespace Fibula;

/// <content>How the work is started, watched and judged.</content>
public partial class BackgroundTask
{
    private ExecutionContext? _startContext;
    private bool _isOnPool;

    /// <summary>Starts the work: at once on the running loop's own thread, else when its turn comes.</summary>
    internal void Launch(bool onPool)
    {
        _isOnPool = onPool;
        ListenToCaller();
        UiLoop? loop = Tree.Loop;
        bool isRunning = loop is { IsRunning: true } && !Tree.IsHeld;
        if (isRunning && !onPool && loop!.CheckAccess())
        {
            RunFirstStep(loop.Context);
            return;
        }

        _startContext = ExecutionContext.Capture();
        if (isRunning && onPool)
        {
            StartOnPool();
        }
        else
        {
            Tree.DispatchInOrder(static task => ((BackgroundTask)task!).StartFromQueue(), this);
        }
    }

    /// <summary>Takes over a task that somebody else has started.</summary>
    internal void Adopt(Task foreign, Action? cancel)
    {
        _kin ??= new TaskKin();
        _kin.IsForeign = true;
        _kin.CancelCallback = cancel;
        _body = foreign;
        ListenToCaller();
        if (Begin())
        {
            if (IsTold)
            {
                SignalToken();
            }

            Watch(foreign);
        }
    }

    private protected virtual void TakeResult(Task body)
    {
    }

    private protected virtual Task CallBlocking(object work)
    {
        ((Action)work)();
        return Task.CompletedTask;
    }

    private void StartFromQueue()
    {
        if (Tree.Loop is { HasEnded: true })
        {
            Tell(Tree.NewReason("the UI loop", $"The UI loop has ended before '{Name}' began."));
            return;
        }

        if (_isOnPool)
        {
            StartOnPool();
            return;
        }

        if (_startContext is { } context)
        {
            ExecutionContext.Restore(context);
        }

        RunFirstStep(Tree.Loop?.Context);
    }

    private void StartOnPool() =>
        ThreadPool.UnsafeQueueUserWorkItem(
            static task =>
            {
                if (task._startContext is { } context)
                {
                    ExecutionContext.Restore(context);
                }

                task.RunFirstStep(context: null);
            },
            this,
            preferLocal: false);

    // Runs the work up to its first incomplete await, under our context and with the task as the ambient one,
    // and leaves the caller's contexts as they were.
    private void RunFirstStep(SynchronizationContext? context)
    {
        _startContext = null;
        if (!Begin())
        {
            return;
        }

        var caller = CallersContext.Take();
        Task? body;
        try
        {
            SynchronizationContext.SetSynchronizationContext(context);
            if (caller.IsFlowSuppressed)
            {
                ExecutionContext.Restore(CleanContext.Value);
            }

            AmbientTask.Current = Ambient;
            body = Call(_body!);
        }
        catch (Exception error)
        {
            body = Task.FromException(error);
        }
        finally
        {
            caller.PutBack();
        }

        Watch(body ?? Task.FromException(new InvalidOperationException(
            $"The work of task '{Name}' returned null instead of a task. Return Task.CompletedTask where there is nothing to await.")));
    }

    private Task? Call(object work) => work switch
    {
        Func<Task> plain => plain(),
        Func<TaskContext, Task> withContext => withContext(new TaskContext(this)),
        Func<CancellationToken, Task> withToken => withToken(Token),
        _ => CallBlocking(work),
    };

    private void Watch(Task body)
    {
        if (body.IsCompleted)
        {
            BodyEnded(body);
            return;
        }

        _body = body;
        body.ContinueWith(
            static (body, task) => ((BackgroundTask)task!).BodyEnded(body),
            this,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private void BodyEnded(Task body)
    {
        if (body.IsCompletedSuccessfully)
        {
            TakeResult(body);
            Settle(BackgroundTaskState.Succeeded, error: null);
        }
        else if (body.IsFaulted)
        {
            // Reading the exception marks it observed: it is ours to tell from here on.
            ReadOnlyCollection<Exception> all = body.Exception!.InnerExceptions;
            Exception error = all.Count == 1 ? all[0] : body.Exception;
            Judge(error is OperationCanceledException canceled ? canceled : null, error);
        }
        else
        {
            Judge(IsTold ? null : CancellationOf(body), error: null);
        }
    }

    // Told to cancel: any cancellation is the answer. Not told: it came from something the work called, which is an
    // error (an HTTP time-out), unless that was a task with an owner and a reason of its own.
    private void Judge(OperationCanceledException? cancellation, Exception? error)
    {
        bool isCancellation = cancellation is not null || error is null;
        if (isCancellation && IsTold)
        {
            Settle(BackgroundTaskState.Canceled, error: null);
        }
        else if (cancellation is BackgroundTaskCanceledException { Reason: var reason })
        {
            Volatile.Write(ref _reason, reason);
            Settle(BackgroundTaskState.Canceled, error: null);
        }
        else if (isCancellation && _kin is { IsForeign: true } && cancellation?.InnerException is not TimeoutException)
        {
            Volatile.Write(ref _reason, Tree.NewReason(Name, $"'{Name}' was canceled by its own code."));
            Settle(BackgroundTaskState.Canceled, error: null);
        }
        else
        {
            Settle(BackgroundTaskState.Faulted, error ?? cancellation);
        }
    }

    // A canceled Task shows its exception only by throwing it.
    private static OperationCanceledException CancellationOf(Task body)
    {
        try
        {
            body.GetAwaiter().GetResult();
            return new OperationCanceledException();
        }
        catch (OperationCanceledException error)
        {
            return error;
        }
    }

    private void ListenToCaller()
    {
        if (!_callersToken.CanBeCanceled)
        {
            return;
        }

        // Calls back inline when the token is already signaled; no lock is held here.
        CancellationTokenRegistration registration = _callersToken.UnsafeRegister(static task => ((BackgroundTask)task!).TellForCaller(), this);
        lock (Tree.Gate)
        {
            if (!IsCompleted)
            {
                _callersRegistration = registration;
                return;
            }
        }

        registration.Dispose();
    }

    private void TellForCaller() =>
        Tell(Tree.NewReason("the caller's token", $"'{Name}' was canceled by the caller's token."));

    private void SignalToken()
    {
        CancellationTokenSource? source;
        lock (Tree.Gate)
        {
            source = _tokenSource;
        }

        try
        {
            source?.Cancel();
            _kin?.CancelCallback?.Invoke();
        }
        catch (Exception error)
        {
            Exception only = error is AggregateException { InnerExceptions: [var inner] } ? inner : error;
            FaultRoute.Report(TaskFault.Of(this, only), _scope);
        }
    }
}
