namespace Fibula;

/// <summary>What may be said about one task when it is started. The object is only read during the call.</summary>
public sealed class TaskOptions
{
    /// <summary>The name shown to people and in reports.</summary>
    /// <value>Default: null, which takes the method that is run, else the calling member.</value>
    public string? Name { get; set; }

    /// <summary>What closing the scope means for this task.</summary>
    /// <value>Default: null, which takes the policy of the task that started it as its child, or while the scope was closing; else <see cref="ClosePolicy.Cancel"/>.</value>
    public ClosePolicy? OnClose { get; set; }

    /// <summary>A token of the caller: when it is signaled the task is told to cancel, with the reason "the caller's token".</summary>
    /// <value>Default: <see cref="CancellationToken.None"/>.</value>
    public CancellationToken CancellationToken { get; set; }
}
