namespace Fibula;

/// <summary>What belongs to a scope without being a task, and hears when that closes and when its view comes back: a command.</summary>
internal interface IScopeFollower
{
    /// <summary>The scope that it follows, or that scope's successor.</summary>
    ScopeNode Scope { get; }

    /// <summary>The scope begins to close.</summary>
    void NotifyChanged();

    /// <summary>The scope is closed.</summary>
    void OnScopeClosed();

    /// <summary>On the UI thread: the view of the scope was shown again.</summary>
    void OnRenewed();
}
