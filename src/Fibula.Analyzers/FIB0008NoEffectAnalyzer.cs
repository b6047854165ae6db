using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Fibula.Analyzers;

/// <summary>A project that asks for owners of its forgotten tasks, and cannot have them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class FIB0008NoEffectAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new(
        id: "FIB0008",
        title: "FibulaOwnForgottenTasks has no effect",
        messageFormat: "FibulaOwnForgottenTasks has no effect in this project: {0}",
        category: "Fibula",
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationAction(Check);
    }

    private static void Check(CompilationAnalysisContext context)
    {
        if (ForgottenTasks.AreAskedFor(context.Options.AnalyzerConfigOptionsProvider) && ForgottenTasks.Obstacle(context.Compilation) is { } obstacle)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, Location.None, obstacle));
        }
    }
}
