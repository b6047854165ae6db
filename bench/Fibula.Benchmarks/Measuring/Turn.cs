namespace Fibula.Benchmarks;

/// <summary>How long the UI thread was busy in one turn, and what of it was a garbage collection, which a program of that size has anyway.</summary>
internal readonly record struct Turn(long Nanoseconds, double PauseMilliseconds);
