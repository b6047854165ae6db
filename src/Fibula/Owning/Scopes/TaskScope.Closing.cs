using System.Runtime.CompilerServices;

namespace Fibula;

/// <content>How the scope closes.</content>
public sealed partial class TaskScope
{
    // Guarded by the tree's gate. Exists from the first CloseAsync on and keeps the report.
    private ScopeClosing? _closing;

    // The question that is open; null for none.
    private TaskCompletionSource<bool>? _closeRequest;

    /// <summary>Closes the scope: no new tasks from outside, each task told according to its <see cref="ClosePolicy"/>, the loop pumping meanwhile.</summary>
    /// <param name="reason">A sentence for people; null for one that names the scope.</param>
    /// <param name="within">An upper limit for the whole close; null or <see cref="Timeout.InfiniteTimeSpan"/> for the limits of the tasks and
    /// <see cref="CloseGrace"/>.</param>
    /// <param name="member">Filled by the compiler: who asks.</param>
    /// <param name="file">Filled by the compiler.</param>
    /// <returns>How the close went. Called twice there is one close and one report, and the earlier limit wins.
    /// Called inside a task of this scope it completes when all others have ended; two tasks that both await it wait for each other until the deadline.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="within"/> is negative.</exception>
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
            within is { } limit ? Durations.Limit(limit, nameof(within)) : null,
            AmbientTask.CurrentTask);

    /// <summary>Lets go of the survivors that were started in this scope or its descendants: tasks that closes have waited for in vain. From then on nothing
    /// lists or holds them, and one that waits for something that is gone is collected.</summary>
    /// <remarks>A survivor that ends later still reports its fault to the app. After the loop has ended all survivors are released automatically.</remarks>
    public void ReleaseSurvivors()
    {
        Tree.Release(this).ForEach(LiveRoots.AddReleased);
        Tree.NotifyChanged();
    }

    /// <summary>Closes the scope, but asks before where tasks want that: <see cref="ClosePolicy.Ask"/>.</summary>
    /// <param name="reason">A sentence for people; null for one that names the scope.</param>
    /// <param name="member">Filled by the compiler: who asks.</param>
    /// <param name="file">Filled by the compiler.</param>
    /// <returns>How the close went; null where the answer was to stay, and nothing was told. Called again while the question is open, both get the same.</returns>
    /// <remarks>What asking throws is a fault, and counts as <see cref="CloseAnswer.Stay"/>. Called inside a task of this scope it completes when all others
    /// have ended, as <see cref="CloseAsync"/> does.</remarks>
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
        string by = CallSite.MemberName(member, file);
        CancelReason why = Tree.NewReason(by, reason ?? $"Scope '{Name}' was closed.");
        var mayClose = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Interlocked.CompareExchange(ref _closeRequest, mayClose, null) is { } open)
        {
            mayClose = open;
        }
        else
        {
            _ = AskAsync(mayClose, why);
        }

        return CloseIfAsync(mayClose.Task, why, AmbientTask.CurrentTask);
    }

    private async Task AskAsync(TaskCompletionSource<bool> request, CancelReason reason)
    {
        bool mayClose = await new LoopWait<bool>(Tree, MayCloseAsync(Name, [this]));
        if (mayClose)
        {
            _ = CloseFullyAsync(reason, within: null);
        }

        Volatile.Write(ref _closeRequest, null);
        request.SetResult(mayClose);
    }

    // Each caller waits for the tasks that it does not belong to itself.
    private async Task<CloseReport?> CloseIfAsync(Task<bool> mayClose, CancelReason reason, BackgroundTask? caller) =>
        await new LoopWait<bool>(Tree, mayClose) ? await new LoopWait<CloseReport>(Tree, Close(reason, within: null, caller)) : null;

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
        await new LoopWait(Tree, asking.EndSignal() ?? Task.CompletedTask);

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
        CloseStart start = Tree.BeginClose(this, reason, within, caller, Clocks.ExactTicks(Tree.TimeProvider));
        if (start.ConcernsFollowers)
        {
            NotifyFollowersOfClose();
        }

        start.Closing.Advance();
        return start.Completion;
    }

    /// <summary>Under the gate: a close is asked for.</summary>
    internal CloseStart BeginCloseUnderGate(CancelReason reason, TimeSpan? within, BackgroundTask? caller, long now)
    {
        Tree.AssertHeld();
        bool concernsFollowers = _state == ScopeState.Open && !Tree.Followers.IsEmpty;
        ScopeClosing closing = BeginClosingUnderGate(reason, now);
        if (concernsFollowers)
        {
            BeginShown();
        }

        closing.Limit(within, now);
        return new CloseStart(closing, closing.CompletionFor(caller), concernsFollowers);
    }

    /// <summary>Under the gate: the scope closes from now on, if it did not before.</summary>
    internal ScopeClosing BeginClosingUnderGate(CancelReason reason, long now)
    {
        Tree.AssertHeld();
        _state = _state == ScopeState.Open ? ScopeState.Closing : _state;
        return _closing ??= new ScopeClosing(this, reason, now);
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
    internal void CloseWithTheLoop() => Fail(Tree.NewReason("the UI loop", $"The UI loop of '{Name}' has ended."));

    /// <summary>Start-up has failed: what it queued never starts.</summary>
    internal void Fail(CancelReason reason) => Tree.BeginAbort(this, reason, Clocks.ExactTicks(Tree.TimeProvider)).Abort();
}
