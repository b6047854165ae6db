namespace Fibula;

/// <summary>What is left to do after a close has ended.</summary>
/// <param name="Report">How it went.</param>
/// <param name="Parents">The tasks whose abandoned children are not waited for any longer.</param>
/// <param name="Insiders">The tasks of the scope that wait for the report.</param>
/// <param name="Timers">To be disposed of.</param>
internal readonly record struct CloseEnd(CloseReport Report, List<ITaskNode> Parents, List<TaskCompletionSource<CloseReport>> Insiders, ITimer?[] Timers);
