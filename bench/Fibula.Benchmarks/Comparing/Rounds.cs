using System.Diagnostics;

namespace Fibula.Benchmarks;

/// <summary>Interleaved rounds, so that whatever disturbs the machine disturbs both contestants.</summary>
/// <param name="WarmUp">The time in which the runtime compiles everything for good, which it does in the background.</param>
/// <param name="Least">The number of rounds, unless they take longer than a question may.</param>
/// <param name="Time">Further rounds are made until so much time has gone.</param>
internal sealed record Rounds(TimeSpan WarmUp, int Least, TimeSpan Time)
{
    private const int Most = 60;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static Rounds Full { get; } = new(TimeSpan.FromSeconds(1), 15, TimeSpan.FromSeconds(1.5));

    /// <summary>Enough to see that the contestants do their work.</summary>
    public static Rounds Quick { get; } = new(TimeSpan.Zero, 1, TimeSpan.Zero);

    /// <summary>For rounds that take seconds. Smaller ones have warmed up the same code before.</summary>
    public static Rounds Heavy { get; } = new(TimeSpan.Zero, 3, TimeSpan.Zero);

    public IEnumerable<Answer> Answer(IReadOnlyList<Comparison> comparisons)
    {
        // A contestant that stands in several comparisons runs once per round.
        var costs = Run([.. comparisons.SelectMany(c => new[] { c.Ours, c.Peer }).OfType<Contestant>().Distinct()]);
        return comparisons.Select(c => Answer(c, costs));
    }

    /// <returns>What each contestant has cost in each round.</returns>
    public Dictionary<Contestant, List<Cost>> Run(Contestant[] contestants)
    {
        var costs = contestants.ToDictionary(c => c, _ => new List<Cost>());
        GC.Collect();
        WarmUpOn(contestants);
        var watch = Stopwatch.StartNew();
        for (int round = 0; (round < Least && watch.Elapsed < Limit) || (round < Most && watch.Elapsed < Time); round++)
        {
            foreach (var contestant in contestants)
            {
                costs[contestant].Add(contestant.Round());
            }
        }

        return costs;
    }

    private void WarmUpOn(Contestant[] contestants)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < WarmUp)
        {
            foreach (var contestant in contestants)
            {
                contestant.Round();
            }
        }
    }

    // The least is what the code costs; the rest is the machine's. A limit without a peer is about how long the user waits, so there the middle counts.
    private static Answer Answer(Comparison comparison, Dictionary<Contestant, List<Cost>> costs)
    {
        double quantile = comparison.Peer is null ? 0.5 : 0;
        var peer = comparison.Peer is { } contestant ? At(quantile, costs[contestant]) : default;
        return new Answer(comparison, At(quantile, costs[comparison.Ours]), peer, Spread(costs[comparison.Ours]));
    }

    private static Cost At(double quantile, List<Cost> costs) =>
        new(Quantile(costs.Select(cost => cost.Nanoseconds), quantile), Quantile(costs.Select(cost => cost.Bytes), quantile));

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
