using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Fibula.Analyzers;

/// <summary>
/// Silences CS4014 ("because this call is not awaited") and CA2012 (a dropped <c>ValueTask</c>) in a project that has opted in to
/// <c>FibulaOwnForgottenTasks</c>, on the calls that were replaced by ones that hand their task to a scope: their task is held and its error reported.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class FIBSUP0002ForgottenTaskSuppressor : DiagnosticSuppressor
{
    private const string Justification = "The project owns its forgotten tasks: this one is handed to a scope, which holds it and reports its error.";

    private static readonly ImmutableDictionary<string, SuppressionDescriptor> Descriptors = new[]
    {
        new SuppressionDescriptor("FIBSUP0002", suppressedDiagnosticId: "CS4014", Justification),
        new SuppressionDescriptor("FIBSUP0003", suppressedDiagnosticId: "CA2012", Justification),
    }.ToImmutableDictionary(descriptor => descriptor.SuppressedDiagnosticId);

    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = [.. Descriptors.Values];

    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        if (!ForgottenTasks.AreOwned(context.Compilation))
        {
            return;
        }

        foreach (Diagnostic diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is { } tree
                && tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is InvocationExpressionSyntax call
                && IsOwned(call, context.GetSemanticModel(tree), context.CancellationToken))
            {
                context.ReportSuppression(Suppression.Create(Descriptors[diagnostic.Id], diagnostic));
            }
        }
    }

    // A continuation that only looks at its antecedent has no owner, and the work before it has one. ConfigureAwait starts nothing either.
    private static bool IsOwned(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellationToken) =>
        ForgottenTasks.Own(call, model, cancellationToken)
        || (Continuation.Before(call) is { } antecedent
            && model.GetOperation(call, cancellationToken) is IInvocationOperation operation
            && (Continuation.OnlyObserves(operation) || operation.IsConfigureAwait())
            && IsOwned(antecedent, model, cancellationToken));
}
