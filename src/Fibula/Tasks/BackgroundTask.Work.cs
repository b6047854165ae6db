using System.Collections.ObjectModel;

namespace Fibula;

/// <content>How the work is started, watched and judged.</content>
public partial class BackgroundTask
{
    /// <summary>Whether work started now, on the calling thread, begins at once: on the running loop's own thread, after <c>Startup</c>,
    /// and not told to cancel before it began.</summary>
    internal bool CanBeginHere =>
        Tree.Loop is { IsRunning: true } loop && !Tree.IsHeld && loop.CheckAccess() && _relations is not { CallersToken.IsCancellationRequested: true };

    /// <summary>Starts the work here and now. The scope has marked it as begun.</summary>
    internal void LaunchHere()
    {
        ListenToCaller();
        RunFirstStep(Tree.Loop!.Context);
    }

    /// <summary>Starts a part of its parent's work here and now, on the calling thread and under its context.</summary>
    internal void LaunchAsPart()
    {
        ListenToCaller();
        RunFirstStep(SynchronizationContext.Current);
    }

    /// <summary>Queues the work: for its turn on the loop, or for the pool, which waits for the loop to run.</summary>
    internal void LaunchLater(bool onPool)
    {
        ListenToCaller();
        var start = new QueuedStart(this, ExecutionContext.Capture(), onPool);
        if (onPool && Tree.Loop is { IsRunning: true } && !Tree.IsHeld)
        {
            start.HandToThePool();
        }
        else
        {
            Tree.DispatchInOrder(static start => ((QueuedStart)start!).Run(), start);
        }
    }

    /// <summary>The turn of queued work has come.</summary>
    internal void BeginFromQueue(SynchronizationContext? context)
    {
        if (Tree.Loop is { HasEnded: true })
        {
            NeverBegin(Tree.NewReason("the UI loop", $"The UI loop ended before '{Name}' began."));
        }
        else if (Begin())
        {
            RunFirstStep(context);
        }
    }

    /// <summary>Stands for a task that somebody else has started. Before a scope takes it in: from then on it may be told to cancel.</summary>
    internal void Adopt(Action? cancel)
    {
        _relations ??= new TaskRelations();
        _relations.IsForeign = true;
        _relations.CancelCallback = cancel;
    }

    /// <summary>After a scope has taken it in.</summary>
    internal void WatchForeign(Task foreign)
    {
        ListenToCaller();
        BeginDeadline();
        Watch(foreign);
    }

    private protected virtual void TakeResult(Task body)
    {
    }

    private protected virtual Task CallBlocking(object work)
    {
        if (work is Action<TaskContext> withContext)
        {
            withContext(new TaskContext(this));
        }
        else
        {
            ((Action)work)();
        }

        return Task.CompletedTask;
    }

    // Runs the work up to its first incomplete await, under our context and with the task as the ambient one,
    // and leaves the caller's contexts as they were.
    private void RunFirstStep(SynchronizationContext? context)
    {
        BeginDeadline();
        SynchronizationContext? callersContext = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        if (ExecutionContext.Capture() is { } callersExecution)
        {
            Watch(CallWithAmbient());
            ExecutionContext.Restore(callersExecution);
        }
        else
        {
            // Flow is suppressed here. The work must not inherit that, or its awaits would lose the ambient task.
            ExecutionContext.Run(CleanContext.Value, static task => ((BackgroundTask)task!).Watch(((BackgroundTask)task).CallWithAmbient()), this);
        }

        SynchronizationContext.SetSynchronizationContext(callersContext);
    }

    // Never throws, so that its caller needs no finally.
    private Task CallWithAmbient()
    {
        try
        {
            AmbientTask.Current = _ambient;
            return Call(_body!) ?? Task.FromException(new InvalidOperationException(
                $"The work of task '{Name}' returned null instead of a task. Return Task.CompletedTask where there is nothing to await."));
        }
        catch (Exception error)
        {
            return Task.FromException(error);
        }
    }

    private Task? Call(object work) => work switch
    {
        Func<Task> plain => plain(),
        Func<TaskContext, Task> withContext => withContext(new TaskContext(this)),
        Func<CancellationToken, Task> withToken => withToken(Token),
        Func<TaskGroup, Task> asGroup => asGroup(new TaskGroup(this)),
        _ => CallBlocking(work),
    };

    private void Watch(Task body)
    {
        _body = body;
        if (body.IsCompleted)
        {
            BodyEnded();
            return;
        }

        SynchronizationContext? context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(InlineContext.Instance);
        body.ConfigureAwait(true).GetAwaiter().UnsafeOnCompleted(BodyEnded);
        SynchronizationContext.SetSynchronizationContext(context);
    }

    private void BodyEnded()
    {
        var body = (Task)_body!;
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
            Judge(error as OperationCanceledException, error);
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
        else if (isCancellation && _relations is { IsForeign: true } && cancellation?.InnerException is not TimeoutException)
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

    internal void ListenToCaller()
    {
        if (_relations is not { CallersToken: { CanBeCanceled: true } token } relations)
        {
            return;
        }

        // Calls back inline when the token is already signaled; no lock is held here.
        CancellationTokenRegistration registration = token.UnsafeRegister(static task => ((BackgroundTask)task!).TellForCaller(), this);
        lock (Tree.Gate)
        {
            if (!IsCompleted)
            {
                relations.CallersRegistration = registration;
                return;
            }
        }

        registration.Unregister();
    }

    private void TellForCaller() =>
        Tell(Tree.NewReason("the caller's token", $"'{Name}' was canceled by the caller's token."));

    private void Signal(CancellationTokenSource? source, Action? callback)
    {
        try
        {
            source?.Cancel();
            callback?.Invoke();
        }
        catch (Exception error)
        {
            Exception only = error is AggregateException { InnerExceptions: [var inner] } ? inner : error;
            FaultRoute.Report(TaskFault.Of(this, only), _scope);
        }
    }
}
