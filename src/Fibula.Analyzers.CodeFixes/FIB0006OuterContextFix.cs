using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fibula.Analyzers.CodeFixes;

/// <summary>Uses the child's own context.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
internal sealed class FIB0006OuterContextFix : RuleFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["FIB0006"];

    protected override FoundFix? Find(SyntaxNode node, SemanticModel model, Diagnostic diagnostic, CancellationToken cancellationToken) =>
        node is IdentifierNameSyntax && diagnostic.Properties.TryGetValue("context", out string? own)
            ? new FoundFix("Use the child's own context").Replace(node, own!)
            : null;
}
