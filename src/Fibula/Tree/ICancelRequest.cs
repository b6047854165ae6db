namespace Fibula;

/// <summary>A cancellation request that walks over many tasks.</summary>
internal interface ICancelRequest
{
    /// <summary>Who asks, and why.</summary>
    CancelReason Reason { get; }

    /// <summary>Whether the request reaches children regardless of their close policy.</summary>
    bool IsExplicit { get; }

    /// <summary>Under the gate: whether the request will cancel this task.</summary>
    bool Reaches(ITaskNode task);

    /// <summary>Under the gate: whether the request still applies to a task, which may have moved to another scope.</summary>
    bool Concerns(ITaskNode task);

    /// <summary>Outside the gate: cancels a task that the request reaches.</summary>
    void RequestCancel(ITaskNode task);

    /// <summary>Under the gate: a task has moved here from another scope.</summary>
    void OnArrived(ITaskNode task);
}
