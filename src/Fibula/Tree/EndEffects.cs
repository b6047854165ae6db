namespace Fibula;

/// <summary>What is left to do after the end of a task.</summary>
/// <param name="Drained">The closes that were waiting for this end alone; null for none.</param>
/// <param name="HasEvents">The events are to be posted.</param>
/// <param name="IsShown">A view is to show something of it, or a fault is to be reported, which a close of the scope waits for.</param>
/// <param name="IsQueued">That is in the queue of the loop, and not only for the observer, which shows it at once where it is on the UI thread.</param>
internal readonly record struct EndEffects(CloseState[]? Drained, bool HasEvents, bool IsShown, bool IsQueued);
