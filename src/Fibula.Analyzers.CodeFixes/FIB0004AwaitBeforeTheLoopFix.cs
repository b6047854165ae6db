using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Fibula.Analyzers.CodeFixes;

/// <summary>
/// Waits for the task as a Main does that is not async, so that the loop runs on the main thread. No window exists yet, so nothing that is waited for
/// needs that thread.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
internal sealed class FIB0004AwaitBeforeTheLoopFix : RuleFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["FIB0004"];

    protected override FoundFix? Find(SyntaxNode node, SemanticModel model, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (node is not AwaitExpressionSyntax { Expression: InvocationExpressionSyntax or IdentifierNameSyntax } found
            || found.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { Body: { } body } main)
        {
            return null;
        }

        // All of Main at once: async goes when no await is left. The first finding does it.
        IEnumerable<SyntaxNode> steps = body.DescendantNodes(inside => inside is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax));
        List<SyntaxNode> waits = [.. steps.Where(IsWait)];
        if (waits.FirstOrDefault() != found || waits.Any(wait => !IsPlain(wait, model)) || waits.Any(wait => wait.SpanStart > FirstView(body, model)))
        {
            return null;
        }

        SyntaxToken async = main.Modifiers.First(modifier => modifier.IsKind(SyntaxKind.AsyncKeyword));
        FoundFix fix = new FoundFix("Wait for it, and run the loop on the main thread")
            .Replace(TextSpan.FromBounds(async.SpanStart, async.FullSpan.End), "")
            .Replace(main.ReturnType, main.ReturnType is GenericNameSyntax ? "int" : "void");
        foreach (AwaitExpressionSyntax wait in waits.OfType<AwaitExpressionSyntax>())
        {
            fix.Replace(TextSpan.FromBounds(wait.SpanStart, wait.Expression.SpanStart), "").Insert(wait.Span.End, ".GetAwaiter().GetResult()");
        }

        return fix;
    }

    private static bool IsWait(SyntaxNode node) =>
        node is AwaitExpressionSyntax
        || (node is ForEachStatementSyntax each && each.AwaitKeyword.IsKind(SyntaxKind.AwaitKeyword))
        || (node is UsingStatementSyntax with && with.AwaitKeyword.IsKind(SyntaxKind.AwaitKeyword))
        || (node is LocalDeclarationStatementSyntax local && local.AwaitKeyword.IsKind(SyntaxKind.AwaitKeyword));

    private static bool IsPlain(SyntaxNode wait, SemanticModel model) =>
        wait is AwaitExpressionSyntax { Expression: InvocationExpressionSyntax or IdentifierNameSyntax } plain
        && model.GetTypeInfo(plain.Expression).Type?.OriginalDefinition.ToDisplayString()
            is "System.Threading.Tasks.Task" or "System.Threading.Tasks.Task<TResult>";

    // Whatever is made of a toolkit may bring its context along, and a wait that needs that never ends.
    private static int FirstView(BlockSyntax body, SemanticModel model) =>
        body.DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>()
            .Where(made => model.GetTypeInfo(made).Type is { } type && !IsOfTheFramework(type))
            .Select(made => made.SpanStart).DefaultIfEmpty(int.MaxValue).First();

    private static bool IsOfTheFramework(ITypeSymbol type)
    {
        string name = type.ContainingNamespace?.ToDisplayString() ?? "";
        return name.StartsWith("System", StringComparison.Ordinal) && !name.StartsWith("System.Windows", StringComparison.Ordinal);
    }
}
