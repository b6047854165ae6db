using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Fibula.Analyzers;

/// <summary>A task that nobody keeps: it may be collected before it ends, outlives its window, and its error is lost.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class FIB0001DiscardedTaskAnalyzer : FibulaRule
{
    private static readonly DiagnosticDescriptor Rule = new(
        id: "FIB0001",
        title: "A task is discarded",
        messageFormat: "Nobody owns the task of '{0}': its error is lost, and nothing cancels it. Await it, or hand it to a scope.",
        category: "Fibula",
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule];

    protected override void Start(CompilationStartAnalysisContext start, FibulaTypes types)
    {
        if (!ForgottenTasks.AreOwned(start.Compilation))
        {
            LookAt(start, OperationKind.Invocation, call => Check(call, types));
        }
    }

    private static void Check(OperationAnalysisContext context, FibulaTypes types)
    {
        var call = (IInvocationOperation)context.Operation;

        // FIB0002 has Task.Run.
        if (TaskTypes.IsTask(call.Type)
            && !FibulaTypes.LookAfter(call.TargetMethod)
            && !types.IsTaskRun(call.TargetMethod)
            && call.IsDiscarded()
            && !call.IsWarnedOfByCompiler())
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, call.Syntax.GetLocation(), call.TargetMethod.Name));
        }
    }
}
