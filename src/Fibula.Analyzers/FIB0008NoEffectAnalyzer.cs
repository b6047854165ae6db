using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Fibula.Analyzers;

/// <summary>A project that owns its forgotten tasks, in a version of C# that the generated code is too new for.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class FIB0008LanguageAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new(
        id: "FIB0008",
        title: "FibulaOwnForgottenTasks needs a newer C#",
        messageFormat: "FibulaOwnForgottenTasks needs C# {0}, and this project is set to C# {1}: nothing forgotten would be owned. Set LangVersion to {0} or later, or remove it.",
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
        if (ForgottenTasks.AreOwned(context.Options)
            && context.Compilation is CSharpCompilation { LanguageVersion: < ForgottenTasks.LeastLanguage and var language })
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Rule, Location.None, ForgottenTasks.LeastLanguage.ToDisplayString(), language.ToDisplayString()));
        }
    }
}
