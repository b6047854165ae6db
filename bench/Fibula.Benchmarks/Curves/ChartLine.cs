namespace Fibula.Benchmarks;

/// <summary>A line of a chart: its name and its points, the first with the lowest X.</summary>
internal sealed record ChartLine(string Name, IReadOnlyList<(int X, double Y)> Points);
