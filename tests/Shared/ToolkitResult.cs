namespace Fibula.Tests.Conformance;

/// <summary>What a run of the conformance suite on one loop has given.</summary>
internal sealed class ToolkitResult
{
    public SortedSet<string> Kept { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Promise to reason.</summary>
    public SortedDictionary<string, string> LeftOut { get; set; } = new(StringComparer.Ordinal);
}
