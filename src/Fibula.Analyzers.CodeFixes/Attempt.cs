using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Fibula.Analyzers.CodeFixes;

/// <summary>Puts statements into a <c>try</c>, as they are but for their indentation.</summary>
/// <param name="caught">What follows <c>catch</c>: <c>(TimeoutException)</c>.</param>
/// <param name="handler">What is done about it, in one line.</param>
internal sealed class Attempt(string caught, string handler)
{
    private const string Step = "    ";

    /// <summary>Wraps the statements of the block from this one on.</summary>
    public void Wrap(FoundFix fix, BlockSyntax block, int from)
    {
        SourceText text = block.SyntaxTree.GetText();
        StatementSyntax first = block.Statements[from];
        TextLine firstLine = text.Lines.GetLineFromPosition(first.SpanStart);
        TextLine lastLine = text.Lines.GetLineFromPosition(block.CloseBraceToken.SpanStart);
        if (text.Lines.GetLineFromPosition(block.OpenBraceToken.SpanStart).LineNumber == lastLine.LineNumber || !IsFirstOnItsLine(text, first.SpanStart))
        {
            fix.Insert(first.SpanStart, "try { ").Insert(block.Statements.Last().Span.End, $" }} catch {caught} {{ {(handler.StartsWith("//", StringComparison.Ordinal) ? "" : $"{handler} ")}}}");
            return;
        }

        string indent = Indent(text, firstLine);
        string end = text.ToString(TextSpan.FromBounds(firstLine.End, firstLine.EndIncludingLineBreak));
        fix.Insert(firstLine.Start, $"{indent}try{end}{indent}{{{end}{Step}");
        for (int line = firstLine.LineNumber + 1; line < lastLine.LineNumber; line++)
        {
            if (text.Lines[line].Span.Length > 0 && !IsInsideAToken(block, text.Lines[line].Start))
            {
                fix.Insert(text.Lines[line].Start, Step);
            }
        }

        fix.Insert(lastLine.Start, $"{indent}}}{end}{indent}catch {caught}{end}{indent}{{{end}{indent}{Step}{handler}{end}{indent}}}{end}");
    }

    /// <summary>Wraps what a function without a block does.</summary>
    public void Wrap(FoundFix fix, ExpressionSyntax body, TextSpan around) =>
        fix.Replace(around, $"{{ try {{ {body}; }} catch {caught} {{ }} }}");

    private static bool IsFirstOnItsLine(SourceText text, int position)
    {
        TextLine line = text.Lines.GetLineFromPosition(position);
        return string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(line.Start, position)));
    }

    private static string Indent(SourceText text, TextLine line)
    {
        string code = text.ToString(line.Span);
        return code.Substring(0, code.Length - code.TrimStart().Length);
    }

    // A line of a text of several lines is what it is.
    private static bool IsInsideAToken(BlockSyntax block, int position)
    {
        SyntaxToken token = block.SyntaxTree.GetRoot().FindToken(position);
        return token.SpanStart < position
            && token.Parent is LiteralExpressionSyntax or InterpolatedStringTextSyntax or InterpolatedStringExpressionSyntax or InterpolationSyntax
            && token.Span.End > position;
    }
}
