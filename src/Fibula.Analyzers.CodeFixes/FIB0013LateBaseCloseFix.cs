using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Fibula.Analyzers.CodeFixes;

/// <summary>Calls the base class first.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
internal sealed class FIB0013LateBaseCloseFix : RuleFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["FIB0013"];

    protected override FoundFix? Find(SyntaxNode node, SemanticModel model, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (node is not MethodDeclarationSyntax { Body: { } body, ParameterList.Parameters: { Count: 1 } parameters } method || body.Statements.FirstOrDefault() is not { } first)
        {
            return null;
        }

        SourceText text = method.SyntaxTree.GetText(cancellationToken);
        string call = $"base.{method.Identifier.Text}({parameters[0].Identifier.Text});";
        TextLine line = text.Lines.GetLineFromPosition(first.SpanStart);
        string before = text.ToString(TextSpan.FromBounds(line.Start, first.SpanStart));
        bool isAlone = string.IsNullOrWhiteSpace(before);
        FoundFix fix = new FoundFix("Call the base class first")
            .Insert(first.SpanStart, isAlone ? $"{call}{text.ToString(TextSpan.FromBounds(line.End, line.EndIncludingLineBreak))}{before}" : $"{call} ");
        foreach (ExpressionStatementSyntax late in body.DescendantNodes().OfType<ExpressionStatementSyntax>().Where(step => step.ToString() == call))
        {
            fix.Replace(WithItsLine(text, late), "");
        }

        return fix;
    }

    private static TextSpan WithItsLine(SourceText text, StatementSyntax statement)
    {
        TextLine line = text.Lines.GetLineFromPosition(statement.SpanStart);
        return text.ToString(line.Span).Trim() == statement.ToString()
            ? line.SpanIncludingLineBreak
            : TextSpan.FromBounds(statement.GetFirstToken().GetPreviousToken().Span.End, statement.Span.End);
    }
}
