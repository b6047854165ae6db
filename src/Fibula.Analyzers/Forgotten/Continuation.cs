using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Fibula.Analyzers;

/// <summary>Looks into a <c>ContinueWith</c> whose own task is dropped.</summary>
internal static class Continuation
{
    private const string Name = "ContinueWith";
    private const int NotOnRanToCompletion = 0x10000;
    private const int NotOnFaulted = 0x20000;

    /// <summary>A call of <c>Task.ContinueWith</c>.</summary>
    public static bool Is(IInvocationOperation call) => call.TargetMethod is { Name: Name, IsStatic: false, ContainingType: { } type } && TaskTypes.IsTask(type);

    /// <summary>By its syntax: the call that this one is the antecedent of, as in <c>SaveAsync().ContinueWith(…)</c>.</summary>
    public static InvocationExpressionSyntax? After(InvocationExpressionSyntax call) => Outermost(call).Parent switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: Name, Parent: InvocationExpressionSyntax next } access when access.Expression == Outermost(call) => next,
        _ => null,
    };

    /// <summary>By its syntax: the call that this one continues.</summary>
    public static InvocationExpressionSyntax? Before(InvocationExpressionSyntax call)
    {
        ExpressionSyntax? antecedent = (call.Expression as MemberAccessExpressionSyntax)?.Expression;
        while (antecedent is ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax)
        {
            antecedent = antecedent is ParenthesizedExpressionSyntax inner ? inner.Expression : ((PostfixUnaryExpressionSyntax)antecedent).Operand;
        }

        return antecedent as InvocationExpressionSyntax;
    }

    /// <summary>The continuation does nothing but read how its antecedent has ended, or dispose something: it is no work.</summary>
    public static bool OnlyObserves(IInvocationOperation call) => Is(call) && Function(call) is { } function && function.Body.Operations.All(IsObservation);

    /// <summary>The continuation runs when its antecedent has failed, and takes an interest in it.</summary>
    public static bool HandlesFaults(IInvocationOperation call)
    {
        if (Options(call) is not { } options || (options & NotOnFaulted) != 0)
        {
            return false;
        }

        bool isForFaultsOnly = (options & NotOnRanToCompletion) != 0;
        return isForFaultsOnly || Function(call) is not { } function || Uses(function);
    }

    private static ExpressionSyntax Outermost(ExpressionSyntax call) =>
        call.Parent is ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax ? Outermost((ExpressionSyntax)call.Parent) : call;

    private static IAnonymousFunctionOperation? Function(IInvocationOperation call) =>
        call.Arguments.Select(argument => argument.Value).OfType<IDelegateCreationOperation>().Select(made => made.Target).OfType<IAnonymousFunctionOperation>().FirstOrDefault();

    // Null where they are known at run time only.
    private static int? Options(IInvocationOperation call)
    {
        IArgumentOperation? options = call.Arguments.FirstOrDefault(argument => argument.Parameter?.Type.Name == "TaskContinuationOptions");
        return options is null ? 0 : options.Value.ConstantValue is { HasValue: true, Value: int value } ? value : null;
    }

    private static bool Uses(IAnonymousFunctionOperation function) =>
        function.Symbol.Parameters.FirstOrDefault() is { } antecedent
        && function.Body.Descendants().OfType<IParameterReferenceOperation>().Any(use => SymbolEqualityComparer.Default.Equals(use.Parameter, antecedent));

    private static bool IsObservation(IOperation step) => step switch
    {
        IExpressionStatementOperation { Operation: var expression } => IsLook(expression) || IsDisposal(expression),
        IReturnOperation { ReturnedValue: null } => true,
        IReturnOperation { ReturnedValue: { } value } => IsLook(value) || IsDisposal(value),
        IVariableDeclarationGroupOperation locals => locals.Declarations.SelectMany(local => local.Declarators).All(local => local.Initializer is { Value: var value } && IsLook(value)),
        IConditionalOperation condition => IsLook(condition.Condition) && IsObservation(condition.WhenTrue) && (condition.WhenFalse is null || IsObservation(condition.WhenFalse)),
        IBlockOperation block => block.Operations.All(IsObservation),
        IEmptyOperation => true,
        _ => false,
    };

    // It reads, and passes nothing on. The result of a task is what the work goes on with.
    private static bool IsLook(IOperation value) => value switch
    {
        ISimpleAssignmentOperation assignment => assignment.Target is IDiscardOperation or ILocalReferenceOperation or IParameterReferenceOperation && IsLook(assignment.Value),
        IConversionOperation conversion => IsLook(conversion.Operand),
        IPropertyReferenceOperation { Property.Name: not "Result", Instance: { } instance } => IsLook(instance),
        IConditionalAccessOperation access => IsLook(access.Operation) && (IsLook(access.WhenNotNull) || IsDisposal(access.WhenNotNull)),
        IUnaryOperation unary => IsLook(unary.Operand),
        IBinaryOperation binary => IsLook(binary.LeftOperand) && IsLook(binary.RightOperand),
        IIsPatternOperation pattern => IsLook(pattern.Value),
        IInvocationOperation { TargetMethod: { Name: "Flatten" or "Handle", ContainingType.Name: nameof(AggregateException) }, Instance: { } instance } => IsLook(instance),
        IInvocationOperation { TargetMethod: { Name: "KeepAlive", ContainingType.Name: nameof(GC) } } kept => kept.Arguments.All(argument => IsLook(argument.Value)),
        IParameterReferenceOperation or ILocalReferenceOperation or IConditionalAccessInstanceOperation or ILiteralOperation or IDefaultValueOperation => true,
        _ => false,
    };

    private static bool IsDisposal(IOperation value) => value switch
    {
        IInvocationOperation { TargetMethod: { Name: "Dispose" or "DisposeAsync", Parameters.IsEmpty: true } } => true,
        IConversionOperation conversion => IsDisposal(conversion.Operand),
        IConditionalAccessOperation access => IsDisposal(access.WhenNotNull),
        ISimpleAssignmentOperation { Target: IDiscardOperation } assignment => IsDisposal(assignment.Value),
        _ => false,
    };
}
