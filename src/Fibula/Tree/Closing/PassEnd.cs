namespace Fibula;

/// <summary>The effects of the end of a pass, for the caller to perform once the gate is free.</summary>
/// <param name="Outcome">What follows it.</param>
/// <param name="Ready">The tasks of the scope that have nobody left to wait for; null for none.</param>
internal readonly record struct PassEnd(PassOutcome Outcome, List<TaskCompletionSource<CloseReport>>? Ready);
