using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Fibula.Analyzers.CodeFixes;

/// <summary>What a fix puts the handle of a scope in place of: the dropped call, and what only has a meaning around a task.</summary>
internal static class DroppedExpression
{
    /// <summary>The call at the node whose task is dropped: of <c>LoadAsync().ConfigureAwait(false)</c> the first.</summary>
    public static InvocationExpressionSyntax? CallAt(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Expression: InvocationExpressionSyntax inner } } => inner,
        _ => node as InvocationExpressionSyntax,
    };

    /// <summary>The place of the call, with the discard, which the scope's handle doesn't need; null where its value is one of several.</summary>
    public static TextSpan? Around(InvocationExpressionSyntax call)
    {
        SyntaxNode whole = call;
        while (true)
        {
            switch (whole.Parent)
            {
                case AssignmentExpressionSyntax { Left: IdentifierNameSyntax } discard:
                    return discard.Span;
                case ExpressionStatementSyntax or ForStatementSyntax or ArrowExpressionClauseSyntax or AnonymousFunctionExpressionSyntax:
                    return whole.Span;
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Parent: InvocationExpressionSyntax configured }:
                    whole = configured;
                    break;
                case CastExpressionSyntax or CheckedExpressionSyntax or ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax
                    or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AsExpression }:
                    whole = whole.Parent;
                    break;
                default:
                    return null;
            }
        }
    }
}
