namespace Fibula;

/// <summary>Waits until a scope has no task any more, without closing it.</summary>
/// <param name="scope">The scope.</param>
/// <param name="callers">The task that waits, and the tasks that started it: they are not waited for.</param>
internal sealed class EmptyScope(ScopeNode scope, ITaskNode[] callers)
{
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Waits, from any thread.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        scope.Tree.Changed += Look;
        try
        {
            Look();
            await new LoopWait(scope.Tree, _empty.Task.WaitAsync(cancellationToken));
        }
        finally
        {
            scope.Tree.Changed -= Look;
        }
    }

    // After each change of the tree, on any thread and outside the gate. A task that starts at the same moment comes after the empty moment, or is seen.
    private void Look()
    {
        if (scope.IsIdle || (scope.Count <= callers.Length && Array.TrueForAll([.. scope.Tree.LiveTasks(scope)], callers.Contains)))
        {
            _empty.TrySetResult();
        }
    }
}
