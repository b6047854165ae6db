using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Fibula.Analyzers;

/// <summary>Work that Run calls on the UI thread, that takes its time there and never gives the thread back.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class FIB0105NoAwaitAnalyzer : FibulaRule
{
    private static readonly DiagnosticDescriptor Rule = new(
        id: "FIB0105",
        title: "Work without an await runs on the UI thread",
        messageFormat: "This work has no await: Run does all of it on the UI thread. Use RunOnThreadPool.",
        category: "Fibula",
        defaultSeverity: DiagnosticSeverity.Info,
        isEnabledByDefault: true);

    private static readonly ImmutableHashSet<string> SlowTypes =
        ["System.IO.Directory", "System.IO.File", "System.IO.Compression.ZipFile", "System.Threading.Thread"];

    private static readonly ImmutableHashSet<string> Notifiers =
        ["System.Collections.Specialized.INotifyCollectionChanged", "System.ComponentModel.INotifyPropertyChanged"];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule];

    protected override void Start(CompilationStartAnalysisContext start, FibulaTypes types) =>
        LookAt(start, OperationKind.AnonymousFunction, lambda => Check(lambda, types));

    private static void Check(OperationAnalysisContext context, FibulaTypes types)
    {
        var lambda = (IAnonymousFunctionOperation)context.Operation;
        if (Work.StartOf(lambda, types) is not { TargetMethod.Name: "Run" } start)
        {
            return;
        }

        List<IOperation> steps = [.. lambda.Body.Descendants()];
        if (GivesTheThreadBack(steps, lambda, types) || !steps.Any(TakesLong) || steps.Any(IsOfTheUi))
        {
            return;
        }

        context.ReportDiagnostic(Diagnostic.Create(Rule, MethodOf(start)));
    }

    // What is not async gives the thread back too, by returning a task that has not ended: only these surely have.
    private static bool GivesTheThreadBack(List<IOperation> steps, IAnonymousFunctionOperation lambda, FibulaTypes types) =>
        lambda.Symbol.IsAsync
            ? steps.Any(Awaits)
            : !steps.OfType<IReturnOperation>().All(end => HasEnded(end.ReturnedValue, types));

    private static bool Awaits(IOperation step) => step is IAwaitOperation
        or IForEachLoopOperation { IsAsynchronous: true }
        or IUsingOperation { IsAsynchronous: true }
        or IUsingDeclarationOperation { IsAsynchronous: true };

    private static bool HasEnded(IOperation? value, FibulaTypes types) => value switch
    {
        IPropertyReferenceOperation { Property: { Name: "CompletedTask" } property } =>
            SymbolEqualityComparer.Default.Equals(property.ContainingType, types.Task),
        IInvocationOperation { TargetMethod: { Name: "FromResult" } method } =>
            SymbolEqualityComparer.Default.Equals(method.ContainingType, types.Task),
        _ => false,
    };

    private static bool TakesLong(IOperation step) =>
        step is IInvocationOperation { TargetMethod: { IsStatic: true, Name: not "Exists" } method }
        && SlowTypes.Contains(method.ContainingType.ToDisplayString());

    // What may belong to a view, or be bound to one, must stay on the UI thread: this, and everything that tells of its changes.
    private static bool IsOfTheUi(IOperation step) =>
        step is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }
        || (step.Type is { } type && (Views.IsView(type) || type.AllInterfaces.Any(contract => Notifiers.Contains(contract.ToDisplayString()))));

    private static Location MethodOf(IInvocationOperation start) =>
        start.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access }
            ? access.Name.GetLocation()
            : start.Syntax.GetLocation();
}
