using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Fibula.Analyzers;

/// <summary>A rule for code that uses Fibula. It says nothing elsewhere, and nothing of generated code but for what a user has written in a file of another
/// kind, such as the C# in a <c>.razor</c> file.</summary>
internal abstract class FibulaRule : DiagnosticAnalyzer
{
    public sealed override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
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

    /// <summary>Has the rule look at all operations of this kind that a user has written.</summary>
    protected static void LookAt(CompilationStartAnalysisContext start, OperationKind kind, Action<OperationAnalysisContext> check) =>
        start.RegisterOperationAction(
            context =>
            {
                if (!context.IsGeneratedCode || IsWritten(context.Operation.Syntax))
                {
                    check(context);
                }
            },
            kind);

    /// <summary>Has the rule look at all nodes of these kinds that a user has written.</summary>
    protected static void LookAt(CompilationStartAnalysisContext start, SyntaxKind[] kinds, Action<SyntaxNodeAnalysisContext> check) =>
        start.RegisterSyntaxNodeAction(
            context =>
            {
                if (!context.IsGeneratedCode || IsWritten(context.Node))
                {
                    check(context);
                }
            },
            kinds);

    // A line of the generated file leads to the file it was written in.
    private static bool IsWritten(SyntaxNode node) =>
        node.SyntaxTree.GetLineVisibility(node.SpanStart) == LineVisibility.Visible && node.SyntaxTree.GetMappedLineSpan(node.Span).HasMappedPath;
}
