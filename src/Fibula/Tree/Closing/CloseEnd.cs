namespace Fibula;

/// <summary>What is left to do after a close has ended.</summary>
/// <param name="Report">How it went.</param>
/// <param name="Parents">The tasks whose abandoned children are not waited for any longer; null for none.</param>
/// <param name="Insiders">The tasks of the scope that wait for the report.</param>
/// <param name="Timer">That of the close, to be disposed of.</param>
/// <param name="NextLook">That of the next look at the unresponsive, to be disposed of.</param>
internal readonly record struct CloseEnd(CloseReport Report, List<ITaskNode>? Parents, List<TaskCompletionSource<CloseReport>> Insiders, ITimer? Timer, ITimer? NextLook);
