using System.Runtime.CompilerServices;

namespace Fibula;

/// <summary>As <see cref="LoopWait"/>, for a task with a result.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
internal readonly struct LoopWait<T>(TreeContext tree, Task<T> task) : ICriticalNotifyCompletion
{
    public bool IsCompleted => task.IsCompleted;

    public LoopWait<T> GetAwaiter() => this;

    public T GetResult() => task.GetAwaiter().GetResult();

    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    public void UnsafeOnCompleted(Action continuation) => new LoopWait(tree, task).UnsafeOnCompleted(continuation);
}
