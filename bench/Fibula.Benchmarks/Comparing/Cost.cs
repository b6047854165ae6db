namespace Fibula.Benchmarks;

/// <summary>What one operation costs, in time and in allocated memory.</summary>
internal readonly record struct Cost(double Nanoseconds, double Bytes)
{
    public static Cost Each(int operations, long nanoseconds, long bytes) => new((double)nanoseconds / operations, (double)bytes / operations);
}
