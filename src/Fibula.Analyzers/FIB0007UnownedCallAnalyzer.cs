using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Fibula.Analyzers;

/// <summary>In a project that owns its forgotten tasks: a dropped call that was not replaced by ours, so that its task has no owner.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class FIB0007UnownedCallAnalyzer : FibulaRule
{
    private static readonly DiagnosticDescriptor Rule = new(
        id: "FIB0007",
        title: "A forgotten task cannot be owned",
        messageFormat: "Nobody owns the task of '{0}', because {1}. Hand it to a scope: scope.Own({0}(…)).",
        category: "Fibula",
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true);

    // A generator sees the code as it is before any generator has run.
    private const string IsGenerated = "the code it is in is made by another generator";
    private const string NeedsGenerated = "only other generated code makes it bind";

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule];

    protected override void Start(CompilationStartAnalysisContext start, FibulaTypes types)
    {
        if (ForgottenTasks.AreOwned(start.Compilation))
        {
            LookAt(start, OperationKind.Invocation, Check);
        }
    }

    private static void Check(OperationAnalysisContext context)
    {
        var operation = (IInvocationOperation)context.Operation;
        if (DiscardedCall.UseOf(operation) == TaskUse.Dropped
            && operation.Syntax is InvocationExpressionSyntax call
            && !ForgottenTasks.Own(operation, context.CancellationToken))
        {
            string obstacle = Interception.Obstacle(operation) ?? (context.IsGeneratedCode ? IsGenerated : NeedsGenerated);
            context.ReportDiagnostic(Diagnostic.Create(Rule, call.GetLocation(), NameOf(call, operation.TargetMethod), obstacle));
        }
    }

    // A delegate's method is called Invoke: its variable says more.
    private static string NameOf(InvocationExpressionSyntax call, IMethodSymbol method) =>
        method.MethodKind == MethodKind.DelegateInvoke ? call.Expression.ToString() : method.Name;
}
