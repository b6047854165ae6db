using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Fibula.Analyzers;

/// <summary>Recognizes calls whose task nobody takes, for the generator, which begins with the syntax alone.</summary>
internal static class DiscardedCall
{
    /// <summary>A look at the syntax: the call may stand where its value is dropped.</summary>
    public static bool MayBe(SyntaxNode node) =>
        node is InvocationExpressionSyntax
        {
            Parent: ExpressionStatementSyntax or AssignmentExpressionSyntax or ArrowExpressionClauseSyntax or AnonymousFunctionExpressionSyntax
                or ForStatementSyntax or ConditionalAccessExpressionSyntax or ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax,
        };

    /// <summary>The method of a call whose task is dropped; null for any other call.</summary>
    public static IMethodSymbol? MethodOf(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellationToken) =>
        model.GetOperation(call, cancellationToken) is IInvocationOperation operation
        && TaskTypes.IsTask(operation.TargetMethod.ReturnType)
        && operation.IsDiscarded()
        && model.GetSymbolInfo(call, cancellationToken).Symbol is IMethodSymbol method
            ? method
            : null;
}
