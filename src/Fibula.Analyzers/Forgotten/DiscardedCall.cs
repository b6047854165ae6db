using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fibula.Analyzers;

/// <summary>Recognizes calls whose task nobody takes.</summary>
internal static class DiscardedCall
{
    /// <summary>A look at the syntax alone, for the compiler's first filter: the call may stand where its value is dropped.</summary>
    public static bool MayBe(SyntaxNode node) => node is InvocationExpressionSyntax call && PlaceOf(call) is not null;

    /// <summary>The method of a call whose task is dropped; null for any other call.</summary>
    public static IMethodSymbol? MethodOf(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellationToken) =>
        PlaceOf(call) is { } place
        && model.GetSymbolInfo(call, cancellationToken).Symbol is IMethodSymbol method
        && TaskTypes.IsTask(method.ReturnType)
        && DropsItsValue(place, model, cancellationToken)
        && !IsQuoted(call, model, cancellationToken)
            ? method
            : null;

    // The node around the call that decides about its value: a statement, a discard, or a body that is an expression.
    private static SyntaxNode? PlaceOf(InvocationExpressionSyntax call)
    {
        SyntaxNode value = call;
        while (true)
        {
            switch (value.Parent)
            {
                case ParenthesizedExpressionSyntax or CheckedExpressionSyntax or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression }:
                case ConditionalAccessExpressionSyntax access when access.WhenNotNull == value:
                    value = value.Parent;
                    continue;
                case AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" } } assignment when assignment.Right == value:
                case ExpressionStatementSyntax or ArrowExpressionClauseSyntax or ForStatementSyntax:
                case AnonymousFunctionExpressionSyntax lambda when lambda.ExpressionBody == value:
                    return value.Parent;
                default:
                    return null;
            }
        }
    }

    private static bool DropsItsValue(SyntaxNode place, SemanticModel model, CancellationToken cancellationToken) => place switch
    {
        AssignmentExpressionSyntax discard => model.GetSymbolInfo(discard.Left, cancellationToken).Symbol is IDiscardSymbol,
        AnonymousFunctionExpressionSyntax lambda => model.GetSymbolInfo(lambda, cancellationToken).Symbol is IMethodSymbol { } method && ReturnsNothing(method),
        ArrowExpressionClauseSyntax { Parent: { } member } => model.GetDeclaredSymbol(member, cancellationToken) is IMethodSymbol method && ReturnsNothing(method),
        ForStatementSyntax => true,
        _ => true,
    };

    // A mock's Verify(x => x.SaveAsync()) describes the call and does not make it.
    private static bool IsQuoted(SyntaxNode call, SemanticModel model, CancellationToken cancellationToken) =>
        call.Ancestors().OfType<AnonymousFunctionExpressionSyntax>()
            .Any(lambda => model.GetTypeInfo(lambda, cancellationToken).ConvertedType is { Name: "Expression", ContainingNamespace.Name: "Expressions" });

    // An async method that returns a task without a result takes its expression for a statement.
    private static bool ReturnsNothing(IMethodSymbol method) =>
        method.ReturnsVoid || (method.IsAsync && method.ReturnType is INamedTypeSymbol { IsGenericType: false });
}
