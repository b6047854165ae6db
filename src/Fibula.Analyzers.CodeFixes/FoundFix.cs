using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Fibula.Analyzers.CodeFixes;

/// <summary>What the editor offers for one finding.</summary>
/// <param name="title">What it does. Findings whose fixes have the same title are fixed together.</param>
internal sealed class FoundFix(string title)
{
    public string Title { get; } = title;

    public ImmutableArray<TextChange> Changes { get; private set; } = [];

    public FoundFix Insert(int position, string text) => Add(new TextSpan(position, 0), text);

    public FoundFix Replace(SyntaxNode node, string text) => Add(node.Span, text);

    public FoundFix Replace(TextSpan span, string text) => Add(span, text);

    public FoundFix Surround(SyntaxNode node, string before, string after) => Insert(node.SpanStart, before).Insert(node.Span.End, after);

    private FoundFix Add(TextSpan span, string text)
    {
        Changes = Changes.Add(new TextChange(span, text));
        return this;
    }
}
