namespace Fibula;

/// <content>The end of a close: who is left behind, and who is told of it. The states and the fields stand in the other file.</content>
internal sealed partial class ScopeClosing
{
    private void NameThoseLeftBehind()
    {
        TimeSpan began = Now;
        while (Tree.NameSome(this, Tree.Now()))
        {
            if (Now - began >= SliceLimit)
            {
                Tree.Dispatch(static closing => ((ScopeClosing)closing!).NameThoseLeftBehind(), this);
                return;
            }
        }

        End();
    }

    /// <summary>Under the gate: the close of the root names some more of those left behind.</summary>
    /// <returns>False if all have been named.</returns>
    internal bool NameSomeUnderGate(long now)
    {
        Tree.AssertHeld();
        if (_isEnded || Scope.Parent is not null)
        {
            return false;
        }

        Tree.Survivors.Naming ??= new LeftBehindEntries(Tree.Survivors);
        return Tree.Survivors.Naming.NameSome(now);
    }

    private void End()
    {
        if (Tree.EndClose(this, Tree.Now(), Now) is not { } end)
        {
            return;
        }

        foreach (ITimer? timer in end.Timers)
        {
            timer?.Dispose();
        }

        end.Parents.ForEach(static parent => parent.ChildLeft());
        FibulaEventSource.Log.Closed(end.Report);
        Tree.Followers.OnClosed(Scope);
        _completion.SetResult(end.Report);
        if (Scope.Parent is null)
        {
            Tree.Joined?.OnClosed();
        }

        foreach (CloseInsiders.Insider insider in end.Insiders)
        {
            insider.Completion.SetResult(end.Report);
        }

        AdvanceThoseLeft();
    }

    /// <summary>Under the gate: the close is over. Whoever still lives is nobody's from here on but the root's.</summary>
    /// <returns>Null where it is over already.</returns>
    internal CloseEnd? EndUnderGate(long now, TimeSpan duration)
    {
        Tree.AssertHeld();
        if (_isEnded)
        {
            return null;
        }

        var parents = new List<BackgroundTask>();
        foreach (BackgroundTask survivor in Scope.Node.LiveTasksUnderGate())
        {
            if (LeaveBehindUnderGate(survivor, now) is { } parent)
            {
                parents.Add(parent);
            }
        }

        AddThoseLeftBehind(_entries, now);
        _isEnded = true;
        StopPass();
        _childrensDeadlines = null;
        ITimer? watch = null;
        if (Scope.Parent is null)
        {
            watch = Tree.Unresponsive.TakeTimer();
            Tree.Survivors.Naming = null;
        }

        Scope.Node.BecomeClosed();
        return new CloseEnd(new CloseReport(Scope, Reason, _entries, duration), parents, _insiders.TakeAll(), [_timer, watch]);
    }

    private void LeaveBehind(BackgroundTask task) => Tree.LeaveBehind(this, task, Tree.Now())?.ChildLeft();

    /// <summary>Under the gate: a task is not waited for any longer.</summary>
    /// <returns>A parent that does not wait for it any longer either; null for none.</returns>
    internal BackgroundTask? LeaveBehindUnderGate(BackgroundTask task, long now)
    {
        Tree.AssertHeld();
        if (task.IsCompleted || task.IsLeftBehind || !task.Scope.IsWithin(Scope))
        {
            return null;
        }

        _leftScopes.Add(task.Scope);
        return task.Scope.Node.LeaveBehind(task, now);
    }

    private void AdvanceThoseLeft()
    {
        foreach (TaskScope scope in Tree.TakeLeftScopes(this))
        {
            ScopeCloser.Advance(scope);
        }
    }

    /// <summary>Under the gate: the scopes whose tasks were left behind since this was last asked.</summary>
    internal TaskScope[] TakeLeftScopesUnderGate()
    {
        Tree.AssertHeld();
        TaskScope[] scopes = [.. _leftScopes];
        _leftScopes.Clear();
        return scopes;
    }

    private void AddThoseLeftBehind(CloseReportEntries entries, long now)
    {
        if (Scope.Parent is null)
        {
            (Tree.Survivors.Naming ?? new LeftBehindEntries(Tree.Survivors)).AddTo(entries, now);
        }
    }
}
