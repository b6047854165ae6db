namespace Fibula;

/// <summary>A request that is on its way to many tasks.</summary>
internal interface ICancelRequest
{
    /// <summary>Who asks, and why.</summary>
    CancelReason Reason { get; }

    /// <summary>Whether the request is one of its own, which reaches children whatever their close policy.</summary>
    bool IsExplicit { get; }

    /// <summary>Under the gate: it will cancel this task, which was not asked before.</summary>
    bool Reaches(ITaskNode task);

    /// <summary>Under the gate: a task to which the request has come may have moved away meanwhile, or into its reach from elsewhere.</summary>
    bool Concerns(ITaskNode task);

    /// <summary>Outside the gate: cancels a task that it reaches.</summary>
    void RequestCancel(ITaskNode task);

    /// <summary>Under the gate: a task has moved here from another scope.</summary>
    void OnArrived(ITaskNode task);
}
