namespace Fibula.Benchmarks;

/// <summary>A picture of how a cost grows.</summary>
/// <param name="FileName">Without the extension.</param>
/// <param name="Title">What is measured.</param>
/// <param name="XAxis">What grows. The axis is logarithmic.</param>
/// <param name="YAxis">The cost, with its unit. The axis begins at zero.</param>
/// <param name="Lines">What is compared.</param>
internal sealed record Chart(string FileName, string Title, string XAxis, string YAxis, IReadOnlyList<ChartLine> Lines);
