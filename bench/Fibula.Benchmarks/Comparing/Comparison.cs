namespace Fibula.Benchmarks;

/// <summary>One question: ours against a peer, or against a limit, and what is to be true.</summary>
internal sealed record Comparison(string Question, Contestant Ours, Contestant? Peer, Goal Goal)
{
    /// <summary>What else was seen in the rounds; null for nothing.</summary>
    public Func<string>? Note { get; init; }

    /// <summary>Whether a round takes seconds. It is left out where time is short.</summary>
    public bool IsHeavy { get; init; }
}
