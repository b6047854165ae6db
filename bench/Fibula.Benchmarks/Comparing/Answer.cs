namespace Fibula.Benchmarks;

/// <summary>What the rounds of one comparison have shown, and how far the middle half of ours was spread.</summary>
internal sealed record Answer(Comparison Comparison, Cost Ours, Cost Peer, double Spread)
{
    /// <summary>Our time divided by the peer's.</summary>
    public double Ratio => Ours.Nanoseconds / Peer.Nanoseconds;

    public double AddedNanoseconds => Ours.Nanoseconds - Peer.Nanoseconds;

    public double AddedBytes => Ours.Bytes - Peer.Bytes;

    public bool IsMet => Comparison.Goal.IsMet(this);
}
