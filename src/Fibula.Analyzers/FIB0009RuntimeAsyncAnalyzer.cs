using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Fibula.Analyzers;

/// <summary>A project that owns its forgotten tasks, and lets the runtime instead of the compiler suspend its async methods.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class FIB0009RuntimeAsyncAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new(
        id: "FIB0009",
        title: "With runtime-async, less is told of what was forgotten",
        messageFormat: "Runtime-async is on: dropped calls and async void methods are owned as before, but the leak finder of Fibula.Testing is blind to the other async methods of this project, since the runtime tells of none that is collected",
        category: "Fibula",
        defaultSeverity: DiagnosticSeverity.Warning,
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
        if (ForgottenTasks.AreOwned(context.Compilation) && IsOn(context.Compilation))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, Location.None));
        }
    }

    private static bool IsOn(Compilation compilation) =>
        compilation.SyntaxTrees.FirstOrDefault()?.Options.Features.TryGetValue("runtime-async", out string? value) == true
        && value is "on" or "true";
}
