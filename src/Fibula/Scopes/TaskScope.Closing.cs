using System.Runtime.CompilerServices;

namespace Fibula;

/// <content>How the scope closes.</content>
public sealed partial class TaskScope
{
    // Guarded by the tree's gate. _closing exists from the first CloseAsync on and keeps the report.
    private ScopeClosing? _closing;
    private TaskCompletionSource<CloseReport?>? _closeRequest;

    /// <summary>Closes the scope: no new tasks from outside, each task told according to its <see cref="ClosePolicy"/>, the loop pumping meanwhile.</summary>
    /// <param name="reason">A sentence for people; null for one that names the scope.</param>
    /// <param name="within">An upper limit for the whole close; null for the limits of the tasks and <see cref="CloseGrace"/>.</param>
    /// <param name="member">Filled by the compiler: who asks.</param>
    /// <param name="file">Filled by the compiler.</param>
    /// <returns>How the close went. Called twice there is one close and one report, and the earlier limit wins.
    /// Called inside a task of this scope it completes when all others have ended; two tasks that both await it wait for each other until the deadline.</returns>
    /// <example>
    /// <code source="tests/Fibula.Tests/Examples/CloseExampleTests.cs#report">
    /// CloseReport report = await tab.CloseAsync();
    /// foreach (CloseReportEntry survivor in report.Survivors)
    /// {
    ///     _log.Add($"{survivor.Name} still runs and waits for {survivor.WaitsFor}.");
    /// }
    /// </code>
    /// </example>
    public Task<CloseReport> CloseAsync(
        string? reason = null,
        TimeSpan? within = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null) =>
        Close(
            Tree.NewReason(CallSite.MemberName(member, file), reason ?? $"Scope '{Name}' was closed."),
            within,
            AmbientTask.CurrentTask);

    /// <summary>Closes the scope, but asks before where tasks want that: <see cref="ClosePolicy.Ask"/>.</summary>
    /// <param name="reason">A sentence for people; null for one that names the scope.</param>
    /// <param name="member">Filled by the compiler: who asks.</param>
    /// <param name="file">Filled by the compiler.</param>
    /// <returns>How the close went; null where the answer was to stay, and nothing was told. Called again while the question is open, both get the same.</returns>
    /// <remarks>What asking throws is a fault, and counts as <see cref="CloseAnswer.Stay"/>.</remarks>
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
    public Task<CloseReport?> RequestCloseAsync(
        string? reason = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null)
    {
        TaskCompletionSource<CloseReport?> request;
        lock (Tree.Gate)
        {
            if (_closeRequest is { } open)
            {
                return open.Task;
            }

            request = _closeRequest = new TaskCompletionSource<CloseReport?>(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        string by = CallSite.MemberName(member, file);
        _ = AskAndCloseAsync(request, Tree.NewReason(by, reason ?? $"Scope '{Name}' was closed."));
        return request.Task;
    }

    private async Task AskAndCloseAsync(TaskCompletionSource<CloseReport?> request, CancelReason reason)
    {
        bool mayClose = await MayCloseAsync(Name, [this]).ConfigureAwait(false);
        Task<CloseReport>? close = mayClose ? CloseFullyAsync(reason, within: null) : null;
        lock (Tree.Gate)
        {
            _closeRequest = null;
        }

        request.SetResult(close is null ? null : await close.ConfigureAwait(false));
    }

    /// <summary>Asks about the tasks of these scopes, which are of this tree, before they close.</summary>
    /// <returns>False where they are to stay, also where asking has failed.</returns>
    internal async Task<bool> MayCloseAsync(string name, IReadOnlyList<TaskScope> scopes, bool isExit = false)
    {
        var question = new ClosingQuestion(name, scopes, isExit);
        if (question.IsMoot || Tree.Loop is not { IsRunning: true })
        {
            return true;
        }

        TaskScope root = Tree.Root;
        var options = new TaskOptions { Name = $"Close '{name}'?" };
        BackgroundTask<bool> asking = root.Run(task => question.MayCloseAsync(root, task.CancellationToken), options, file: null, line: 0);

        // Not by awaiting it: an error is to be reported like that of any task nobody awaits.
        await (asking.EndSignal() ?? Task.CompletedTask).ConfigureAwait(false);

        // Where the app leaves meanwhile, everything closes. Canceled by itself, the question has got no answer.
        if (asking.IsTold && question.HasUntold && root.IsOpen)
        {
            return false;
        }

        return asking.State == BackgroundTaskState.Canceled || (asking.State == BackgroundTaskState.Succeeded && asking.Result);
    }

    /// <summary>Closes the scopes of one window or view, whose name their tasks get as the reason.</summary>
    internal static Task CloseAllAsync(IReadOnlyList<TaskScope> scopes, string view) =>
        Task.WhenAll(scopes.Select(scope => (Task)scope.CloseAsync($"'{view}' was closed.", member: $"'{view}'", file: null)));

    /// <summary>Closes the scope and waits for all its tasks, also when one of them asks.</summary>
    internal Task<CloseReport> CloseFullyAsync(CancelReason reason, TimeSpan? within) => Close(reason, within, caller: null);

    private Task<CloseReport> Close(CancelReason reason, TimeSpan? within, BackgroundTask? caller)
    {
        ScopeClosing closing;
        Task<CloseReport> completion;
        lock (Tree.Gate)
        {
            closing = _closing ??= new ScopeClosing(this, reason);
            if (_state == ScopeState.Open)
            {
                _state = ScopeState.Closing;
            }

            closing.Limit(within);
            completion = closing.CompletionFor(caller);
        }

        closing.Advance();
        return completion;
    }

    /// <summary>Under the gate: the close is over, whoever still lives is left behind.</summary>
    internal void BecomeClosed() => _state = ScopeState.Closed;

    /// <summary>Tasks have left the subtree in another way than by ending: closes of this scope and its ancestors may be over.</summary>
    internal void AdvanceClosings()
    {
        for (TaskScope? scope = this; scope is not null; scope = scope.Parent)
        {
            scope._closing?.Advance();
        }
    }

    /// <summary>The report of a close that has begun, as things stand; null before.</summary>
    internal CloseReport? ReportNow() => _closing?.Report();

    /// <summary>The loop has ended: nothing can be waited for any more, so everybody is told and the scope is closed.</summary>
    internal void CloseWithTheLoop()
    {
        ScopeClosing closing;
        lock (Tree.Gate)
        {
            closing = _closing ??= new ScopeClosing(this, Tree.NewReason("the UI loop", $"The UI loop of '{Name}' has ended."));
            _state = _state == ScopeState.Open ? ScopeState.Closing : _state;
        }

        closing.Abort();
    }

    /// <summary>Start-up has failed: what it queued never starts.</summary>
    internal void Fail(CancelReason reason)
    {
        lock (Tree.Gate)
        {
            _closing ??= new ScopeClosing(this, reason);
            _state = ScopeState.Closing;
        }

        _closing.Abort();
    }
}
