using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Fibula.Analyzers;

/// <summary>A delay on the system's clock, in work that could wait on its loop's.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class FIB0101TaskDelayAnalyzer : FibulaRule
{
    private static readonly DiagnosticDescriptor Rule = new(
        id: "FIB0101",
        title: "Work waits by Task.Delay",
        messageFormat: "Task.Delay does not end when the task is asked to cancel, nor follow the clock of a test. Use {0}.Delay.",
        category: "Fibula",
        defaultSeverity: DiagnosticSeverity.Info,
        isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor WithTheToken = new(
        id: "FIB0101",
        title: "Work waits by Task.Delay",
        messageFormat: "Task.Delay does not follow the clock of a test. Use {0}.Delay.",
        category: "Fibula",
        defaultSeverity: DiagnosticSeverity.Info,
        isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule, WithTheToken];

    protected override void Start(CompilationStartAnalysisContext start, FibulaTypes types) =>
        LookAt(start, OperationKind.Invocation, call => Check(call, types));

    private static void Check(OperationAnalysisContext context, FibulaTypes types)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.Name == "Delay"
            && SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, types.Task)
            && Work.ContextOf(call, types) is { } task
            && call.Arguments.Where(argument => argument.Parameter?.Ordinal > 0).All(argument => IsTokenOf(argument.Value, task))
            && !Work.IsInCleanUp(call))
        {
            DiagnosticDescriptor rule = call.Arguments.Length == 1 ? Rule : WithTheToken;
            string name = Work.NameOf(task);
            context.ReportDiagnostic(Diagnostic.Create(
                rule, call.Syntax.GetLocation(), ImmutableDictionary<string, string?>.Empty.Add("context", name), name));
        }
    }

    // Another token, or another clock, is there for a reason.
    private static bool IsTokenOf(IOperation value, IParameterSymbol task) =>
        value is IPropertyReferenceOperation { Property.Name: "CancellationToken", Instance: IParameterReferenceOperation { Parameter: { } parameter } }
        && SymbolEqualityComparer.Default.Equals(parameter, task);
}
