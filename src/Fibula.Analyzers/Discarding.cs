using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Fibula.Analyzers;

/// <summary>Tells which calls drop their result.</summary>
internal static class Discarding
{
    /// <summary>The call is a statement, the whole of a lambda or method without a result, or assigned to a discard; and not in an expression tree.</summary>
    public static bool IsDiscarded(this IInvocationOperation call) => IsDropped(call) && !IsQuoted(call);

    /// <summary>The compiler says CS4014 here: it does so for a plain statement in an async function, and everywhere where the called method is async
    /// and its source is at hand.</summary>
    public static bool IsWarnedOfByCompiler(this IInvocationOperation call) =>
        call.Parent is IExpressionStatementOperation && (call.TargetMethod.IsAsync || call.EnclosingFunction(call.SemanticModel) is { IsAsync: true });

    /// <summary>The lambda, local function or method an operation stands in.</summary>
    public static IMethodSymbol? EnclosingFunction(this IOperation operation, SemanticModel? model)
    {
        for (IOperation? around = operation.Parent; around is not null; around = around.Parent)
        {
            switch (around)
            {
                case IAnonymousFunctionOperation lambda:
                    return lambda.Symbol;
                case ILocalFunctionOperation local:
                    return local.Symbol;
            }
        }

        return model?.GetEnclosingSymbol(operation.Syntax.SpanStart) as IMethodSymbol;
    }

    private static bool IsDropped(IInvocationOperation call) => Whole(call) switch
    {
        { Parent: IExpressionStatementOperation } => true,
        { Parent: ISimpleAssignmentOperation { Parent: IExpressionStatementOperation, Target: var target } } => IsUnderscore(target),
        _ => false,
    };

    // In (_, e) => { _ = LoadAsync(); } the compiler takes the underscore for the parameter; who wrote it has meant a discard.
    private static bool IsUnderscore(IOperation target) => target is IDiscardOperation
        or IParameterReferenceOperation { Parameter.Name: "_" }
        or ILocalReferenceOperation { Local.Name: "_" };

    // With what may stand around the call: a?.SendAsync(), and the conversion to the type of what it is assigned to.
    private static IOperation Whole(IOperation call) => call.Parent switch
    {
        IConditionalAccessOperation access when access.WhenNotNull == call => Whole(access),
        IConversionOperation { IsImplicit: true } conversion => Whole(conversion),
        _ => call,
    };

    // A mock's Verify(x => x.SaveAsync()) describes the call, it does not make it.
    private static bool IsQuoted(IOperation call)
    {
        for (IOperation? around = call.Parent; around is not null; around = around.Parent)
        {
            if (around is IAnonymousFunctionOperation { Parent: IConversionOperation { Type: { Name: "Expression" } } })
            {
                return true;
            }
        }

        return false;
    }
}
