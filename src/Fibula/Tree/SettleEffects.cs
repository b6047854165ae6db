namespace Fibula;

/// <summary>The effects of the end of a task's work, for the caller to perform once the gate is free.</summary>
/// <param name="End">The task has ended with it; null where children still run.</param>
/// <param name="Children">Those that are to be canceled.</param>
/// <param name="Group">The group that ends with this failure; null for none.</param>
/// <param name="HasFault">The error is to be reported now, since the children may take long.</param>
internal readonly record struct SettleEffects(EndEffects? End, ITaskNode[] Children, ITaskNode? Group, bool HasFault);
