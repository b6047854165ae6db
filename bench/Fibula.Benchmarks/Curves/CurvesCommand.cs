namespace Fibula.Benchmarks;

/// <summary>The command <c>curves</c>: measures how costs grow, and draws it in bench/results.</summary>
internal static class CurvesCommand
{
    public static int Run(string[] options)
    {
        if (options is not ([] or ["--only", _]))
        {
            Console.Error.WriteLine("Usage: curves [--only FILE], where FILE is the name of a picture without .svg.");
            return 2;
        }

        string folder = Path.Combine(RepositoryFolder.Path, "bench", "results");
        foreach (var curve in GrowthCurves.All.Where(curve => options is [] || options[1] == curve.FileName))
        {
            var chart = curve.Measure();
            File.WriteAllText(Path.Combine(folder, chart.FileName + ".svg"), Svg.Draw(chart));
            foreach (var line in chart.Lines)
            {
                Console.WriteLine($"{chart.FileName}, {line.Name}: {string.Join(", ", line.Points.Select(Text))}");
            }
        }

        return 0;
    }

    private static string Text((int X, double Y) point) => FormattableString.Invariant($"{point.X:N0} at {point.Y:N0} ns");
}
