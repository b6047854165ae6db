namespace Fibula;

/// <summary>What is left to do after a close was asked for.</summary>
/// <param name="Closing">The close, which may have begun before.</param>
/// <param name="Completion">What the caller waits for.</param>
/// <param name="ConcernsFollowers">The followers of the scope are to be notified.</param>
internal readonly record struct CloseStart(CloseState Closing, Task<CloseReport> Completion, bool ConcernsFollowers);
