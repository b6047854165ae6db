using System.Runtime.CompilerServices;

namespace Fibula;

/// <content>How the scope closes.</content>
public sealed partial class TaskScope
{
    // Guarded by the tree's gate. _closing exists from the first CloseAsync on and keeps the report.
    private ScopeClosing? _closing;

    /// <summary>Closes the scope: no new tasks from outside, each task told according to its <see cref="ClosePolicy"/>, the loop pumping meanwhile.</summary>
    /// <param name="reason">A sentence for people; null for one that names the scope.</param>
    /// <param name="within">An upper limit for the whole close; null for the limits of the tasks and <see cref="CloseGrace"/>.</param>
    /// <param name="member">Filled by the compiler: who asks.</param>
    /// <param name="file">Filled by the compiler.</param>
    /// <returns>How the close went. Called twice there is one close and one report, and the earlier limit wins.
    /// Called inside a task of this scope it completes when all others have ended; two tasks that both await it wait for each other until the deadline.</returns>
    public Task<CloseReport> CloseAsync(
        string? reason = null,
        TimeSpan? within = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? file = null) =>
        Close(
            Tree.NewReason(CallSite.MemberName(member, file), reason ?? $"Scope '{Name}' was closed."),
            within,
            AmbientTask.CurrentTask);

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
