using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Fibula.Analyzers;

/// <summary>Work of a child that asks the context of the task around it, while it has one of its own.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class FIB0006OuterContextAnalyzer : FibulaRule
{
    private static readonly DiagnosticDescriptor Rule = new(
        id: "FIB0006",
        title: "A child uses the context of the task around it",
        messageFormat: "'{0}' belongs to the task around this one: the child neither reports nor is canceled by it. Use '{1}'.",
        category: "Fibula",
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true);

    // The child's own end when the task around it does too, so the outer one is never meant.
    private static readonly ImmutableHashSet<string> NeverMeant = ["CancellationToken", "Delay"];

    private static readonly ImmutableHashSet<string> MeantByMistake = ["Report", "Advance", "AsProgress"];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule];

    protected override void Start(CompilationStartAnalysisContext start, FibulaTypes types) =>
        LookAt(start, OperationKind.ParameterReference, used => Check(used, types));

    private static void Check(OperationAnalysisContext context, FibulaTypes types)
    {
        var used = (IParameterReferenceOperation)context.Operation;
        if (!types.IsContext(used.Type)
            || Work.InnermostLambda(used) is not { } lambda
            || Work.StartOf(lambda, types) is not { Instance.Type: { } starter }
            || !(types.IsContext(starter) || types.IsContext(starter.BaseType))
            || Work.ContextOf(used, types) is not { } own
            || SymbolEqualityComparer.Default.Equals(own, used.Parameter))
        {
            return;
        }

        string? member = used.Syntax.Parent is MemberAccessExpressionSyntax access ? access.Name.Identifier.ValueText : null;
        if (member is not null && (NeverMeant.Contains(member) || (MeantByMistake.Contains(member) && !IsUsed(own, lambda))) && !Work.IsInCleanUp(used))
        {
            string name = Work.NameOf(own);
            ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty.Add("context", name);
            context.ReportDiagnostic(Diagnostic.Create(Rule, used.Syntax.GetLocation(), properties, Work.NameOf(used.Parameter), name));
        }
    }

    // A child that uses both may add to the progress of the whole.
    private static bool IsUsed(IParameterSymbol own, IAnonymousFunctionOperation lambda) =>
        lambda.Body.Descendants().OfType<IParameterReferenceOperation>().Any(used => SymbolEqualityComparer.Default.Equals(used.Parameter, own));
}
