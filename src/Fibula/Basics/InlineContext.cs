namespace Fibula;

/// <summary>
/// Captured by the library's own continuations, so that they run immediately on the thread that completes the awaited task, even a UI
/// thread: a task's state is set before any awaiter resumes. Never current while the program's code runs.
/// </summary>
internal sealed class InlineContext : SynchronizationContext
{
    public static InlineContext Instance { get; } = new();

    /// <summary>Calls back when a task ends, on the thread that ends it.</summary>
    public static void OnCompleted(Task task, Action continuation) => OnCompleted(task, continuation, Instance);

    /// <summary>Posts to a context when a task ends.</summary>
    public static void OnCompleted(Task task, Action continuation, SynchronizationContext context)
    {
        SynchronizationContext? callersContext = Current;
        SetSynchronizationContext(context);
        task.ConfigureAwait(true).GetAwaiter().UnsafeOnCompleted(continuation);
        SetSynchronizationContext(callersContext);
    }

    public override void Post(SendOrPostCallback d, object? state) => d(state);

    public override SynchronizationContext CreateCopy() => this;
}
