using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Fibula.Analyzers;

/// <summary>Work on the thread pool whose task nobody keeps.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class FIB0002DiscardedTaskRunAnalyzer : FibulaRule
{
    private static readonly DiagnosticDescriptor Rule = new(
        id: "FIB0002",
        title: "The task of Task.Run is discarded",
        messageFormat: "Nobody owns what this Task.Run starts: its error is lost, and nothing cancels it. Use RunOnThreadPool of a scope.",
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
        if (types.IsTaskRun(call.TargetMethod) && call.IsDiscarded() && !call.IsWarnedOfByCompiler())
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, call.Syntax.GetLocation()));
        }
    }
}
