namespace Fibula;

/// <summary>What a close does with a task.</summary>
/// <param name="Cancels">It is asked to cancel.</param>
/// <param name="CutsShields">The request also reaches the shielded parts of the task.</param>
/// <param name="LeavesBehind">It is not waited for any longer.</param>
/// <param name="WaitsUntil">The next moment at which something is due; null for none.</param>
internal readonly record struct CloseStep(bool Cancels, bool CutsShields, bool LeavesBehind, TimeSpan? WaitsUntil);
