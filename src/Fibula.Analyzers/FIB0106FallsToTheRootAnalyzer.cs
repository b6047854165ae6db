using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
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
        if (ForgottenTasks.AreOwned(start.Options))
        {
            start.RegisterSyntaxNodeAction(call => Check(call, types), SyntaxKind.InvocationExpression);
        }
    }

    private static void Check(SyntaxNodeAnalysisContext context, FibulaTypes types)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        if (DiscardedCall.MayBe(call)
            && Views.IsView(context.ContainingSymbol?.ContainingType)
            && Interception.MethodOf(call, context.SemanticModel, context.CancellationToken) is { } method
            && context.SemanticModel.GetOperation(call, context.CancellationToken) is IInvocationOperation operation
            && !FibulaTypes.LookAfter(method)
            && !Views.IsView(Receiver(operation, method))
            && !Work.Contains(operation, types))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, call.GetLocation(), method.Name, context.ContainingSymbol!.ContainingType.Name));
        }
    }

    private static ITypeSymbol? Receiver(IInvocationOperation call, IMethodSymbol method) =>
        method.ReducedFrom is null ? call.Instance?.Type
        : call.Arguments[0].Value is IConversionOperation { IsImplicit: true } converted ? converted.Operand.Type
        : call.Arguments[0].Value.Type;
}
