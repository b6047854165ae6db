using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Fibula.Analyzers;

/// <summary>The way to start a task that programs bring along from Toga. It gives no handle.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class FIB0100AddBackgroundTaskAnalyzer : FibulaRule
{
    private static readonly DiagnosticDescriptor Rule = new(
        id: "FIB0100",
        title: "AddBackgroundTask is called",
        messageFormat: "AddBackgroundTask gives no handle. Use Tasks.Run.",
        category: "Fibula",
        defaultSeverity: DiagnosticSeverity.Info,
        isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule];

    protected override void Start(CompilationStartAnalysisContext start, FibulaTypes types)
    {
        if (start.Compilation.GetTypeByMetadataName("Fibula.UiApp") is { } app)
        {
            LookAt(start, OperationKind.Invocation, call => Check(call, app));
        }
    }

    private static void Check(OperationAnalysisContext context, INamedTypeSymbol app)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.Name == "AddBackgroundTask" && SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, app))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, call.Syntax.GetLocation()));
        }
    }
}
