using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Fibula.Analyzers;

/// <summary>A <see cref="Progress{T}"/> that shows values in a view, in work whose task has progress of its own.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class FIB0103ProgressAnalyzer : FibulaRule
{
    private static readonly DiagnosticDescriptor Rule = new(
        id: "FIB0103",
        title: "Work shows progress by Progress<T>",
        messageFormat: "Progress<T> posts every value, also after the task has ended. Use {0}.AsProgress, or {0}.Report.",
        category: "Fibula",
        defaultSeverity: DiagnosticSeverity.Info,
        isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule];

    protected override void Start(CompilationStartAnalysisContext start, FibulaTypes types)
    {
        if (start.Compilation.GetTypeByMetadataName("System.Progress`1") is { } progress)
        {
            LookAt(start, OperationKind.ObjectCreation, made => Check(made, types, progress));
        }
    }

    private static void Check(OperationAnalysisContext context, FibulaTypes types, INamedTypeSymbol progress)
    {
        var made = (IObjectCreationOperation)context.Operation;
        if (made.Arguments.Length == 1
            && SymbolEqualityComparer.Default.Equals(made.Type?.OriginalDefinition, progress)
            && made.Arguments[0].Value is IDelegateCreationOperation { Target: IAnonymousFunctionOperation handler }
            && handler.Body.Operations.All(step => ShowsTheLatest(step, types))
            && Work.ContextOf(made, types) is { } task)
        {
            string name = Work.NameOf(task);
            ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty.Add("context", name);
            context.ReportDiagnostic(Diagnostic.Create(Rule, made.Syntax.GetLocation(), properties, name));
        }
    }

    // What only the latest value matters to: others, a sum or a list, need every value, and AsProgress leaves some out.
    private static bool ShowsTheLatest(IOperation step, FibulaTypes types) => step switch
    {
        IReturnOperation { IsImplicit: true, ReturnedValue: null } => true,
        IExpressionStatementOperation { Operation: ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Instance: { } view } } } =>
            Views.IsView(view.Type),
        IExpressionStatementOperation { Operation: IInvocationOperation { TargetMethod: { Name: "Report" } report } } =>
            types.IsContext(report.ContainingType),
        _ => false,
    };
}
