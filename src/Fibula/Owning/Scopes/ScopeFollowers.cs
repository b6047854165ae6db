namespace Fibula;

/// <summary>The followers of the scopes of one tree. None is held here.</summary>
internal sealed class ScopeFollowers
{
    // Guards the list. Nothing else is called under it.
    private readonly Lock _gate = new();
    private readonly WeakList<IScopeFollower> _known = new();

    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _known.IsEmpty;
            }
        }
    }

    public void Add(IScopeFollower follower)
    {
        lock (_gate)
        {
            _known.Add(follower);
        }
    }

    /// <summary>Those that follow this scope or one inside it.</summary>
    public List<IScopeFollower> Within(TaskScope scope)
    {
        List<IScopeFollower> now;
        lock (_gate)
        {
            now = _known.Now();
        }

        return now.FindAll(follower => follower.Scope.IsWithin(scope));
    }

    /// <summary>Those that follow this scope itself.</summary>
    public List<IScopeFollower> Of(TaskScope scope) => Within(scope).FindAll(follower => follower.Scope == scope);

    /// <summary>On the UI thread: a view was shown again, and has a new scope. The followers of the last one go on there.</summary>
    public static void Renew(TaskScope last, TaskScope next)
    {
        List<IScopeFollower> followers = last.Tree.Followers.Of(last);
        last.Successor = next;
        foreach (IScopeFollower follower in followers)
        {
            if (next.Tree != last.Tree)
            {
                next.Tree.Followers.Add(follower);
            }

            follower.OnRenewed();
        }
    }

    /// <summary>A close of a scope has begun, which waits until the followers have said so: nothing is raised for a view afterwards.</summary>
    public void OnClosing(TaskScope scope)
    {
        List<IScopeFollower> followers = Within(scope);
        if (followers.Count == 0 || (scope.Loop is { IsRunning: true } loop && loop.CheckAccess()))
        {
            Notify();
        }
        else
        {
            scope.Tree.DispatchInOrder(_ => Notify(), null);
        }

        void Notify()
        {
            followers.ForEach(static follower => follower.NotifyChanged());
            ScopeCloser.EndShown(scope);
        }
    }

    /// <summary>After the close: the followers let go of what they have shown.</summary>
    public void OnClosed(TaskScope scope)
    {
        if (!IsEmpty)
        {
            Within(scope).ForEach(static follower => follower.OnScopeClosed());
        }
    }
}
