using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Fibula.Analyzers.CodeFixes;

/// <summary>Says of how many it is a part: of 100, or of what a whole number was divided by.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
internal sealed class FIB0012PercentageFix : RuleFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["FIB0012"];

    protected override FoundFix? Find(SyntaxNode node, SemanticModel model, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (node is not InvocationExpressionSyntax call || call.ArgumentList.Arguments.FirstOrDefault() is not { NameColon: null } number)
        {
            return null;
        }

        var fix = new FoundFix("Say of how many");
        return number.Expression is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.DivideExpression } part && !part.Left.DescendantNodesAndSelf().Any(IsHundred)
            ? fix.Replace(TextSpan.FromBounds(part.Left.Span.End, part.Right.SpanStart), ", ")
            : fix.Insert(number.Span.End, ", 100");
    }

    private static bool IsHundred(SyntaxNode node) => node is LiteralExpressionSyntax { Token.Value: 100 };
}
