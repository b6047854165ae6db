using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Fibula.Analyzers.CodeFixes;

/// <summary>Starts the work as a task of a scope, on the thread pool as before.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
internal sealed class FIB0002DiscardedTaskRunFix : RuleFix
{
    // The compiler's own warning is about the same in an async function.
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["FIB0002", "CS4014"];

    protected override FoundFix? Find(SyntaxNode node, SemanticModel model, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (DroppedExpression.CallAt(node) is not { ArgumentList.Arguments: { Count: 1 or 2 } arguments } call
            || DroppedExpression.Around(call) is not { } place
            || model.GetSymbolInfo(call, cancellationToken).Symbol is not IMethodSymbol { Name: "Run" } method
            || method.ContainingType.ToDisplayString() != "System.Threading.Tasks.Task"
            || arguments.Any(argument => argument.NameColon is not null)
            || Owner.Find(model, call) is not { } owner)
        {
            return null;
        }

        string start = $"{owner}.RunOnThreadPool";
        var fix = new FoundFix("Start the work in a scope");
        if (arguments.Count == 2)
        {
            fix.Surround(arguments[1], $"new {Options(model, call)} {{ CancellationToken = ", " }");
        }

        fix.Replace(TextSpan.FromBounds(place.Start, call.Expression.Span.End), start);
        if (place.End > call.Span.End)
        {
            fix.Replace(TextSpan.FromBounds(call.Span.End, place.End), "");
        }

        return TakesTheSameWork(model, call, start, method) ? fix : null;
    }

    // A method group with several shapes may mean another one here: one that takes a token, say.
    private static bool TakesTheSameWork(SemanticModel model, InvocationExpressionSyntax call, string start, IMethodSymbol taskRun)
    {
        ExpressionSyntax fixedCall = SyntaxFactory.ParseExpression($"{start}({call.ArgumentList.Arguments[0]})");
        ISymbol? bound = model.GetSpeculativeSymbolInfo(call.SpanStart, fixedCall, SpeculativeBindingOption.BindAsExpression).Symbol;
        return bound is IMethodSymbol method
            && SymbolEqualityComparer.Default.Equals(method.Parameters[0].Type, taskRun.Parameters[0].Type);
    }

    private static string Options(SemanticModel model, SyntaxNode node) =>
        model.Compilation.GetTypeByMetadataName("Fibula.TaskOptions")!.ToMinimalDisplayString(model, node.SpanStart);
}
