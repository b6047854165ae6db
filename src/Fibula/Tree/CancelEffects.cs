namespace Fibula;

/// <summary>What is left to do after a task was asked to cancel.</summary>
/// <param name="Children">Those that the request reaches too.</param>
/// <param name="IsNew">The task was not asked before.</param>
/// <param name="End">It had not begun, and has ended; null where it has begun.</param>
/// <param name="Source">The token source to be signaled.</param>
/// <param name="Callback">How to cancel a foreign task.</param>
/// <param name="HasEvents">The events are to be posted.</param>
internal readonly record struct CancelEffects(
    ITaskNode[] Children, bool IsNew, EndEffects? End, CancellationTokenSource? Source, Action? Callback, bool HasEvents);
