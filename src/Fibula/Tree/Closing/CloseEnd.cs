namespace Fibula;

/// <summary>The effects of the end of a close, for the caller to perform once the gate is free.</summary>
/// <param name="Report">How it went.</param>
/// <param name="Parents">The tasks whose abandoned children are not waited for any longer; null for none.</param>
/// <param name="Insiders">The tasks of the scope that wait for the report; null for none.</param>
/// <param name="Timer">The timer of the close, to be disposed of.</param>
/// <param name="NextLook">The timer of the next look at unresponsive tasks, to be disposed of.</param>
internal readonly record struct CloseEnd(CloseReport Report, List<ITaskNode>? Parents, List<TaskCompletionSource<CloseReport>>? Insiders, ITimer? Timer, ITimer? NextLook);
