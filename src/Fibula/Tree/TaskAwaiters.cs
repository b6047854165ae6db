using System.Runtime.CompilerServices;

namespace Fibula;

/// <summary>Who awaits a task, a part of its handle: the first that resumes on the loop, at no cost, and a signal for all others.</summary>
internal struct TaskAwaiters
{
    // What stands in the place of an awaiter, or of the signal, once the end has been told.
    private static readonly Action NoMoreAwaiters = static () => { };
    private static readonly TaskCompletionSource NoMoreWaits = new();

    private Action? _continuation;
    private TaskCompletionSource? _ended;

    /// <summary>Completes at the end, never with an error.</summary>
    public Task EndSignal()
    {
        TaskCompletionSource ended = Volatile.Read(ref _ended) ?? new TaskCompletionSource();
        ended = Interlocked.CompareExchange(ref _ended, ended, null) ?? ended;
        return ended == NoMoreWaits ? Task.CompletedTask : ended.Task;
    }

    /// <summary>Registers the first awaiter that resumes on the loop, which costs no allocation.</summary>
    /// <returns>False where there is one, or the end has been told.</returns>
    public bool TryAdd(Action continuation) =>

        // Against Resume, which leaves its mark there: exactly one of the two finds the other's.
        Interlocked.CompareExchange(ref _continuation, continuation, null) is null;

    /// <summary>After the end: whoever awaits the task goes on.</summary>
    /// <param name="tree">The tree of the task.</param>
    /// <param name="inline">Here and now where the work has just ended, as with a plain <see cref="Task"/>. Not where somebody canceled the task: no awaiter of
    /// it should run in the middle of that call.</param>
    public void Resume(TreeContext tree, bool inline)
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
