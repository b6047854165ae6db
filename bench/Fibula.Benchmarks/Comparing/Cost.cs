namespace Fibula.Benchmarks;

/// <summary>What one operation costs, in time and in memory allocated by the measuring thread.</summary>
internal readonly record struct Cost(double Nanoseconds, double Bytes);
