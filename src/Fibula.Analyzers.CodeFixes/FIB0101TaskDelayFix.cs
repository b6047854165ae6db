using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Fibula.Analyzers.CodeFixes;

/// <summary>Waits on the clock of the task's loop, for as long as the task is not asked to cancel.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
internal sealed class FIB0101TaskDelayFix : RuleFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["FIB0101"];

    protected override FoundFix? Find(SyntaxNode node, SemanticModel model, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (node is not InvocationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } call
            || arguments.Any(argument => argument.NameColon is not null)
            || !diagnostic.Properties.TryGetValue("context", out string? task))
        {
            return null;
        }

        ArgumentSyntax delay = arguments[0];
        FoundFix fix = new FoundFix("Use Delay of the task").Replace(call.Expression, $"{task}.Delay");
        if (model.GetTypeInfo(delay.Expression, cancellationToken).Type?.SpecialType != SpecialType.None)
        {
            INamedTypeSymbol span = model.Compilation.GetTypeByMetadataName("System.TimeSpan")!;
            fix.Surround(delay, $"{span.ToMinimalDisplayString(model, call.SpanStart)}.FromMilliseconds(", ")");
        }

        // Without its own token, which it looks at anyway.
        return arguments.Count == 1 ? fix : fix.Replace(TextSpan.FromBounds(delay.Span.End, call.ArgumentList.CloseParenToken.SpanStart), "");
    }
}
