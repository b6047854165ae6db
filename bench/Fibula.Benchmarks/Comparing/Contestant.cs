namespace Fibula.Benchmarks;

/// <summary>One way of doing what a question asks, measured one round at a time.</summary>
internal sealed record Contestant(string Name, Func<Cost> Round);
