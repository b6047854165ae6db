namespace Fibula;

/// <summary>The effects of a task's end, for the caller to perform once the gate is free.</summary>
/// <param name="Drained">The closes that were waiting for this end alone; null for none.</param>
/// <param name="HasEvents">The events are to be posted.</param>
/// <param name="IsShown">A view is to show something of it, or a fault is to be reported, which a close of the scope waits for.</param>
/// <param name="IsQueued">It waits in the loop's queue. Otherwise only the observer has something to show, which it does immediately on the UI thread.</param>
internal readonly record struct EndEffects(List<CloseState>? Drained, bool HasEvents, bool IsShown, bool IsQueued);
