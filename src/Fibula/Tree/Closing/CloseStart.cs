namespace Fibula;

/// <summary>The effects of a request to close, for the caller to perform once the gate is free.</summary>
/// <param name="Closing">The close, which may have begun before.</param>
/// <param name="Completion">The task that the caller awaits.</param>
/// <param name="IsNew">The close begins with this request.</param>
/// <param name="ConcernsFollowers">The followers of the scope are to be notified.</param>
internal readonly record struct CloseStart(CloseState Closing, Task<CloseReport> Completion, bool IsNew, bool ConcernsFollowers);
