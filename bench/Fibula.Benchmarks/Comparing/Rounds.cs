namespace Fibula.Benchmarks;

/// <summary>Interleaved rounds, so that whatever disturbs the machine disturbs both contestants, and their medians.</summary>
internal static class Rounds
{
    private const int Count = 11;

    // Until the runtime has compiled everything for good, which it does in the background.
    private const int WarmUp = 10;

    public static IEnumerable<Answer> Answer(IReadOnlyList<Comparison> comparisons)
    {
        // A contestant that stands in several comparisons runs once per round.
        Contestant[] contestants = [.. comparisons.SelectMany(c => new[] { c.Ours, c.Peer }).Distinct()];
        var costs = contestants.ToDictionary(c => c, _ => new List<Cost>());
        for (int round = -WarmUp; round < Count; round++)
        {
            foreach (var contestant in contestants)
            {
                var cost = contestant.Round();
                if (round >= 0)
                {
                    costs[contestant].Add(cost);
                }
            }
        }

        return comparisons.Select(c => new Answer(c, Median(costs[c.Ours]), Median(costs[c.Peer]), Spread(costs[c.Ours])));
    }

    private static Cost Median(List<Cost> costs) =>
        new(Quantile(costs.Select(cost => cost.Nanoseconds), 0.5), Quantile(costs.Select(cost => cost.Bytes), 0.5));

    // The distance between the quartiles, in parts of the median.
    private static double Spread(List<Cost> costs)
    {
        var times = costs.ConvertAll(cost => cost.Nanoseconds);
        return (Quantile(times, 0.75) - Quantile(times, 0.25)) / Quantile(times, 0.5);
    }

    private static double Quantile(IEnumerable<double> values, double quantile)
    {
        double[] sorted = [.. values.Order()];
        return sorted[(int)(quantile * (sorted.Length - 1))];
    }
}
