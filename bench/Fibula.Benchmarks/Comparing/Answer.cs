namespace Fibula.Benchmarks;

/// <summary>The medians of one comparison, and how far the middle half of the rounds was spread around ours.</summary>
internal sealed record Answer(Comparison Comparison, Cost Ours, Cost Peer, double Spread)
{
    /// <summary>How many times ours the peer takes, or below 1 how much faster it is.</summary>
    public double Ratio => Ours.Nanoseconds / Peer.Nanoseconds;

    public bool IsMet => Comparison.IsMet(this);
}
