using System.Collections.ObjectModel;

namespace Fibula;

/// <summary>Starts the work of a task, observes its end, and decides its outcome.</summary>
internal static class TaskRun
{
    /// <summary>Whether work that is started now begins immediately on the calling thread: on the UI thread of a running loop, after <c>Startup</c>,
    /// unless it is canceled already.</summary>
    public static bool CanBeginHere(ITaskNode task)
    {
        ref TaskNode node = ref task.Node;
        TreeContext tree = node.Scope.Context;
        return tree.Loop is { IsRunning: true } loop
            && !tree.IsHeld
            && loop.CheckAccess()
            && node.Extras is not { CallersToken.IsCancellationRequested: true };
    }

    /// <summary>The token of the work, made when it is first read.</summary>
    public static CancellationToken TokenOf(ITaskNode task)
    {
        TaskEffectRunner.ReceiveRequest(task);
        return task.Tree.TokenOf(task);
    }

    /// <summary>The progress of a task, created by the first report. After the task's end it ignores reports.</summary>
    public static ProgressState ProgressOf(ITaskNode task) => task.Node.Progress ?? task.Tree.ProgressOf(task);

    /// <summary>Starts the work on the calling thread. The tree has marked it as begun.</summary>
    /// <param name="task">The task.</param>
    /// <param name="context">The context of its first step: the loop's, or the calling thread's for a part of another task's work.</param>
    public static void LaunchHere(ITaskNode task, SynchronizationContext? context)
    {
        ListenToCaller(task);
        RunFirstStep(task, context, resumeInline: false);
    }

    /// <summary>Queues the work: to the loop, or to the pool once the loop runs.</summary>
    public static void LaunchLater(ITaskNode task, bool onPool)
    {
        ListenToCaller(task);
        var start = new QueuedStart(task, ExecutionContext.Capture(), onPool);
        if (onPool && task.Tree.Loop is { IsRunning: true } && !task.Tree.IsHeld)
        {
            start.HandToThePool();
        }
        else
        {
            task.Tree.DispatchInOrder(static start => ((QueuedStart)start!).Run(), start);
        }
    }

    /// <summary>Begins queued work.</summary>
    /// <param name="task">The task.</param>
    /// <param name="context">The context of its first step.</param>
    /// <param name="resumeInline">False inside a call by the program, in which no awaiter may resume.</param>
    public static void BeginFromQueue(ITaskNode task, SynchronizationContext? context, bool resumeInline)
    {
        if (task.Tree.Loop is { HasEnded: true })
        {
            TaskEffectRunner.EndUnbegun(task, task.Tree.NewReason("the UI loop", $"The UI loop ended before '{task.Node.Name}' began."));
            return;
        }

        TaskEffectRunner.ReceiveRequest(task);
        if (task.Tree.TryBegin(task, out bool hasEvents))
        {
            TaskEffectRunner.PostEvents(task, hasEvents);
            task.Observer?.OnBegun();
            RunFirstStep(task, context, resumeInline);
        }
    }

    /// <summary>Observes the end of a foreign task, after its admission.</summary>
    public static void WatchForeign(ITaskNode task, Task foreign)
    {
        ListenToCaller(task);
        BeginDeadline(task);
        Watch(task, foreign, resumeInline: false);
    }

    /// <summary>The deadline counts from the first step on. A deadline of zero is over before it.</summary>
    private static void BeginDeadline(ITaskNode task)
    {
        if (task.Node.Extras is not { Deadline: { } deadline } || deadline == Timeout.InfiniteTimeSpan)
        {
            return;
        }

        if (deadline == TimeSpan.Zero)
        {
            EndByDeadline(task);
            return;
        }

        ITimer timer = LongTimer.Create(task.Tree.TimeProvider, static task => EndByDeadline((ITaskNode)task!), task, deadline);
        if (!task.Tree.TryKeep(task, deadline: timer))
        {
            timer.Dispose();
        }
    }

    private static void EndByDeadline(ITaskNode task) =>
        TaskEffectRunner.RequestCancel(task, task.Tree.NewReason($"the deadline of '{task.Node.Name}'", $"'{task.Node.Name}' was not done within {Durations.Text(task.Node.Extras!.Deadline!.Value)}."));

    // Runs the work up to its first incomplete await, under the given context and with the task as the ambient task,
    // and restores the caller's contexts.
    private static void RunFirstStep(ITaskNode task, SynchronizationContext? context, bool resumeInline)
    {
        BeginDeadline(task);
        SynchronizationContext? callersContext = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        if (ExecutionContext.Capture() is { } callersExecution)
        {
            Watch(task, CallWithAmbient(task), resumeInline);
            ExecutionContext.Restore(callersExecution);
        }
        else
        {
            // The caller has suppressed the flow. The work must not inherit that, or its awaits would lose the ambient task.
            RunFirstStepWithoutFlow(task, resumeInline);
        }

        SynchronizationContext.SetSynchronizationContext(callersContext);
    }

    // A separate method, since the common path would allocate the closure too.
    private static void RunFirstStepWithoutFlow(ITaskNode task, bool resumeInline) =>
        ExecutionContext.Run(CleanContext.Value, _ => Watch(task, CallWithAmbient(task), resumeInline), null);

    // Never throws, so that its caller needs no finally.
    private static Task CallWithAmbient(ITaskNode task)
    {
        ref TaskNode node = ref task.Node;
        node.Scope.Context.AssertFree();
        try
        {
            AmbientTask.Flow(node.Ambient);
            return task.Call(node.Body!) ?? throw ReturnedTask.IsNull("The work of task", node.Name);
        }
        catch (Exception error)
        {
            return Task.FromException(error);
        }
    }

    private static void Watch(ITaskNode task, Task body, bool resumeInline)
    {
        ref TaskNode node = ref task.Node;
        node.Body = body;
        if (body.IsCompleted)
        {
            BodyEnded(task, resumeInline);
        }
        else
        {
            AmbientTask.OnCompleted(node.Ambient, body);
        }
    }

    public static void BodyEnded(ITaskNode task, bool resumeInline)
    {
        ref TaskNode node = ref task.Node;
        if (node.Scope.Tree.Requests.IsAny && !node.IsForeign)
        {
            TaskEffectRunner.ReceiveRequest(task);
        }

        var body = (Task)node.Body!;
        if (body.IsCompletedSuccessfully)
        {
            task.TakeResult(body);
            TaskEffectRunner.Settle(task, BackgroundTaskState.Succeeded, error: null, resumeInline);
        }
        else if (body.IsFaulted)
        {
            // Reading the exception marks it as observed: Fibula reports it from now on.
            ReadOnlyCollection<Exception> all = body.Exception!.InnerExceptions;
            Exception error = all.Count == 1 ? all[0] : body.Exception;
            Judge(task, error as OperationCanceledException, error, resumeInline);
        }
        else
        {
            Judge(task, node.IsCancelRequested ? null : CancellationOf(body), error: null, resumeInline);
        }
    }

    // After a request, any cancellation is the answer to it. Without a request, it came from a call of the work and is an error (an HTTP timeout), unless
    // that was an owned task with a reason of its own, or a signaled token of the work's own.
    private static void Judge(ITaskNode task, OperationCanceledException? cancellation, Exception? error, bool resumeInline)
    {
        bool isCancellation = cancellation is not null || error is null;
        CancelReason? reason = !isCancellation || task.Node.IsCancelRequested ? null : OwnReasonOf(task, cancellation);
        if (reason is not null)
        {
            // Against a concurrent request: the first reason stays.
            Interlocked.CompareExchange(ref task.Node.Reason, reason, null);
        }

        if (isCancellation && task.Node.IsCancelRequested)
        {
            TaskEffectRunner.Settle(task, BackgroundTaskState.Canceled, error: null, resumeInline);
        }
        else
        {
            TaskEffectRunner.Settle(task, BackgroundTaskState.Faulted, error ?? cancellation, resumeInline);
        }
    }

    // Null if the cancellation is an error.
    private static CancelReason? OwnReasonOf(ITaskNode task, OperationCanceledException? cancellation)
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
            return task.Tree.NewReason("a token of its own", $"'{task.Node.Name}' was stopped by a token of its own.", isOwnToken: true, token);
        }

        return task.Node.IsForeign ? task.Tree.NewReason(task.Node.Name, $"'{task.Node.Name}' was canceled by its own code.") : null;
    }

    private static bool IsCausedByTimeout(Exception? error)
    {
        while (error is not null and not TimeoutException)
        {
            error = error.InnerException;
        }

        return error is not null;
    }

    // A canceled Task exposes its exception only by throwing it.
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

    public static void ListenToCaller(ITaskNode task)
    {
        if (task.Node.Extras is not { CallersToken: { CanBeCanceled: true } token })
        {
            return;
        }

        // Calls back inline if the token is already signaled; no lock is held here.
        CancellationTokenRegistration registration = token.UnsafeRegister(static task => CancelForCaller((ITaskNode)task!), task);
        if (!task.Tree.TryKeep(task, caller: registration))
        {
            registration.Unregister();
        }
    }

    private static void CancelForCaller(ITaskNode task) => TaskEffectRunner.RequestCancel(
        task, task.Tree.NewReason("the caller's token", $"'{task.Node.Name}' was canceled by the caller's token.", token: task.Node.Extras!.CallersToken));
}
