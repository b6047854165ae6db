using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Fibula.Analyzers;

/// <summary>Tells which calls drop their result.</summary>
internal static class Discarding
{
    /// <summary>The call is a statement, the whole of a lambda or method without a result, or assigned to a discard, alone or as the value of a larger
    /// expression; and not in an expression tree.</summary>
    public static bool IsDiscarded(this IInvocationOperation call) => IsDropped(call) && !IsQuoted(call);

    /// <summary>Only turns the task it is called on into another awaitable: <c>SaveAsync().ConfigureAwait(false)</c>.</summary>
    public static bool IsConfigureAwait(this IInvocationOperation call) =>
        call.TargetMethod is { Name: "ConfigureAwait", IsStatic: false, ContainingType: { } type } && TaskTypes.IsTask(type);

    /// <summary>The compiler says CS4014 here: it does so for a plain statement in an async function, and everywhere where the called method is async
    /// and its source is at hand.</summary>
    public static bool IsWarnedOfByCompiler(this IInvocationOperation call) =>
        call.Parent is IInvocationOperation next && next.Instance == call && next.IsConfigureAwait() ? next.IsWarnedOfByCompiler()
        : call.Parent is IExpressionStatementOperation && (call.TargetMethod.IsAsync || call.EnclosingFunction(call.SemanticModel) is { IsAsync: true });

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

    private static bool IsDropped(IOperation value) => value.Parent switch
    {
        IExpressionStatementOperation => true,
        IAssignmentOperation or ITupleOperation => TargetOf(value) is { } target && IsUnderscore(target),
        IOperation around => IsValueOf(around, value) && IsDropped(around),
        null => false,
    };

    // What the value is assigned to in a statement, or in a part of one: (_, _) = (1, SaveAsync()).
    private static IOperation? TargetOf(IOperation value) => value.Parent switch
    {
        ISimpleAssignmentOperation { Parent: IExpressionStatementOperation } assignment when assignment.Value == value => assignment.Target,
        IDeconstructionAssignmentOperation { Parent: IExpressionStatementOperation } parts when parts.Value == value =>
            parts.Target is IDeclarationExpressionOperation declared ? declared.Expression : parts.Target,
        IConversionOperation { IsImplicit: true } conversion => TargetOf(conversion),
        ITupleOperation tuple => TargetOf(tuple) is ITupleOperation targets ? targets.Elements[tuple.Elements.IndexOf(value)] : TargetOf(tuple),
        _ => null,
    };

    // In (_, e) => { _ = LoadAsync(); } the compiler takes the underscore for the parameter; who wrote it has meant a discard.
    private static bool IsUnderscore(IOperation target) => target is IDiscardOperation
        or IParameterReferenceOperation { Parameter.Name: "_" }
        or ILocalReferenceOperation { Local.Name: "_" };

    // The expression gives the value on, and nobody else gets it: a?.SendAsync(), (Task)SendAsync(), ready ? null : SendAsync().
    private static bool IsValueOf(IOperation expression, IOperation value) => expression switch
    {
        IConditionalAccessOperation access => access.WhenNotNull == value,
        IConversionOperation conversion => conversion.IsImplicit || conversion.OperatorMethod is null,
        IConditionalOperation choice => choice.Condition != value,
        ICoalesceOperation => true,
        ISwitchExpressionArmOperation arm => arm.Value == value,
        ISwitchExpressionOperation choice => choice.Value != value,
        IInvocationOperation next => next.Instance == value && (next.IsConfigureAwait() || IsOfAnAwaiter(next.TargetMethod)),
        _ => false,
    };

    // SaveAsync().GetAwaiter().OnCompleted(…): who is called then knows nothing of an error.
    private static bool IsOfAnAwaiter(IMethodSymbol method) => method.Name is "GetAwaiter" or "OnCompleted" or "UnsafeOnCompleted"
        && method.ContainingNamespace.ToDisplayString() is "System.Threading.Tasks" or "System.Runtime.CompilerServices";

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
