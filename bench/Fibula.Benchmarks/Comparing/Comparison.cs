namespace Fibula.Benchmarks;

/// <summary>One question: ours against a peer, and what we want to be true.</summary>
internal sealed record Comparison(string Question, Contestant Ours, Contestant Peer, string Goal, Func<Answer, bool> IsMet);
