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
}
