using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Fibula.Analyzers;

/// <summary>
/// Silences CS4014 ("because this call is not awaited") where the discarded call hands its work to a scope: the scope
/// holds the task, ends it when it closes and reports its error, so nothing is lost by not awaiting.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class FIBSUP0001OwnedTaskSuppressor : DiagnosticSuppressor
{
    private static readonly SuppressionDescriptor OwnedTask = new(
        id: "FIBSUP0001",
        suppressedDiagnosticId: "CS4014",
        justification: "The scope owns this task, ends it when it closes and reports its error, so the call need not be awaited.");

    private static readonly ImmutableArray<string> OwnerTypes = ["Fibula.TaskStarter", "Fibula.TaskScope", "Fibula.TaskScopeExtensions", "Fibula.TaskCommand", "Fibula.TaskCommand`1"];

    private static readonly ImmutableHashSet<string> OwningMethods = ["Run", "RunOnThreadPool", "RunEvery", "RunWhileShown", "Own", "ExecuteAsync"];

    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = [OwnedTask];

    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        var owners = OwnerTypes.SelectMany(type => context.Compilation.GetTypesByMetadataName(type)).ToImmutableArray();
        foreach (Diagnostic diagnostic in context.ReportedDiagnostics)
        {
            if (FindDiscardedMethod(diagnostic, context) is { } method
                && OwningMethods.Contains(method.Name)
                && owners.Contains(method.ContainingType.OriginalDefinition, SymbolEqualityComparer.Default))
            {
                context.ReportSuppression(Suppression.Create(OwnedTask, diagnostic));
            }
        }
    }

    // CS4014 lies on exactly the discarded call: without the semicolon or the parentheses around it, and on the last call
    // of a chain. An owning call inside of it, as an argument or a receiver, has a smaller span and is never found here.
    private static IMethodSymbol? FindDiscardedMethod(Diagnostic diagnostic, SuppressionAnalysisContext context)
    {
        if (diagnostic.Location.SourceTree is not { } tree)
        {
            return null;
        }

        SyntaxNode node = tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        return node is InvocationExpressionSyntax call
            ? context.GetSemanticModel(tree).GetSymbolInfo(call, context.CancellationToken).Symbol as IMethodSymbol
            : null;
    }
}
