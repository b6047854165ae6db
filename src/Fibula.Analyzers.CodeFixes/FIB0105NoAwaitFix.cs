using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fibula.Analyzers.CodeFixes;

/// <summary>Runs the same work on the thread pool.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
internal sealed class FIB0105NoAwaitFix : RuleFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["FIB0105"];

    protected override FoundFix? Find(SyntaxNode node, SemanticModel model, Diagnostic diagnostic, CancellationToken cancellationToken) => node switch
    {
        IdentifierNameSyntax => new FoundFix("Use RunOnThreadPool").Replace(node, "RunOnThreadPool"),
        GenericNameSyntax generic => new FoundFix("Use RunOnThreadPool").Replace(generic.Identifier.Span, "RunOnThreadPool"),
        _ => null,
    };
}
