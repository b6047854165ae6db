using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Fibula.Analyzers;

/// <summary>A task that a window starts while it is made, perhaps before there is a loop to go on on.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class FIB0104TaskInConstructorAnalyzer : FibulaRule
{
    private static readonly DiagnosticDescriptor Rule = new(
        id: "FIB0104",
        title: "A window starts a task while it is made",
        messageFormat: "'{0}' starts while '{1}' is made: before the loop runs, it goes on on the thread pool. Start it by Tasks.Run, or when it is shown.",
        category: "Fibula",
        defaultSeverity: DiagnosticSeverity.Info,
        isEnabledByDefault: true);

    private static readonly ImmutableHashSet<string> Ended = ["FromResult", "FromException", "FromCanceled"];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule];

    protected override void Start(CompilationStartAnalysisContext start, FibulaTypes types) =>
        LookAt(start, OperationKind.Invocation, Check);

    private static void Check(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (TaskTypes.IsTask(call.Type)
            && !FibulaTypes.Declare(call.TargetMethod)
            && !Ended.Contains(call.TargetMethod.Name)
            && IsKept(call)
            && IsInMaking(call, context.ContainingSymbol)
            && Views.IsView(context.ContainingSymbol.ContainingType))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, call.Syntax.GetLocation(), call.TargetMethod.Name, context.ContainingSymbol.ContainingType.Name));
        }
    }

    // What is passed on is looked after there, and what is dropped is FIB0001.
    private static bool IsKept(IInvocationOperation call) =>
        call.Parent is IFieldInitializerOperation or IPropertyInitializerOperation
        || (call.Parent is ISimpleAssignmentOperation { Target: IFieldReferenceOperation or IPropertyReferenceOperation } assignment
            && assignment.Value == call);

    private static bool IsInMaking(IInvocationOperation call, ISymbol containing) => containing switch
    {
        IFieldSymbol or IPropertySymbol => Work.InnermostLambda(call) is null,
        IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor } making =>
            call.EnclosingFunction(call.SemanticModel) is { } function && SymbolEqualityComparer.Default.Equals(function, making),
        _ => false,
    };
}
