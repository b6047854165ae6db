using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Fibula.Analyzers;

/// <summary>A call in work that could be told to stop with the task, and is not given its token.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class FIB0102TokenNotPassedAnalyzer : FibulaRule
{
    private static readonly DiagnosticDescriptor Rule = new(
        id: "FIB0102",
        title: "A call in work is not given the task's token",
        messageFormat: "'{0}' takes a token and gets none: it does not end when the task is asked to cancel. Pass {1}.",
        category: "Fibula",
        defaultSeverity: DiagnosticSeverity.Info,
        isEnabledByDefault: true);

    // Their token decides only whether something starts.
    private static readonly ImmutableHashSet<string> StartersOnly = ["ContinueWith", "Run", "StartNew", "Delay"];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule];

    protected override void Start(CompilationStartAnalysisContext start, FibulaTypes types) =>
        LookAt(start, OperationKind.Invocation, call => Check(call, types));

    private static void Check(OperationAnalysisContext context, FibulaTypes types)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!TaskTypes.IsTask(call.Type) || IsStarter(call.TargetMethod, types) || Work.TokenText(call, types) is not { } token || Work.IsInCleanUp(call))
        {
            return;
        }

        // By name: other arguments may be left out before it.
        IParameterSymbol? parameter = OmittedToken(call, types) ?? OverloadsToken(call, types);
        if (parameter is not null)
        {
            ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty.Add("token", token).Add("name", Work.NameOf(parameter));
            context.ReportDiagnostic(Diagnostic.Create(Rule, call.Syntax.GetLocation(), properties, call.TargetMethod.Name, token));
        }
    }

    private static bool IsStarter(IMethodSymbol method, FibulaTypes types) =>
        FibulaTypes.Declare(method)
        || (StartersOnly.Contains(method.Name) && SymbolEqualityComparer.Default.Equals(method.ContainingNamespace, types.Task?.ContainingNamespace));

    // The method itself takes a token, and the call leaves it out.
    private static IParameterSymbol? OmittedToken(IInvocationOperation call, FibulaTypes types) =>
        call.Arguments.Where(argument => argument.ArgumentKind == ArgumentKind.DefaultValue).Select(argument => argument.Parameter)
            .FirstOrDefault(parameter => types.IsToken(parameter?.Type));

    // A method beside it takes the same and a token at the end.
    private static IParameterSymbol? OverloadsToken(IInvocationOperation call, FibulaTypes types)
    {
        IMethodSymbol method = call.TargetMethod.OriginalDefinition;
        if (method.Parameters.Any(parameter => types.IsToken(parameter.Type) || parameter.IsParams)
            || call.Arguments.Any(argument => argument.ArgumentKind != ArgumentKind.Explicit))
        {
            return null;
        }

        return method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>()
            .FirstOrDefault(other => IsSameWithToken(method, other, types) && call.SemanticModel!.IsAccessible(call.Syntax.SpanStart, other))
            ?.Parameters.Last();
    }

    private static bool IsSameWithToken(IMethodSymbol method, IMethodSymbol other, FibulaTypes types) =>
        other.Parameters.Length == method.Parameters.Length + 1
        && other.IsStatic == method.IsStatic
        && other.Arity == 0
        && method.Arity == 0
        && types.IsToken(other.Parameters.Last().Type)
        && SymbolEqualityComparer.Default.Equals(other.ReturnType, method.ReturnType)
        && method.Parameters.Zip(other.Parameters, IsSame).All(same => same);

    private static bool IsSame(IParameterSymbol mine, IParameterSymbol its) =>
        mine.RefKind == its.RefKind && SymbolEqualityComparer.Default.Equals(mine.Type, its.Type);
}
