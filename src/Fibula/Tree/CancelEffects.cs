namespace Fibula;

/// <summary>The effects of a cancellation request, for the caller to perform once the gate is free.</summary>
/// <param name="Children">Those that the request reaches too.</param>
/// <param name="IsNew">The task was not asked before.</param>
/// <param name="End">It had not begun, and has ended; null where it has begun.</param>
/// <param name="Source">The token source to be signaled.</param>
/// <param name="Callback">How to cancel a foreign task.</param>
/// <param name="HasEvents">The events are to be posted.</param>
internal readonly record struct CancelEffects(
    ITaskNode[] Children, bool IsNew, EndEffects? End, CancellationTokenSource? Source, Action? Callback, bool HasEvents);
