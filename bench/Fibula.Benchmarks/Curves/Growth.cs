namespace Fibula.Benchmarks;

/// <summary>What is measured at several sizes.</summary>
internal sealed record Growth(string FileName, string Title, string XAxis, int[] Sizes)
{
    public required (string Name, Func<int, Cost> Measure)[] Lines { get; init; }

    public Chart Measure()
    {
        var points = Lines.ToDictionary(line => line.Name, _ => new List<(int X, double Y)>());
        foreach (int size in Sizes)
        {
            var rounds = size > 100_000 ? Rounds.Heavy : Rounds.Full;
            foreach (var (contestant, costs) in rounds.Run([.. Lines.Select(line => new Contestant(line.Name, () => line.Measure(size)))]))
            {
                points[contestant.Name].Add((size, costs.Min(cost => cost.Nanoseconds)));
            }
        }

        return new Chart(FileName, Title, XAxis, "processor time each, ns", [.. Lines.Select(line => new ChartLine(line.Name, points[line.Name]))]);
    }
}
