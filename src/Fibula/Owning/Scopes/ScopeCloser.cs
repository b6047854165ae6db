namespace Fibula;

/// <summary>How the closes of scopes begin and go on, outside the gate.</summary>
internal static class ScopeCloser
{
    /// <summary>Closes a scope.</summary>
    /// <param name="scope">What closes.</param>
    /// <param name="reason">Who closes it, and why. The first one stays.</param>
    /// <param name="within">A further upper limit; null for none.</param>
    /// <param name="caller">The task that waits, where it waits for all others only; null to wait for all.</param>
    public static Task<CloseReport> CloseAsync(TaskScope scope, CancelReason reason, TimeSpan? within = null, BackgroundTask? caller = null)
    {
        CloseStart start = scope.Tree.BeginClose(scope, reason, within, caller, Clocks.ExactTicks(scope.Tree.TimeProvider));
        if (start.ConcernsFollowers)
        {
            scope.Tree.Followers.OnClosing(scope);
        }

        start.Closing.Advance();
        return start.Completion;
    }

    /// <summary>Closes the scopes of one window or view, whose name their tasks get as the reason.</summary>
    public static Task CloseAllAsync(IReadOnlyList<TaskScope> scopes, string view) =>
        Task.WhenAll(scopes.Select(scope => (Task)scope.CloseAsync($"'{view}' was closed.", member: $"'{view}'", file: null)));

    /// <summary>Closes a scope, but asks before where tasks want that. Each caller waits for the tasks that it does not belong to itself.</summary>
    /// <returns>Null where it stays open.</returns>
    public static async Task<CloseReport?> RequestCloseAsync(TaskScope scope, CancelReason reason, BackgroundTask? caller)
    {
        var mayClose = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Interlocked.CompareExchange(ref scope.OpenQuestion, mayClose, null) is { } open)
        {
            mayClose = open;
        }
        else
        {
            _ = AskAsync(scope, mayClose, reason);
        }

        return await new LoopWait<bool>(scope.Tree, mayClose.Task)
            ? await new LoopWait<CloseReport>(scope.Tree, CloseAsync(scope, reason, within: null, caller))
            : null;
    }

    /// <summary>The loop has ended: nothing can be waited for any more, so everybody is canceled and the scope is closed.</summary>
    public static void CloseWithTheLoop(TaskScope scope) => Abort(scope, scope.Tree.NewReason("the UI loop", $"The UI loop of '{scope.Name}' has ended."));

    /// <summary>Closes a scope at once, where there is no loop on which to wait: what is queued never starts.</summary>
    public static void Abort(TaskScope scope, CancelReason reason) =>
        scope.Tree.BeginAbort(scope, reason, Clocks.ExactTicks(scope.Tree.TimeProvider)).Abort();

    /// <summary>Everything that an ended task, or a follower, has queued for a view has run. Closes may have waited for that.</summary>
    public static void EndShown(TaskScope scope) => scope.Tree.EndShown(scope)?.ForEach(static closing => closing.Advance());

    /// <summary>Tasks have left the subtree in another way than by ending: closes of the scope and its ancestors may be over.</summary>
    public static void Advance(TaskScope scope)
    {
        for (ScopeNode? node = scope.Node; node is not null; node = node.Parent)
        {
            node.Closing?.Advance();
        }
    }

    private static async Task AskAsync(TaskScope scope, TaskCompletionSource<bool> request, CancelReason reason)
    {
        bool mayClose = await new LoopWait<bool>(scope.Tree, AskBeforeClose.AskAsync(scope.Tree.Root, scope.Name, [scope]));
        if (mayClose)
        {
            _ = CloseAsync(scope, reason);
        }

        Volatile.Write(ref scope.OpenQuestion, null);
        request.SetResult(mayClose);
    }
}
