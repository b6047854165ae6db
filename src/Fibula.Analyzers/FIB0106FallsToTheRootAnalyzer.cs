using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Fibula.Analyzers;

/// <summary>In a project that owns its forgotten tasks: a dropped call in a window whose task belongs to the app, since it is not called on a window.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class FIB0106FallsToTheRootAnalyzer : FibulaRule
{
    private static readonly DiagnosticDescriptor Rule = new(
        id: "FIB0106",
        title: "A forgotten task falls to the root of the app",
        messageFormat: "Where no task runs around this call, the task of '{0}' belongs to the app and not to this '{1}'. To hand it to this one: this.Tasks.Own({0}(…)).",
        category: "Fibula",
        defaultSeverity: DiagnosticSeverity.Info,
        isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule];

    protected override void Start(CompilationStartAnalysisContext start, FibulaTypes types)
    {
        if (ForgottenTasks.AreOwned(start.Compilation))
        {
            LookAt(start, OperationKind.Invocation, call => Check(call, types));
        }
    }

    private static void Check(OperationAnalysisContext context, FibulaTypes types)
    {
        var operation = (IInvocationOperation)context.Operation;
        if (operation.IsDiscarded()
            && Views.IsView(context.ContainingSymbol.ContainingType)
            && operation.Syntax is InvocationExpressionSyntax call
            && ForgottenTasks.Own(operation, context.CancellationToken)
            && !FibulaTypes.LookAfter(operation.TargetMethod)
            && !Views.IsView(Receiver(operation))
            && !Work.Contains(operation, types))
        {
            context.ReportDiagnostic(
                Diagnostic.Create(Rule, call.GetLocation(), operation.TargetMethod.Name, context.ContainingSymbol.ContainingType.Name));
        }
    }

    // An extension that is called as such is called on its first argument.
    private static ITypeSymbol? Receiver(IInvocationOperation call) =>
        call.SemanticModel?.GetSymbolInfo(call.Syntax).Symbol is not IMethodSymbol { ReducedFrom: not null } ? call.Instance?.Type
        : call.Arguments[0].Value is IConversionOperation { IsImplicit: true } converted ? converted.Operand.Type
        : call.Arguments[0].Value.Type;
}
