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
        lock (Tree.Gate)
        {
            if (_isEnded || _scope.Parent is not null)
            {
                return false;
            }

            Tree.Naming ??= new LeftBehindEntries(Tree);
            return Tree.Naming.NameSome();
        }
    }

    private void End()
    {
        var survivors = new List<BackgroundTask>();
        CloseInsider[] insiders;
        CloseReport report;
        lock (Tree.Gate)
        {
            if (_isEnded)
            {
                return;
            }

            _scope.CollectUnderGate(survivors);
            _leftScopes.UnionWith(survivors.Select(task => task.Scope));
            survivors.ForEach(task => task.Scope.LeaveBehind(task));
            AddThoseLeftBehind(_entries);
            _isEnded = true;
            _pass?.Stop();
            insiders = _insiders.TakeAll();
            report = new CloseReport(_scope, _reason, _entries, Now);
            if (_scope.Parent is null)
            {
                Tree.Naming = null;
                Tree.Unresponsive.Stop();
            }

            _scope.BecomeClosed();
        }

        _timer?.Dispose();
        FibulaEventSource.Log.Closed(report);
        _completion.SetResult(report);
        if (_scope.Parent is null)
        {
            Tree.Joined?.OnClosed();
        }

        foreach (CloseInsider insider in insiders)
        {
            insider.Completion.SetResult(report);
        }

        AdvanceThoseLeft();
    }

    private void LeaveBehind(BackgroundTask task)
    {
        lock (Tree.Gate)
        {
            if (!task.IsCompleted && !task.IsLeftBehind && task.Scope.IsWithin(_scope))
            {
                _leftScopes.Add(task.Scope);
                task.Scope.LeaveBehind(task);
            }
        }
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

    private void AddThoseLeftBehind(CloseReportEntries entries)
    {
        if (_scope.Parent is null)
        {
            (Tree.Naming ?? new LeftBehindEntries(Tree)).AddTo(entries);
        }
    }
}
