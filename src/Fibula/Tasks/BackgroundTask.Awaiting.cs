using System.Runtime.CompilerServices;
using System.Text;

namespace Fibula;

/// <content>What awaiting a handle means.</content>
public partial class BackgroundTask
{
    private static readonly Action NoMoreAwaiters = static () => { };

    /// <summary>Completes at the end, never with an error. Null once the task has ended.</summary>
    internal Task? EndSignal()
    {
        lock (Tree.Gate)
        {
            return IsCompleted ? null : (_ended ??= new TaskCompletionSource()).Task;
        }
    }

    /// <summary>Registers an awaiter. The usual one, on the loop, costs no allocation.</summary>
    internal void OnEnd(Action continuation, bool continueOnCapturedContext)
    {
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
        Task ended = EndSignal() ?? Task.CompletedTask;
        ended.ConfigureAwait(continueOnCapturedContext).GetAwaiter().OnCompleted(continuation);
    }

    /// <summary>The calling task is about to wait for this one: remember it, and refuse a wait that can never end.</summary>
    /// <exception cref="InvalidOperationException">The calling task would wait for itself.</exception>
    internal void BeginWait()
    {
        BackgroundTask? waiter = AmbientTask.CurrentTask;
        if (waiter is null)
        {
            return;
        }

        // A task ends after its children, so waiting for an ancestor is waiting for oneself. Ancestors have fewer ancestors: the usual await, of a
        // child, looks no further than that.
        BackgroundTask? ancestor = waiter;
        while (ancestor is not null && ancestor.Depth > Depth)
        {
            ancestor = ancestor.Parent;
        }

        if (ancestor == this)
        {
            throw new InvalidOperationException(CycleMessage(waiter));
        }

        // Whoever sees the waiter sees what it waits for: nobody else's user.
        if (waiter.Tree == Tree || Tree.Loop is not { ServesOneUser: true })
        {
            waiter.WaitsFor = _ambient;
        }
    }

    internal void ThrowIfNotSucceeded()
    {
        if (!IsCompleted)
        {
            throw new InvalidOperationException(
                $"Task '{Name}' has not ended, and waiting for it here would block the thread it may need. Use 'await' instead of GetResult().");
        }

        // An await that finds the task ended goes on at once, before the turn that would show what still waits.
        FlushProgress();
        if (_state != BackgroundTaskState.Succeeded)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(Error!);
        }
    }

    private string CycleMessage(BackgroundTask waiter)
    {
        const int MostNames = 8;
        var path = new StringBuilder($"'{waiter.Name}'");
        int names = 0;
        for (BackgroundTask ancestor = waiter; ancestor != this; ancestor = ancestor.Parent!)
        {
            names++;
            if (names <= MostNames || ancestor.Parent == this)
            {
                path.Append(names > MostNames ? ", …" : string.Empty).Append($", a child of '{ancestor.Parent!.Name}'");
            }
        }

        string comma = waiter == this ? string.Empty : ",";
        return $"Task {path}{comma} awaits '{Name}', which cannot end before it: a cycle. Await it from outside, or return instead of awaiting.";
    }

    // Inline where the work has just ended, as a plain Task does. Not inline where somebody called Cancel: no awaiter of
    // the task should run in the middle of that call. After the gate, and after the end: nobody adds to these any more.
    private void ResumeAwaiters(bool inline)
    {
        if (Interlocked.Exchange(ref _continuation, NoMoreAwaiters) is { } continuation)
        {
            ResumeOnLoop(continuation, inline);
        }

        if (_ended is null)
        {
            return;
        }

        if (inline)
        {
            _ended.SetResult();
        }
        else if (Tree.Loop?.CheckAccess() == true)
        {
            Tree.Dispatch(static ended => ((TaskCompletionSource)ended!).SetResult(), _ended);
        }
        else
        {
            // Not through the loop, whose thread may be waiting for this very end.
            ThreadPool.UnsafeQueueUserWorkItem(static ended => ended.SetResult(), _ended, preferLocal: false);
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
