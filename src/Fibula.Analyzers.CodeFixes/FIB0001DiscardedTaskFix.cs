using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Fibula.Analyzers.CodeFixes;

/// <summary>Hands the discarded task to a scope. The task starts as it did before: the scope only gets to know it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
internal sealed class FIB0001DiscardedTaskFix : RuleFix
{
    // The compiler's own warning is about the same in an async function. The others are what is left of it in a project that has opted in.
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["FIB0001", "FIB0007", "FIB0106", "CS4014"];

    protected override FoundFix? Find(SyntaxNode node, SemanticModel model, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (DroppedExpression.CallAt(node) is not { } call
            || DroppedExpression.Around(call) is not { } place
            || Conversion(model, call, cancellationToken) is not { } conversion
            || Owner.Find(model, call) is not { } owner)
        {
            return null;
        }

        return new FoundFix("Hand the task to a scope")
            .Replace(TextSpan.FromBounds(place.Start, call.SpanStart), $"{owner}.Own(")
            .Replace(TextSpan.FromBounds(call.Span.End, place.End), $"{conversion})");
    }

    // What makes a task of the call's result that a scope takes; null where it is none, or where FIB0002 has a better fix.
    private static string? Conversion(SemanticModel model, InvocationExpressionSyntax call, CancellationToken cancellationToken)
    {
        if (model.GetSymbolInfo(call, cancellationToken).Symbol is not IMethodSymbol method || method is { Name: "Run", ContainingType.Name: "Task" })
        {
            return null;
        }

        return method.ReturnType.OriginalDefinition.ToDisplayString() switch
        {
            "System.Threading.Tasks.Task" or "System.Threading.Tasks.Task<TResult>" => "",
            "System.Threading.Tasks.ValueTask" or "System.Threading.Tasks.ValueTask<TResult>" => ".AsTask()",
            _ => null,
        };
    }
}
