using System.Runtime.CompilerServices;

namespace Fibula;

/// <summary>The awaiters of a task, a part of its handle. The first one that resumes on the loop costs no allocation; the others share a signal.</summary>
internal struct TaskAwaiters
{
    // Stands for the end of the task: later awaiters do not wait.
    private static readonly Signal Ended = Signal.Set();

    // Null without an awaiter, the continuation of a single awaiter on the loop, or a signal for several, which carries that continuation.
    private object? _waiting;

    /// <summary>Completes at the end, never with an error.</summary>
    public Task EndSignal()
    {
        Signal? made = null;
        while (true)
        {
            object? waiting = Volatile.Read(ref _waiting);
            if (waiting is Signal signal)
            {
                return signal.Task;
            }

            made ??= new Signal();
            made.First = (Action?)waiting;
            if (Interlocked.CompareExchange(ref _waiting, made, waiting) == waiting)
            {
                return made.Task;
            }
        }
    }

    /// <summary>Registers the first awaiter that resumes on the loop, which costs no allocation.</summary>
    /// <returns>False where somebody awaits already, or the task has ended.</returns>
    public bool TryAdd(Action continuation) =>

        // Against Resume, which leaves its mark there: exactly one of the two finds the other's.
        Interlocked.CompareExchange(ref _waiting, continuation, null) is null;

    /// <summary>Resumes the awaiters after the task's end.</summary>
    /// <param name="tree">The tree of the task.</param>
    /// <param name="inline">True to run continuations inside this call, as a plain <see cref="Task"/> does when its work ends. False inside a call that cancels
    /// the task, in which no awaiter may run.</param>
    public void Resume(TreeContext tree, bool inline)
    {
        object? waiting = Interlocked.Exchange(ref _waiting, Ended);
        var signal = waiting as Signal;
        if ((signal is null ? waiting as Action : signal.First) is { } continuation)
        {
            ResumeOnLoop(tree.Loop!, continuation, inline);
        }

        if (signal is null)
        {
            return;
        }

        if (inline)
        {
            signal.SetResult();
        }
        else if (tree.Loop?.CheckAccess() == true)
        {
            tree.Dispatch(static signal => ((Signal)signal!).SetResult(), signal);
        }
        else
        {
            // Not through the loop, whose thread may be waiting for this very end.
            ThreadPool.UnsafeQueueUserWorkItem(static signal => signal.SetResult(), signal, preferLocal: false);
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

    private sealed class Signal : TaskCompletionSource
    {
        public Action? First { get; set; }

        public static Signal Set()
        {
            var signal = new Signal();
            signal.SetResult();
            return signal;
        }
    }
}
