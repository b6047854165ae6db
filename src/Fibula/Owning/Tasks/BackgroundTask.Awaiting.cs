using System.Runtime.CompilerServices;
using System.Text;

namespace Fibula;

/// <content>What awaiting a handle means.</content>
public partial class BackgroundTask
{
    // What stands in the place of an awaiter, or of the signal, once the end has been told.
    private static readonly Action NoMoreAwaiters = static () => { };
    private static readonly TaskCompletionSource NoMoreWaits = new();

    /// <summary>For the structs that <c>await</c> uses, which a program may also make by <c>default</c>.</summary>
    internal static InvalidOperationException NoTask() =>
        new("This value was made by 'default' and belongs to no task. Take it from a BackgroundTask or a TaskContext.");

    /// <summary>Completes at the end, never with an error. Null once the task has ended.</summary>
    internal Task? EndSignal()
    {
        if (IsCompleted)
        {
            return null;
        }

        TaskCompletionSource ended = Volatile.Read(ref _ended) ?? new TaskCompletionSource();
        ended = Interlocked.CompareExchange(ref _ended, ended, null) ?? ended;
        return ended == NoMoreWaits ? null : ended.Task;
    }

    /// <summary>Registers an awaiter. The usual one, on the loop, costs no allocation.</summary>
    internal void OnEnd(Action continuation, bool continueOnCapturedContext)
    {
        ArgumentNullException.ThrowIfNull(continuation);
        MarkObserved();
        if (continueOnCapturedContext && Tree.Loop is { } loop && SynchronizationContext.Current == loop.Context)
        {
            // Against ResumeAwaiters, which leaves its mark there: exactly one of the two finds the other's.
            if (Interlocked.CompareExchange(ref _continuation, continuation, null) is null)
            {
                return;
            }
        }

        Task ended = EndSignal() ?? Task.CompletedTask;
        ended.ConfigureAwait(continueOnCapturedContext).GetAwaiter().UnsafeOnCompleted(continuation);
    }

    /// <summary>As <see cref="OnEnd"/>, for callers by hand who want their flow. The compiler's builders bring it themselves.</summary>
    internal void OnEndWithFlow(Action continuation, bool continueOnCapturedContext)
    {
        ArgumentNullException.ThrowIfNull(continuation);
        MarkObserved();
        Task ended = EndSignal() ?? Task.CompletedTask;
        ended.ConfigureAwait(continueOnCapturedContext).GetAwaiter().OnCompleted(continuation);
    }

    /// <summary>An <c>await</c> begins. It observes the task unless it is refused, since then nobody gets the error that way.</summary>
    /// <returns>True if there is nothing to wait for: the task has ended.</returns>
    /// <exception cref="InvalidOperationException">The calling task would wait for itself.</exception>
    internal bool BeginWait()
    {
        bool hasEnded = IsCompleted;
        if (!hasEnded)
        {
            NoteWait();
        }

        MarkObserved();
        return hasEnded;
    }

    internal void ThrowIfNotSucceeded()
    {
        if (!IsCompleted)
        {
            throw new InvalidOperationException(
                $"Task '{Name}' has not ended, and waiting for it here would block the thread it may need. Use 'await' instead of GetResult().");
        }

        MarkObserved();

        // An await that finds the task ended goes on at once, before the turn that would show what still waits.
        FlushProgress();
        if (_state != BackgroundTaskState.Succeeded)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(Error!);
        }
    }

    /// <summary>Its observer, while it waits to begin.</summary>
    internal ITaskObserver? QueuedObserver => _state == BackgroundTaskState.Queued ? Observer : null;

    /// <summary>The task that it awaits.</summary>
    internal BackgroundTask? Awaited => (WaitsFor as AmbientTask)?.Task;

    /// <summary>Whether a task is this one or an ancestor of it, and so ends after it.</summary>
    internal bool IsWithin(BackgroundTask task)
    {
        // Ancestors have fewer ancestors: the usual question, about a child, looks no further than that.
        BackgroundTask? ancestor = this;
        while (ancestor is not null && ancestor.Depth > task.Depth)
        {
            ancestor = ancestor.Parent;
        }

        return ancestor == task;
    }

    // The calling task is about to wait for this one: remember it, and refuse a wait that can never end.
    private void NoteWait()
    {
        BackgroundTask? waiter = AmbientTask.CurrentTask;
        if (waiter is null)
        {
            return;
        }

        if (waiter.IsWithin(this))
        {
            throw new InvalidOperationException(CycleMessage(waiter, this, $"awaits '{Name}', which cannot end before it"));
        }

        if (QueuedObserver is not null || Awaited is not null)
        {
            var cycle = new QueueCycle(waiter);
            if (cycle.Has(this))
            {
                throw new InvalidOperationException(QueueMessage(waiter, cycle));
            }
        }

        // Whoever sees the waiter sees what it waits for: nobody else's user.
        if (waiter.Tree == Tree || Tree.Loop is not { ServesAUser: true })
        {
            waiter.WaitsFor = _ambient;
        }
    }

    private string QueueMessage(BackgroundTask waiter, QueueCycle cycle)
    {
        string through = cycle.Queued == this ? "which" : $"which waits for '{cycle.Queued!.Name}', which";
        string behind = cycle.Holder == waiter ? "it" : $"'{cycle.Holder!.Name}'";
        string wait = $"awaits '{Name}', {through} is queued behind {behind}";
        return waiter.IsWithin(cycle.Holder!)
            ? CycleMessage(waiter, cycle.Holder!, wait)
            : $"Task '{waiter.Name}' {wait}, which waits for it: a cycle. Await it from outside, or return instead of awaiting.";
    }

    // The path leads from the waiter to an ancestor, as far as none of them has ended meanwhile.
    private static string CycleMessage(BackgroundTask waiter, BackgroundTask end, string wait)
    {
        const int MostNames = 8;
        var path = new StringBuilder($"'{waiter.Name}'");
        int names = 0;
        for (BackgroundTask ancestor = waiter; ancestor != end && ancestor.Parent is { } parent; ancestor = parent)
        {
            names++;
            if (names <= MostNames || parent == end)
            {
                path.Append(names > MostNames ? ", …" : string.Empty).Append($", a child of '{parent.Name}'");
            }
        }

        string comma = waiter == end ? string.Empty : ",";
        return $"Task {path}{comma} {wait}: a cycle. Await it from outside, or return instead of awaiting.";
    }

    /// <summary>After the end: whoever awaits the task goes on.</summary>
    /// <param name="inline">Here and now where the work has just ended, as with a plain <see cref="Task"/>. Not where somebody called <see cref="Cancel"/>: no
    /// awaiter of the task should run in the middle of that call.</param>
    internal void ResumeAwaiters(bool inline)
    {
        if (Interlocked.Exchange(ref _continuation, NoMoreAwaiters) is { } continuation)
        {
            ResumeOnLoop(continuation, inline);
        }

        if (Interlocked.Exchange(ref _ended, NoMoreWaits) is not { } ended)
        {
            return;
        }

        if (inline)
        {
            ended.SetResult();
        }
        else if (Tree.Loop?.CheckAccess() == true)
        {
            Tree.Dispatch(static ended => ((TaskCompletionSource)ended!).SetResult(), ended);
        }
        else
        {
            // Not through the loop, whose thread may be waiting for this very end.
            ThreadPool.UnsafeQueueUserWorkItem(static ended => ended.SetResult(), ended, preferLocal: false);
        }
    }

    private void ResumeOnLoop(Action continuation, bool inline)
    {
        UiLoop loop = Tree.Loop!;
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
