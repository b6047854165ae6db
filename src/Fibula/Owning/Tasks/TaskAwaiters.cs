using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Fibula;

/// <summary>Who awaits a task, a part of its handle: the first that resumes on the loop, at no cost, and a signal for all others.</summary>
internal struct TaskAwaiters
{
    // What stands in the place of an awaiter, or of the signal, once the end has been told.
    private static readonly Action NoMoreAwaiters = static () => { };
    private static readonly TaskCompletionSource NoMoreWaits = new();

    private Action? _continuation;
    private TaskCompletionSource? _ended;

    /// <summary>Completes at the end, never with an error. Null once that has been told.</summary>
    public Task? EndSignal()
    {
        TaskCompletionSource ended = Volatile.Read(ref _ended) ?? new TaskCompletionSource();
        ended = Interlocked.CompareExchange(ref _ended, ended, null) ?? ended;
        return ended == NoMoreWaits ? null : ended.Task;
    }

    /// <summary>An <c>await</c> begins. It observes the task unless it is refused, since then nobody gets the error that way.</summary>
    /// <returns>True if there is nothing to wait for: the task has ended.</returns>
    /// <exception cref="InvalidOperationException">The calling task would wait for itself.</exception>
    public static bool BeginWait(BackgroundTask task)
    {
        bool hasEnded = task.IsCompleted;
        if (!hasEnded)
        {
            WaitCycle.NoteWait(task);
        }

        task.MarkObserved();
        return hasEnded;
    }

    /// <summary>Registers an awaiter. The usual one, on the loop, costs no allocation.</summary>
    public void OnEnd(BackgroundTask task, Action continuation, bool continueOnCapturedContext)
    {
        ArgumentNullException.ThrowIfNull(continuation);
        task.MarkObserved();
        if (continueOnCapturedContext && task.Tree.Loop is { } loop && SynchronizationContext.Current == loop.Context)
        {
            // Against Resume, which leaves its mark there: exactly one of the two finds the other's.
            if (Interlocked.CompareExchange(ref _continuation, continuation, null) is null)
            {
                return;
            }
        }

        Task ended = task.EndSignal() ?? Task.CompletedTask;
        ended.ConfigureAwait(continueOnCapturedContext).GetAwaiter().UnsafeOnCompleted(continuation);
    }

    /// <summary>As <see cref="OnEnd"/>, for callers by hand who want their flow. The compiler's builders bring it themselves.</summary>
    public static void OnEndWithFlow(BackgroundTask task, Action continuation, bool continueOnCapturedContext)
    {
        ArgumentNullException.ThrowIfNull(continuation);
        task.MarkObserved();
        Task ended = task.EndSignal() ?? Task.CompletedTask;
        ended.ConfigureAwait(continueOnCapturedContext).GetAwaiter().OnCompleted(continuation);
    }

    /// <summary>An <c>await</c> ends.</summary>
    /// <exception cref="InvalidOperationException">The task has not ended.</exception>
    public static void ThrowIfNotSucceeded(BackgroundTask task)
    {
        if (!task.IsCompleted)
        {
            throw new InvalidOperationException(
                $"Task '{task.Name}' has not ended, and waiting for it here would block the thread it may need. Use 'await' instead of GetResult().");
        }

        task.MarkObserved();

        // An await that finds the task ended goes on at once, before the turn that would show what still waits.
        task.FlushProgress();
        if (task.Node.State != BackgroundTaskState.Succeeded)
        {
            ExceptionDispatchInfo.Throw(task.Error!);
        }
    }

    /// <summary>After the end: whoever awaits the task goes on.</summary>
    /// <param name="tree">The tree of the task.</param>
    /// <param name="inline">Here and now where the work has just ended, as with a plain <see cref="Task"/>. Not where somebody called
    /// <see cref="BackgroundTask.Cancel"/>: no awaiter of the task should run in the middle of that call.</param>
    public void Resume(TaskTree tree, bool inline)
    {
        if (Interlocked.Exchange(ref _continuation, NoMoreAwaiters) is { } continuation)
        {
            ResumeOnLoop(tree.Loop!, continuation, inline);
        }

        if (Interlocked.Exchange(ref _ended, NoMoreWaits) is not { } ended)
        {
            return;
        }

        if (inline)
        {
            ended.SetResult();
        }
        else if (tree.Loop?.CheckAccess() == true)
        {
            tree.Dispatch(static ended => ((TaskCompletionSource)ended!).SetResult(), ended);
        }
        else
        {
            // Not through the loop, whose thread may be waiting for this very end.
            ThreadPool.UnsafeQueueUserWorkItem(static ended => ended.SetResult(), ended, preferLocal: false);
        }
    }

    private static void ResumeOnLoop(UiLoop loop, Action continuation, bool inline)
    {
        if (inline
            && SynchronizationContext.Current == loop.Context
            && loop.CheckAccess()
            && RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            loop.Guard(continuation);
        }
        else
        {
            loop.Resume(static continuation => ((Action)continuation!)(), continuation);
        }
    }
}
