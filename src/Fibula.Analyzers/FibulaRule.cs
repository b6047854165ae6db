using Microsoft.CodeAnalysis.Diagnostics;

namespace Fibula.Analyzers;

/// <summary>A rule for code that uses Fibula. It says nothing elsewhere, and nothing of generated code.</summary>
internal abstract class FibulaRule : DiagnosticAnalyzer
{
    public sealed override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (FibulaTypes.Of(start.Compilation) is { } types)
            {
                Start(start, types);
            }
        });
    }

    /// <summary>Says what the rule looks at in this compilation.</summary>
    protected abstract void Start(CompilationStartAnalysisContext start, FibulaTypes types);
}
