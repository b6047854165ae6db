using System.Runtime.ExceptionServices;

namespace Fibula;

/// <summary>Implements <c>await</c> for handles.</summary>
internal static class TaskAwait
{
    /// <summary>Checks the structs that <c>await</c> uses, which a program may also create by <c>default</c>.</summary>
    /// <exception cref="InvalidOperationException">There is no task.</exception>
    public static T NotNull<T>(T? task)
        where T : class =>
        task ?? throw new InvalidOperationException("This value was made by 'default' and belongs to no task. Take it from a BackgroundTask or a TaskContext.");

    /// <summary>Begins an <c>await</c>, which observes the task unless the wait is refused.</summary>
    /// <returns>True if the task has ended.</returns>
    /// <exception cref="InvalidOperationException">The calling task would wait for itself.</exception>
    public static bool Begin(ITaskNode task)
    {
        ref TaskNode node = ref task.Node;
        bool hasEnded = node.IsCompleted;
        if (!hasEnded)
        {
            WaitCycle.NoteWait(task);
        }

        node.IsObserved = true;
        return hasEnded;
    }

    /// <summary>Registers an awaiter. The first one on the loop costs no allocation.</summary>
    public static void OnEnd(ITaskNode task, Action continuation, bool continueOnCapturedContext)
    {
        ArgumentNullException.ThrowIfNull(continuation);
        ref TaskNode node = ref task.Node;
        node.IsObserved = true;
        bool isOnLoop = continueOnCapturedContext && node.Scope.Context.Loop is { } loop && SynchronizationContext.Current == loop.Context;
        if (!isOnLoop || !node.Awaiters.TryAdd(continuation))
        {
            node.EndSignal().ConfigureAwait(continueOnCapturedContext).GetAwaiter().UnsafeOnCompleted(continuation);
        }
    }

    /// <summary>Registers an awaiter with the caller's execution context, for code that calls the awaiter directly. The compiler's builders restore it themselves.</summary>
    public static void OnEndWithFlow(ITaskNode task, Action continuation, bool continueOnCapturedContext)
    {
        ArgumentNullException.ThrowIfNull(continuation);
        ref TaskNode node = ref task.Node;
        node.IsObserved = true;
        node.EndSignal().ConfigureAwait(continueOnCapturedContext).GetAwaiter().OnCompleted(continuation);
    }

    /// <summary>Ends an <c>await</c>.</summary>
    /// <exception cref="InvalidOperationException">The task has not ended.</exception>
    public static void ThrowIfNotSucceeded(ITaskNode task)
    {
        ref TaskNode node = ref task.Node;
        if (!node.IsCompleted)
        {
            throw new InvalidOperationException(
                $"Task '{node.Name}' has not ended, and waiting for it here would block the thread it may need. Use 'await' instead of GetResult().");
        }

        node.IsObserved = true;

        // An await of an ended task continues immediately, before the turn that would deliver waiting progress.
        node.Progress?.Flush();
        if (node.State != BackgroundTaskState.Succeeded)
        {
            ExceptionDispatchInfo.Throw(node.ErrorForAwaiters!);
        }
    }
}
