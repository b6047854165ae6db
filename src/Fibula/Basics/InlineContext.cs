namespace Fibula;

/// <summary>
/// Captured by continuations of the library's own, so that they run at once on whichever thread ends what they wait for, a UI
/// thread included: a task's state is set before any awaiter resumes. Never current while anybody's code runs.
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
