using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Text;

namespace Fibula.Analyzers.Tests;

/// <summary>Code in which <c>[|…|]</c> marks what a rule should find. What marks the lines that a document shows is left out.</summary>
internal sealed partial class MarkedCode
{
    public MarkedCode(string marked)
    {
        var spans = new List<TextSpan>();
        int removed = 0;
        Text = Mark().Replace(DocumentMark().Replace(marked, ""), found =>
        {
            spans.Add(new TextSpan(found.Index - removed, found.Groups[1].Length));
            removed += found.Length - found.Groups[1].Length;
            return found.Groups[1].Value;
        });
        Spans = [.. spans];
    }

    public string Text { get; }

    public ImmutableArray<TextSpan> Spans { get; }

    [GeneratedRegex(@"\[\|(.*?)\|\]", RegexOptions.Singleline)]
    private static partial Regex Mark();

    [GeneratedRegex(@"^ *// docs: \S+\n", RegexOptions.Multiline)]
    private static partial Regex DocumentMark();
}
