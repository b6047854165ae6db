namespace Fibula;

/// <summary>Tells which scope a survivor came from. Kept instead of the scope itself, whose subscribers would keep its window alive.</summary>
internal sealed class ScopeIdentity(ScopeIdentity? parent)
{
    public bool IsWithin(ScopeIdentity ancestor)
    {
        ScopeIdentity? scope = this;
        while (scope is not null && scope != ancestor)
        {
            scope = scope.Parent;
        }

        return scope is not null;
    }

    private ScopeIdentity? Parent => parent;
}
