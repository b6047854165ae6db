using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fibula.Analyzers.CodeFixes;

/// <summary>Gives the call the task's token.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
internal sealed class FIB0102TokenNotPassedFix : RuleFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["FIB0102"];

    protected override FoundFix? Find(SyntaxNode node, SemanticModel model, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (node is not InvocationExpressionSyntax { ArgumentList: { } list }
            || !diagnostic.Properties.TryGetValue("token", out string? token)
            || !diagnostic.Properties.TryGetValue("name", out string? name)
            || model.GetSymbolInfo(node, cancellationToken).Symbol is not IMethodSymbol method)
        {
            return null;
        }

        // Its place is known where nothing is left out before it.
        bool isNext = !list.Arguments.Any(argument => argument.NameColon is not null)
            && list.Arguments.Count == method.Parameters.TakeWhile(parameter => parameter.Name != name!.TrimStart('@')).Count();
        string argument = isNext ? token! : $"{name}: {token}";
        return new FoundFix("Pass the task's token").Insert(list.CloseParenToken.SpanStart, list.Arguments.Count == 0 ? argument : $", {argument}");
    }
}
