namespace Fibula;

/// <summary>The app as its tasks see it: where their faults and questions go after the scopes.</summary>
internal interface IOwningApp : ILoopOwner
{
    TaskScope Tasks { get; }

    UnhandledFaults UnhandledFaults { get; }

    /// <summary>A fault nobody handled makes the exit code 1.</summary>
    void Fail();

    /// <summary>On the UI thread: asks the user about tasks that run while something closes.</summary>
    Task<CloseAnswer> AskAsync(CloseQuestion question);

    /// <summary>Any thread: the owner on another UI thread closes. A repeated call can only shorten the time.</summary>
    void LeaveWithOwner(CancelReason reason, TimeSpan? within);
}
