using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Fibula.Analyzers;

/// <summary>A wait that blocks the UI thread: nothing draws or listens meanwhile, and a task that needs that thread never ends.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class FIB0005BlockingWaitAnalyzer : FibulaRule
{
    private static readonly DiagnosticDescriptor Rule = new(
        id: "FIB0005",
        title: "The UI thread blocks on a task",
        messageFormat: "'{0}' blocks the UI thread, and for ever if the task needs that thread to end. Use await.",
        category: "Fibula",
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule];

    protected override void Start(CompilationStartAnalysisContext start, FibulaTypes types) =>
        start.RegisterOperationAction(found => Check(found, types), OperationKind.Invocation, OperationKind.PropertyReference);

    private static void Check(OperationAnalysisContext context, FibulaTypes types)
    {
        (string? name, IOperation? task) = context.Operation switch
        {
            IPropertyReferenceOperation { Property.Name: "Result", Instance: { } instance } when TaskTypes.IsTask(instance.Type) => ("Result", instance),
            IInvocationOperation call => (BlockingCall(call, types, out IOperation? instance), instance),
            _ => (null, null),
        };
        if (name is not null
            && !MayHaveEnded(task)
            && UiThread.Runs(context.Operation, context.ContainingSymbol, types, context.CancellationToken))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, context.Operation.Syntax.GetLocation(), name));
        }
    }

    private static string? BlockingCall(IInvocationOperation call, FibulaTypes types, out IOperation? task)
    {
        task = call.Instance;
        switch (call.TargetMethod.Name)
        {
            case "Wait" when TaskTypes.IsTask(call.Instance?.Type):
                return "Wait";
            case "WaitAll" or "WaitAny" when SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, types.Task):
                return call.TargetMethod.Name;
            case "GetResult" when call.Instance is IInvocationOperation { TargetMethod.Name: "GetAwaiter", Instance: { } awaited }
                && TaskTypes.IsTask(awaited.Type):
                task = awaited;
                return "GetResult";
            default:
                return null;
        }
    }

    // A call has just begun; a task that was begun earlier may have been awaited, or asked whether it has ended.
    private static bool MayHaveEnded(IOperation? task)
    {
        if (task is null)
        {
            return false;
        }

        SyntaxNode? function = task.Syntax.Ancestors().FirstOrDefault(
            around => around is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax);
        return task is IInvocationOperation call
            ? call.TargetMethod.Name is "FromResult" or "WhenAny"
            : function is null || function.DescendantNodes().Any(node => node.SpanStart < task.Syntax.SpanStart && TellsOfAnEnd(node));
    }

    private static bool TellsOfAnEnd(SyntaxNode node) =>
        node is AwaitExpressionSyntax or IdentifierNameSyntax
        {
            Identifier.ValueText: "IsCompleted" or "IsCompletedSuccessfully" or "IsFaulted" or "Status" or "Wait" or "WaitAll",
        };
}
