using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fibula.Analyzers.CodeFixes;

/// <summary>Lets the method return a task, and hands the task to a scope wherever the method is called.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
internal sealed class FIB0003AsyncVoidFix : RuleFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["FIB0003"];

    protected override FoundFix? Find(SyntaxNode node, SemanticModel model, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        (TypeSyntax? returned, SyntaxNode? home) = node switch
        {
            MethodDeclarationSyntax method => (method.ReturnType, method.Parent),
            LocalFunctionStatementSyntax local => (local.ReturnType, local.Parent),
            _ => (null, null),
        };
        if (returned is null || home is null
            || model.GetDeclaredSymbol(node, cancellationToken) is not IMethodSymbol declared
            || !IsSeenHereOnly(declared)
            || model.Compilation.GetTypeByMetadataName("System.Threading.Tasks.Task") is not { } task)
        {
            return null;
        }

        FoundFix fix = new FoundFix("Return a task, and hand it to a scope").Replace(returned, task.ToMinimalDisplayString(model, node.SpanStart));
        IEnumerable<InvocationExpressionSyntax> calls = home.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Where(call => SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(call, cancellationToken).Symbol?.OriginalDefinition, declared));
        return calls.All(call => HandOver(call, model, fix)) ? fix : null;
    }

    private static bool HandOver(InvocationExpressionSyntax call, SemanticModel model, FoundFix fix)
    {
        if (call.Parent is ConditionalAccessExpressionSyntax || Owner.Find(model, call) is not { } owner)
        {
            return false;
        }

        fix.Surround(call, $"{owner}.Own(", ")");
        return true;
    }

    // Every call is in this file: none of them is missed.
    private static bool IsSeenHereOnly(IMethodSymbol method) =>
        method.MethodKind == MethodKind.LocalFunction
        || (method.DeclaredAccessibility == Accessibility.Private && method.ContainingType.DeclaringSyntaxReferences.Length == 1);
}
