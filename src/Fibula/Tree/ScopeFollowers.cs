namespace Fibula;

/// <summary>The followers of the scopes of one tree. None is held here.</summary>
internal sealed class ScopeFollowers
{
    // Guards the list. No other code runs under it.
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
    public List<IScopeFollower> Within(ScopeNode scope)
    {
        List<IScopeFollower> now;
        lock (_gate)
        {
            now = _known.Now();
        }

        return now.FindAll(follower => follower.Scope.IsWithin(scope));
    }

    /// <summary>Those that follow this scope itself.</summary>
    public List<IScopeFollower> Of(ScopeNode scope) => Within(scope).FindAll(follower => follower.Scope == scope);

    /// <summary>After the close: the followers let go of what they have shown.</summary>
    public void OnClosed(ScopeNode scope)
    {
        if (!IsEmpty)
        {
            Within(scope).ForEach(static follower => follower.OnScopeClosed());
        }
    }
}
