namespace Fibula;

/// <summary>What is left to do after the end of a task.</summary>
/// <param name="Drained">The closes that were waiting for this end alone; null for none.</param>
/// <param name="HasEvents">The events are to be posted.</param>
/// <param name="IsShown">Something is queued that a view shows or that tells of a fault, which a close of the scope waits for.</param>
internal readonly record struct EndEffects(CloseState[]? Drained, bool HasEvents, bool IsShown);
