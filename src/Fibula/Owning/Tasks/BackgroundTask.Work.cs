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
        RunFirstStep(Tree.Loop!.Context, resumeInline: false);
    }

    /// <summary>Starts a part of its parent's work here and now, on the calling thread and under its context.</summary>
    internal void LaunchAsPart()
    {
        ListenToCaller();
        RunFirstStep(SynchronizationContext.Current, resumeInline: false);
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
    /// <param name="context">The context of its first step.</param>
    /// <param name="resumeInline">False inside a call of the program's, in which nobody's await may resume.</param>
    internal void BeginFromQueue(SynchronizationContext? context, bool resumeInline)
    {
        if (Tree.Loop is { HasEnded: true })
        {
            TaskEffectRunner.EndUnbegun(this, Tree.NewReason("the UI loop", $"The UI loop ended before '{Name}' began."));
            return;
        }

        ReceiveRequest();
        if (Tree.TryBegin(this, out bool hasEvents))
        {
            PostEvents(hasEvents);
            Observer?.OnBegun();
            RunFirstStep(context, resumeInline);
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
        Watch(foreign, resumeInline: false);
    }

    // Stands for a task that its caller has dropped. There may be many, so that this takes no TaskRelations.
    private bool IsForgotten => _site.IsDropped;

    private bool IsForeign => IsForgotten || _relations is { IsForeign: true };

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
    private void RunFirstStep(SynchronizationContext? context, bool resumeInline)
    {
        Tree.AssertFree();
        BeginDeadline();
        SynchronizationContext? callersContext = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        if (ExecutionContext.Capture() is { } callersExecution)
        {
            Watch(CallWithAmbient(), resumeInline);
            ExecutionContext.Restore(callersExecution);
        }
        else
        {
            // Flow is suppressed here. The work must not inherit that, or its awaits would lose the ambient task.
            RunFirstStepWithoutFlow(resumeInline);
        }

        SynchronizationContext.SetSynchronizationContext(callersContext);
    }

    // Apart from the usual way, which would make the closure too.
    private void RunFirstStepWithoutFlow(bool resumeInline) =>
        ExecutionContext.Run(CleanContext.Value, _ => Watch(CallWithAmbient(), resumeInline), null);

    // Never throws, so that its caller needs no finally.
    private Task CallWithAmbient()
    {
        try
        {
            AmbientTask.Flow(_ambient);
            return Call(_body!) ?? throw ReturnedTask.IsNull("The work of task", Name);
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

    private void Watch(Task body, bool resumeInline)
    {
        _body = body;
        if (body.IsCompleted)
        {
            BodyEnded(resumeInline);
            return;
        }

        InlineContext.OnCompleted(body, BodyEndedLater);
    }

    private void BodyEndedLater() => BodyEnded(resumeInline: true);

    private void BodyEnded(bool resumeInline)
    {
        if (!IsForeign)
        {
            ReceiveRequest();
        }

        var body = (Task)_body!;
        if (body.IsCompletedSuccessfully)
        {
            TakeResult(body);
            TaskEffectRunner.Settle(this, BackgroundTaskState.Succeeded, error: null, resumeInline);
        }
        else if (body.IsFaulted)
        {
            // Reading the exception marks it observed: it is ours to tell from here on.
            ReadOnlyCollection<Exception> all = body.Exception!.InnerExceptions;
            Exception error = all.Count == 1 ? all[0] : body.Exception;
            Judge(error as OperationCanceledException, error, resumeInline);
        }
        else
        {
            Judge(IsTold ? null : CancellationOf(body), error: null, resumeInline);
        }
    }

    // Asked to cancel: any cancellation is the answer. Not asked: it came from something the work called, which is an error (an HTTP time-out), unless
    // that was a task with an owner and a reason of its own, or a token of the work's own that is signaled.
    private void Judge(OperationCanceledException? cancellation, Exception? error, bool resumeInline)
    {
        bool isCancellation = cancellation is not null || error is null;
        CancelReason? reason = !isCancellation || IsTold ? null : OwnReasonOf(cancellation);
        if (reason is not null)
        {
            // Against a request that comes at this moment: the first reason stays.
            Interlocked.CompareExchange(ref _reason, reason, null);
        }

        if (isCancellation && IsTold)
        {
            TaskEffectRunner.Settle(this, BackgroundTaskState.Canceled, error: null, resumeInline);
        }
        else
        {
            TaskEffectRunner.Settle(this, BackgroundTaskState.Faulted, error ?? cancellation, resumeInline);
        }
    }

    // Null where the cancellation is an error.
    private CancelReason? OwnReasonOf(OperationCanceledException? cancellation)
    {
        if (cancellation is BackgroundTaskCanceledException { Reason: var reason })
        {
            return reason;
        }

        if (IsCausedByTimeout(cancellation))
        {
            return null;
        }

        if (cancellation is { CancellationToken: { IsCancellationRequested: true } token })
        {
            return Tree.NewReason("a token of its own", $"'{Name}' was stopped by a token of its own.", isOwnToken: true, token);
        }

        return IsForeign ? Tree.NewReason(Name, $"'{Name}' was canceled by its own code.") : null;
    }

    private static bool IsCausedByTimeout(Exception? error)
    {
        while (error is not null and not TimeoutException)
        {
            error = error.InnerException;
        }

        return error is not null;
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
        if (_relations is not { CallersToken: { CanBeCanceled: true } token })
        {
            return;
        }

        // Calls back inline when the token is already signaled; no lock is held here.
        CancellationTokenRegistration registration = token.UnsafeRegister(static task => ((BackgroundTask)task!).TellForCaller(), this);
        if (!Tree.TryKeep(this, caller: registration))
        {
            registration.Unregister();
        }
    }

    private void TellForCaller() =>
        Tell(Tree.NewReason("the caller's token", $"'{Name}' was canceled by the caller's token.", token: _relations!.CallersToken));
}
