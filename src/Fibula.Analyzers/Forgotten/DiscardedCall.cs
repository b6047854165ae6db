using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Fibula.Analyzers;

/// <summary>Recognizes calls whose task nobody takes, for the generator, which begins with the syntax alone.</summary>
internal static class DiscardedCall
{
    // The operators of LINQ that take functions: what those call has a result that is wanted.
    private static readonly ImmutableHashSet<string> Operators =
    [
        "Aggregate", "All", "Any", "Average", "Count", "First", "FirstOrDefault", "GroupBy", "Last", "LastOrDefault", "Max", "MaxBy", "Min", "MinBy",
        "OrderBy", "OrderByDescending", "Select", "SelectMany", "Single", "SingleOrDefault", "SkipWhile", "Sum", "TakeWhile", "ThenBy",
        "ThenByDescending", "ToDictionary", "ToLookup", "Where", "Zip",
    ];

    /// <summary>A look at the syntax: the call may stand where its value is dropped. It is strict, since each call that passes costs the compiler a
    /// second look at its statement.</summary>
    public static bool MayBe(SyntaxNode node) =>
        node is InvocationExpressionSyntax call
        && ((!RaisesAnEvent(call) && MayDrop(call.Parent, call)) || (Continuation.After(call) is { } continuation && MayBe(continuation)));

    /// <summary>The operation of a call whose task needs an owner; null for any other call.</summary>
    public static IInvocationOperation? Of(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellationToken) =>
        // In this order: the symbol takes a look at the statement alone, the operation one at the whole method.
        model.GetSymbolInfo(call, cancellationToken).Symbol is IMethodSymbol method
        && TaskTypes.IsTask(method.ReturnType)
        && model.GetOperation(call, cancellationToken) is IInvocationOperation operation
        && UseOf(operation) != TaskUse.Kept
            ? operation
            : null;

    /// <summary>What becomes of the task of a call.</summary>
    public static TaskUse UseOf(IInvocationOperation call)
    {
        if (!TaskTypes.IsTask(call.TargetMethod.ReturnType) || Continuation.OnlyObserves(call))
        {
            return TaskUse.Kept;
        }

        return call.IsDiscarded() ? TaskUse.Dropped
            : call.Parent is IInvocationOperation next && next.Instance == call && IsDroppedContinuation(next)
                ? (Continuation.HandlesFaults(next) ? TaskUse.Observed : TaskUse.Dropped)
            : TaskUse.Kept;
    }

    // Changed?.Invoke(…): it calls a delegate, which cannot be replaced anyway, and no other statement is as frequent in a program with windows.
    private static bool RaisesAnEvent(InvocationExpressionSyntax call) =>
        call.Expression is MemberBindingExpressionSyntax { Name.Identifier.ValueText: "Invoke" };

    private static bool IsDroppedContinuation(IInvocationOperation call) =>
        Continuation.Is(call) && (call.IsDiscarded() || (call.Parent is IInvocationOperation next && next.Instance == call && IsDroppedContinuation(next)));

    private static bool MayDrop(SyntaxNode? around, InvocationExpressionSyntax call) => around switch
    {
        ExpressionStatementSyntax or ForStatementSyntax => true,
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" } } => true,
        ArrowExpressionClauseSyntax arrow => MayReturnNothing(arrow.Parent),
        AnonymousFunctionExpressionSyntax lambda => !IsOperand(lambda, call),
        ConditionalAccessExpressionSyntax or ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax => MayDrop(around.Parent, call),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" or "GetAwaiter" or "OnCompleted" or "UnsafeOnCompleted", Parent: InvocationExpressionSyntax next } =>
            MayDrop(next.Parent, next),
        _ => GoesToADiscard(around),
    };

    // As a part of a larger expression, which is no statement: _ = ready ? null : SaveAsync().
    private static bool GoesToADiscard(SyntaxNode? around) => around switch
    {
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" } or TupleExpressionSyntax or DeclarationExpressionSyntax } => true,
        ArgumentSyntax { Parent: TupleExpressionSyntax tuple } => GoesToADiscard(tuple.Parent),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression or (int)SyntaxKind.AsExpression }
            or ConditionalExpressionSyntax or SwitchExpressionArmSyntax or SwitchExpressionSyntax
            or CastExpressionSyntax or CheckedExpressionSyntax or ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax => GoesToADiscard(around.Parent),
        _ => false,
    };

    private static bool MayReturnNothing(SyntaxNode? member) => member switch
    {
        MethodDeclarationSyntax method => method.Modifiers.Any(SyntaxKind.AsyncKeyword) || TaskTypes.IsVoid(method.ReturnType),
        LocalFunctionStatementSyntax local => local.Modifiers.Any(SyntaxKind.AsyncKeyword) || TaskTypes.IsVoid(local.ReturnType),
        AccessorDeclarationSyntax accessor => !accessor.IsKind(SyntaxKind.GetAccessorDeclaration),
        ConstructorDeclarationSyntax or DestructorDeclarationSyntax => true,
        _ => false,
    };

    private static bool IsOperand(AnonymousFunctionExpressionSyntax lambda, InvocationExpressionSyntax call) =>
        lambda.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } } }
        && Operators.Contains(name)
        && !call.Expression.ToString().EndsWith("Async", StringComparison.Ordinal);
}
