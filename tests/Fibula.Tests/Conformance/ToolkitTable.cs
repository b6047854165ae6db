using System.Text;
using System.Text.RegularExpressions;
using Fibula.Testing;

namespace Fibula.Tests.Conformance;

/// <summary>The table of docs/toolkits.md: a line for each promise, a column for each loop, and the reasons of what was left out.</summary>
internal static partial class ToolkitTable
{
    private const string Begin = "<!-- results: begin -->\n";
    private const string End = "<!-- results: end -->\n";

    /// <summary>Puts the table that the results give between the two markers of the document.</summary>
    public static string Update(string document, SortedDictionary<string, ToolkitResult> results)
    {
        int begin = document.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        return document[..begin] + Render(results) + document[document.IndexOf(End, StringComparison.Ordinal)..];
    }

    private static string Render(SortedDictionary<string, ToolkitResult> results)
    {
        List<string> reasons = [.. results.SelectMany(loop => loop.Value.LeftOut.Values).Distinct()];
        var table = new StringBuilder("\n");
        table.Append($"| | {string.Join(" | ", results.Keys)} |\n| --- |{string.Concat(Enumerable.Repeat(" :-: |", results.Count))}\n");
        foreach (LoopPromise promise in LoopConformance.Promises)
        {
            IEnumerable<string> cells = results.Select(loop => Cell(loop.Value, promise.Name, reasons));
            table.Append($"| {promise.Behaviour} {Sentence(promise.Name)} | {string.Join(" | ", cells)} |\n");
        }

        table.Append('\n');
        table.AppendJoin("", reasons.Select((reason, index) => $"{index + 1}. {reason}\n"));
        return table.Append('\n').ToString();
    }

    private static string Cell(ToolkitResult result, string promise, List<string> reasons) =>
        result.Kept.Contains(promise) ? "yes"
        : result.LeftOut.TryGetValue(promise, out string? reason) ? $"– ({reasons.IndexOf(reason) + 1})"
        : "**no**";

    // AnIdleLoopIsWokenAtOnce: An idle loop is woken at once.
    private static string Sentence(string name)
    {
        string words = WordStart().Replace(name, match => $" {match.Value.ToLowerInvariant()}").Replace(" ui ", " UI ", StringComparison.Ordinal).Trim();
        return $"{char.ToUpperInvariant(words[0])}{words[1..]}.";
    }

    [GeneratedRegex("[A-Z]")]
    private static partial Regex WordStart();
}
