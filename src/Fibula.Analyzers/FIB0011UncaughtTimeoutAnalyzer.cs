using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Fibula.Analyzers;

/// <summary>Work with a time-out of its own, by a token source, that ends as if somebody had canceled it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class FIB0011UncaughtTimeoutAnalyzer : FibulaRule
{
    private static readonly DiagnosticDescriptor Rule = new(
        id: "FIB0011",
        title: "A time-out ends work as a cancellation",
        messageFormat: "When '{0}' runs out of time, this work ends as canceled and not as failed, and no error is shown. Catch the OperationCanceledException and throw a TimeoutException.",
        category: "Fibula",
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule];

    protected override void Start(CompilationStartAnalysisContext start, FibulaTypes types)
    {
        if (start.Compilation.GetTypeByMetadataName("System.Threading.CancellationTokenSource") is { } source)
        {
            LookAt(start, OperationKind.ObjectCreation, made => Check(made, TimedBy((IObjectCreationOperation)made.Operation, source), types));
            LookAt(start, OperationKind.Invocation, call => Check(call, TimedBy((IInvocationOperation)call.Operation, source), types));
        }
    }

    private static void Check(OperationAnalysisContext context, ILocalSymbol? source, FibulaTypes types)
    {
        if (source is not null
            && Work.Contains(context.Operation, types)
            && Body(context.Operation) is { } body
            && body.Descendants().OfType<IAwaitOperation>().Any(wait => LetsOut(wait, source, body)))
        {
            ImmutableDictionary<string, string?> properties =
                ImmutableDictionary<string, string?>.Empty.Add("source", Work.NameOf(source)).Add("token", Work.TokenText(context.Operation, types));
            context.ReportDiagnostic(Diagnostic.Create(Rule, context.Operation.Syntax.GetLocation(), properties, source.Name));
        }
    }

    // using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(5));
    private static ILocalSymbol? TimedBy(IObjectCreationOperation made, INamedTypeSymbol source) =>
        SymbolEqualityComparer.Default.Equals(made.Type, source)
        && !made.Arguments.IsEmpty
        && made.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }
            ? local
            : null;

    // timeout.CancelAfter(5000);
    private static ILocalSymbol? TimedBy(IInvocationOperation call, INamedTypeSymbol source) =>
        call is { TargetMethod.Name: "CancelAfter", Instance: ILocalReferenceOperation { Local: var local } } && SymbolEqualityComparer.Default.Equals(local.Type, source)
            ? local
            : null;

    private static IOperation? Body(IOperation operation)
    {
        IOperation around = operation;
        while (around.Parent is { } parent and not (IAnonymousFunctionOperation or ILocalFunctionOperation))
        {
            around = parent;
        }

        return around;
    }

    private static bool LetsOut(IAwaitOperation wait, ILocalSymbol source, IOperation body) =>
        Body(wait) == body
        && wait.Descendants().OfType<IPropertyReferenceOperation>().Any(token => token is { Property.Name: "Token", Instance: ILocalReferenceOperation { Local: var local } } && SymbolEqualityComparer.Default.Equals(local, source))
        && !Catching.TakesCancellationsOf(wait);
}
