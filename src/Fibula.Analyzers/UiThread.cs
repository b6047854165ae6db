using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Fibula.Analyzers;

/// <summary>Tells which code surely or very likely runs on the UI thread. In doubt it doesn't.</summary>
internal static class UiThread
{
    private static readonly string[] WaysOff =
        ["RunOnThreadPool", "SwitchToThreadPoolAsync", "StartNew", "QueueUserWorkItem", "UnsafeQueueUserWorkItem", "Thread", "Timer"];

    private static readonly string[] SignsOfLeaving = ["SwitchToThreadPoolAsync", "ConfigureAwait", "InvokeRequired", "CheckAccess"];

    public static bool Runs(IOperation operation, ISymbol containing, FibulaTypes types, CancellationToken cancellationToken)
    {
        SyntaxNode? function;
        if (Work.InnermostLambda(operation) is { } lambda)
        {
            function = IsHandler(lambda) || IsGivenToTheUiThread(lambda) ? lambda.Syntax : null;
        }
        else
        {
            function = IsMethodOfView(operation, containing, types, cancellationToken);
        }

        return function is not null && !MayLeave(function);
    }

    private static bool IsHandler(IAnonymousFunctionOperation lambda) =>
        lambda.Parent is IDelegateCreationOperation { Parent: IEventAssignmentOperation { Adds: true, EventReference: IEventReferenceOperation raised } }
        && Views.IsView(raised.Event.ContainingType);

    private static bool IsGivenToTheUiThread(IAnonymousFunctionOperation lambda) => lambda.Parent?.Parent switch
    {
        IArgumentOperation { Parent: IInvocationOperation { TargetMethod: var method } } => FibulaTypes.Declare(method) && RunsItsArgument(method),
        IArgumentOperation { Parent: IObjectCreationOperation { Constructor: { } made } } => FibulaTypes.Declare(made) && made.ContainingType.Name == "TaskCommand",
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property } } =>
            FibulaTypes.Declare(property) && property.ContainingType.Name is "UiAppOptions" or "TaskCommand",
        _ => false,
    };

    private static bool RunsItsArgument(IMethodSymbol method) => method.ContainingType.Name switch
    {
        "TaskStarter" => method.Name is "Run" or "StartAsync",
        "TaskScopeExtensions" => method.Name is "RunEvery" or "RunWhileShown",
        "EventLoop" => method.Name == "Run",
        "UiApp" or "UiLoop" => method.Name == "Post",
        _ => false,
    };

    private static SyntaxNode? IsMethodOfView(IOperation operation, ISymbol containing, FibulaTypes types, CancellationToken cancellationToken)
    {
        if (containing is not IMethodSymbol { IsStatic: false } method
            || !Views.IsView(method.ContainingType)
            || !SymbolEqualityComparer.Default.Equals(operation.EnclosingFunction(operation.SemanticModel), method)
            || method.Parameters.Any(parameter => types.IsContext(parameter.Type) || types.IsToken(parameter.Type))
            || method.ContainingType.DeclaringSyntaxReferences.Any(part => IsSentOff(method, part.GetSyntax(cancellationToken))))
        {
            return null;
        }

        return method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken);
    }

    // The method is named inside of something that runs elsewhere: Task.Run(Compute).
    private static bool IsSentOff(IMethodSymbol method, SyntaxNode type) =>
        type.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == method.Name)
            .Any(name => name.Ancestors().OfType<ArgumentSyntax>().Any(argument => argument.Parent?.Parent is { } call && LeadsOff(call)));

    private static bool LeadsOff(SyntaxNode call) => call switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } access } =>
            WaysOff.Contains(name) || access.ToString() is "Task.Run" or "Parallel.For" or "Parallel.ForEach" or "Parallel.Invoke",
        ObjectCreationExpressionSyntax { Type: var type } => WaysOff.Contains(type.ToString()),
        _ => false,
    };

    // After ConfigureAwait(false) or a switch the function is elsewhere.
    private static bool MayLeave(SyntaxNode function) =>
        function.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => SignsOfLeaving.Contains(name.Identifier.ValueText));
}
