namespace Fibula;

/// <content>The end of a close: who is left behind, and who is told of it. The states and the fields stand in the other file.</content>
internal sealed partial class ScopeClosing
{
    private void NameThoseLeftBehind()
    {
        TimeSpan began = Now;
        while (NameSomeLeftBehind())
        {
            if (Now - began >= SliceLimit)
            {
                Tree.Dispatch(static closing => ((ScopeClosing)closing!).NameThoseLeftBehind(), this);
                return;
            }
        }

        End();
    }

    private bool NameSomeLeftBehind()
    {
        long now = Tree.Now();
        lock (Tree.Gate)
        {
            if (_isEnded || Scope.Parent is not null)
            {
                return false;
            }

            Tree.Naming ??= new LeftBehindEntries(Tree);
            return Tree.Naming.NameSome(now);
        }
    }

    private void End()
    {
        var survivors = new List<BackgroundTask>();
        var parents = new List<BackgroundTask>();
        CloseInsiders.Insider[] insiders;
        CloseReport report;
        ITimer?[] timers;
        long now = Tree.Now();
        TimeSpan duration = Now;
        lock (Tree.Gate)
        {
            if (_isEnded)
            {
                return;
            }

            Scope.CollectUnderGate(survivors);
            _leftScopes.UnionWith(survivors.Select(task => task.Scope));
            foreach (BackgroundTask survivor in survivors)
            {
                if (survivor.Scope.LeaveBehind(survivor, now) is { } parent)
                {
                    parents.Add(parent);
                }
            }

            AddThoseLeftBehind(_entries, now);
            _isEnded = true;

            // Survivors are nobody's from here on but the root's.
            StopPass();
            _childrensDeadlines = null;
            insiders = _insiders.TakeAll();
            report = new CloseReport(Scope, Reason, _entries, duration);
            timers = [_timer, Scope.Parent is null ? Tree.Unresponsive.TakeTimer() : null];
            Tree.Naming = Scope.Parent is null ? null : Tree.Naming;
            Scope.BecomeClosed();
        }

        foreach (ITimer? timer in timers)
        {
            timer?.Dispose();
        }

        parents.ForEach(static parent => parent.ChildLeft());
        FibulaEventSource.Log.Closed(report);
        Scope.CloseFollowers();
        _completion.SetResult(report);
        if (Scope.Parent is null)
        {
            Tree.Joined?.OnClosed();
        }

        foreach (CloseInsiders.Insider insider in insiders)
        {
            insider.Completion.SetResult(report);
        }

        AdvanceThoseLeft();
    }

    private void LeaveBehind(BackgroundTask task)
    {
        BackgroundTask? parent = null;
        long now = Tree.Now();
        lock (Tree.Gate)
        {
            if (!task.IsCompleted && !task.IsLeftBehind && task.Scope.IsWithin(Scope))
            {
                _leftScopes.Add(task.Scope);
                parent = task.Scope.LeaveBehind(task, now);
            }
        }

        parent?.ChildLeft();
    }

    private void AdvanceThoseLeft()
    {
        TaskScope[] scopes;
        lock (Tree.Gate)
        {
            scopes = [.. _leftScopes];
            _leftScopes.Clear();
        }

        foreach (TaskScope scope in scopes)
        {
            scope.AdvanceClosings();
        }
    }

    private void AddThoseLeftBehind(CloseReportEntries entries, long now)
    {
        if (Scope.Parent is null)
        {
            (Tree.Naming ?? new LeftBehindEntries(Tree)).AddTo(entries, now);
        }
    }
}
