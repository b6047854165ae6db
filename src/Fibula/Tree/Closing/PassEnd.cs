namespace Fibula;

/// <summary>What is left to do after a pass of a close.</summary>
/// <param name="Outcome">What follows it.</param>
/// <param name="Ready">The tasks of the scope that have nobody left to wait for.</param>
internal readonly record struct PassEnd(PassOutcome Outcome, List<TaskCompletionSource<CloseReport>> Ready);
