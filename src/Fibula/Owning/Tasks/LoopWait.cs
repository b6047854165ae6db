using System.Runtime.CompilerServices;

namespace Fibula;

/// <summary>
/// Waits for a task of the library's own, and goes on on the tree's loop; on the thread pool where none runs.
/// </summary>
/// <remarks>
/// With <c>ConfigureAwait(false)</c> the end of a program would wait until its own work leaves a thread of the pool free: an await goes on inline only where
/// no synchronization context is current, which on a UI thread there always is.
/// </remarks>
internal readonly struct LoopWait(TreeContext tree, Task task) : ICriticalNotifyCompletion
{
    public bool IsCompleted => task.IsCompleted;

    public LoopWait GetAwaiter() => this;

    public void GetResult() => task.GetAwaiter().GetResult();

    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    public void UnsafeOnCompleted(Action continuation)
    {
        TreeContext waitsOn = tree;
        InlineContext.OnCompleted(task, () => waitsOn.Dispatch(static next => ((Action)next!)(), continuation));
    }
}
