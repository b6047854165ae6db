namespace Fibula;

/// <summary>Whom a close still waits for, and what its report will say of the others. Every method is called under the tree's gate.</summary>
internal sealed class CloseLedger
{
    private readonly TaskScope _scope;
    private readonly CancelReason _reason;
    private readonly CloseReportEntries _entries;
    private readonly CloseInsiders _insiders = new();

    // Whose tasks were left behind: these scopes, and those above, may be closing too, and have nobody left to wait for then.
    private HashSet<TaskScope>? _leftScopes;
    private bool _isWritten;

    public CloseLedger(TaskScope scope, CancelReason reason)
    {
        _scope = scope;
        _reason = reason;
        Remaining = scope.Node.LiveCount;
        _entries = new CloseReportEntries(Remaining);
    }

    /// <summary>How many tasks of the subtree live.</summary>
    public int Remaining { get; private set; }

    /// <summary>What a task waits for that closes a scope it belongs to; null for a caller that waits for all.</summary>
    public Task<CloseReport>? Wait(BackgroundTask? caller) => _isWritten ? null : _insiders.Add(caller, _scope);

    /// <summary>The tasks of the scope that have nobody left to wait for.</summary>
    public List<CloseInsiders.Insider> TakeReady() => _insiders.TakeReady(Remaining);

    public void OnAdded() => Remaining++;

    /// <summary>A task of the subtree has ended.</summary>
    /// <returns>True if somebody was waiting for it alone.</returns>
    public bool OnEnded(BackgroundTask task)
    {
        _entries.Add(new CloseReportEntry(task, now: 0));
        return OnGone(task);
    }

    /// <summary>A task of the subtree is not waited for any longer.</summary>
    public void OnLeft(BackgroundTask task, long now)
    {
        // The root names everybody who is left when it ends, from whichever close. A report that is written stays as it is.
        if (_scope.Parent is not null && !_isWritten)
        {
            _entries.Add(new CloseReportEntry(task, now));
        }

        OnGone(task);
    }

    /// <summary>A task of the subtree is gone: it has ended, was left behind, or has moved elsewhere.</summary>
    /// <returns>True if somebody was waiting for it alone.</returns>
    public bool OnGone(BackgroundTask task)
    {
        Remaining--;
        return _insiders.OnGone(task, Remaining) || Remaining == 0;
    }

    /// <summary>The last pass begins, which leaves everybody behind. The root's report names them by itself.</summary>
    public void ExpectSurvivors() => _entries.ExpectSurvivors(_scope.Parent is null ? 0 : Remaining);

    public void NoteLeft(TaskScope scope) => (_leftScopes ??= []).Add(scope);

    /// <summary>The scopes whose tasks were left behind since this was last asked.</summary>
    public TaskScope[] TakeLeftScopes()
    {
        TaskScope[] scopes = _leftScopes is null ? [] : [.. _leftScopes];
        _leftScopes = null;
        return scopes;
    }

    /// <summary>The report as things stand.</summary>
    public CloseReport Draft(long now, TimeSpan duration)
    {
        CloseReportEntries entries = _entries.Copy();
        if (!_isWritten)
        {
            _scope.Node.LiveTasksUnderGate().ForEach(task => entries.Add(new CloseReportEntry(task, now)));
            NameSurvivors(entries, now);
        }

        return new CloseReport(_scope, _reason, entries, duration);
    }

    /// <summary>The close is over: nobody of the scope lives any more.</summary>
    /// <param name="now">The time, read before the gate.</param>
    /// <param name="duration">How long the close took.</param>
    /// <param name="insiders">The tasks of the scope that wait for the report.</param>
    public CloseReport Write(long now, TimeSpan duration, out CloseInsiders.Insider[] insiders)
    {
        NameSurvivors(_entries, now);
        _isWritten = true;
        insiders = _insiders.TakeAll();
        return new CloseReport(_scope, _reason, _entries, duration);
    }

    private void NameSurvivors(CloseReportEntries entries, long now)
    {
        if (_scope.Parent is null)
        {
            _scope.Tree.Survivors.AddTo(entries, now);
        }
    }
}
