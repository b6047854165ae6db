using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Fibula.Analyzers;

/// <summary>An <c>async void</c> that awaits a task of a scope and does not catch its cancellation, on a toolkit that shows it as an error.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class FIB0010UncaughtCancellationAnalyzer : FibulaRule
{
    private static readonly DiagnosticDescriptor Rule = new(
        id: "FIB0010",
        title: "An async void lets a cancellation out",
        messageFormat: "When this task is canceled, its cancellation leaves the async void '{0}', and {1} treats it as an error. Catch BackgroundTaskCanceledException, or set FibulaOwnForgottenTasks in the project.",
        category: "Fibula",
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule];

    protected override void Start(CompilationStartAnalysisContext start, FibulaTypes types)
    {
        if (!ForgottenTasks.AreOwned(start.Compilation))
        {
            LookAt(start, OperationKind.Await, Check);
        }
    }

    private static void Check(OperationAnalysisContext context)
    {
        var wait = (IAwaitOperation)context.Operation;
        if (IsHandle(wait.Operation)
            && wait.EnclosingFunction(wait.SemanticModel) is { IsAsync: true, ReturnsVoid: true } function
            && !Catching.TakesCancellationsOf(wait)
            && context.ContainingSymbol.ContainingType is { } type
            && Toolkits.ShowingCancellations(type, context.Compilation) is { } toolkit)
        {
            string name = function.MethodKind == MethodKind.AnonymousFunction ? $"lambda in {context.ContainingSymbol.Name.TrimStart('.')}" : function.Name;
            context.ReportDiagnostic(Diagnostic.Create(Rule, wait.Syntax.GetLocation(), name, toolkit));
        }
    }

    // A BackgroundTask, with a result or without, what its ConfigureAwait gives, or its AsTask.
    private static bool IsHandle(IOperation awaited) =>
        IsOfFibula(awaited.Type) || (awaited is IInvocationOperation { TargetMethod: { Name: "AsTask" } method } && IsOfFibula(method.ContainingType));

    private static bool IsOfFibula(ITypeSymbol? type) =>
        type is { Name: "BackgroundTask", ContainingNamespace: { Name: "Fibula", ContainingNamespace.IsGlobalNamespace: true } }
            or { Name: "ConfiguredBackgroundTask", ContainingNamespace: { Name: "CompilerServices", ContainingNamespace.Name: "Fibula" } };
}
