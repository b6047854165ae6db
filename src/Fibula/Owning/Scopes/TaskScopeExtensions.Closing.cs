using System.Runtime.CompilerServices;

namespace Fibula;

/// <content>Closing with a question to the user.</content>
public static partial class TaskScopeExtensions
{
    /// <summary>Closes the scope, but asks before where tasks want that: <see cref="ClosePolicy.Ask"/>.</summary>
    /// <param name="scope">What closes.</param>
    /// <param name="reason">A sentence for people; null for one that names the scope.</param>
    /// <param name="member">Filled by the compiler: who asks.</param>
    /// <param name="file">Filled by the compiler.</param>
    /// <returns>How the close went; null where the answer was to stay, and no task was canceled. Called again while the question is open, both get the same.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="scope"/> is null.</exception>
    /// <remarks>What asking throws is a fault, and counts as <see cref="CloseAnswer.Stay"/>. Called inside a task of this scope it completes when all others
    /// have ended, as <see cref="TaskScope.CloseAsync"/> does.</remarks>
    /// <example>
    /// <code source="tests/Fibula.Tests/Examples/CloseExampleTests.cs#request">
    /// private async Task CloseTabAsync(TaskScope tab)
    /// {
    ///     CloseReport? report = await tab.RequestCloseAsync();
    ///     if (report is not null)                                 // null: the user wants to stay
    ///     {
    ///         _tabs.Remove(tab);
    ///     }
    /// }
    /// </code>
    /// </example>
    public static Task<CloseReport?> RequestCloseAsync(
        this TaskScope scope,
        string? reason = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null)
    {
        ArgumentNullException.ThrowIfNull(scope);
        CancelReason why = scope.Tree.NewReason(member, file, reason, CallSite.Of(scope.Name, file: null, line: 0), static (_, name) => $"Scope '{name}' was closed.");
        return RequestCloseAsync(scope.Node, why, AmbientTask.CurrentTask);
    }

    // Each caller waits for the tasks that it does not belong to itself. Null where the scope stays open.
    private static async Task<CloseReport?> RequestCloseAsync(ScopeNode scope, CancelReason reason, ITaskNode? caller)
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
            ? await new LoopWait<CloseReport>(scope.Tree, ScopeCloser.CloseAsync(scope, reason, within: null, caller))
            : null;
    }

    private static async Task AskAsync(ScopeNode scope, TaskCompletionSource<bool> request, CancelReason reason)
    {
        bool mayClose = await new LoopWait<bool>(scope.Tree, AskBeforeClose.AskAsync(scope.Tree.Root, scope.Name, [scope]));
        if (mayClose)
        {
            _ = ScopeCloser.CloseAsync(scope, reason);
        }

        Volatile.Write(ref scope.OpenQuestion, null);
        request.SetResult(mayClose);
    }
}
