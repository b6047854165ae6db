namespace Fibula;

/// <summary>The app as its tasks see it: where their faults and questions go after the scopes.</summary>
internal interface IOwningApp : ILoopOwner
{
    /// <summary>The root of its scopes.</summary>
    ScopeNode Root { get; }

    UnhandledFaults UnhandledFaults { get; }

    /// <summary>A fault nobody handled makes the exit code 1.</summary>
    void Fail();

    /// <summary>Any thread: the owner on another UI thread closes. A repeated call can only shorten the time.</summary>
    void LeaveWithOwner(CancelReason reason, TimeSpan? within);
}
