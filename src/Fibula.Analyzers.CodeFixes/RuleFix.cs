using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace Fibula.Analyzers.CodeFixes;

/// <summary>A fix that is a few changes of text: what the user has written around them stays as it is, and many of them fit into one
/// document.</summary>
internal abstract class RuleFix : CodeFixProvider
{
    public sealed override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(FixAllAsync);

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (await FindAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false) is { } found)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(found.Title, stop => ApplyAsync(context.Document, found.Changes, stop), found.Title), diagnostic);
            }
        }
    }

    /// <summary>The fix of what was found at the node; null where there is none that surely keeps what the code does.</summary>
    protected abstract FoundFix? Find(SyntaxNode node, SemanticModel model, Diagnostic diagnostic, CancellationToken cancellationToken);

    private async Task<FoundFix?> FindAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        // What a generator has written nobody can change.
        if (document is SourceGeneratedDocument)
        {
            return null;
        }

        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        SemanticModel? model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        return root is null || model is null
            ? null
            : Find(root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true), model, diagnostic, cancellationToken);
    }

    private async Task<Document?> FixAllAsync(FixAllContext context, Document document, ImmutableArray<Diagnostic> diagnostics)
    {
        var changes = new List<TextChange>();
        foreach (Diagnostic diagnostic in diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start))
        {
            FoundFix? found = await FindAsync(document, diagnostic, context.CancellationToken).ConfigureAwait(false);
            if (found is not null
                && found.Title == context.CodeActionEquivalenceKey
                && !found.Changes.Any(change => changes.Any(other => Meet(change, other))))
            {
                changes.AddRange(found.Changes);
            }
        }

        return await ApplyAsync(document, changes, context.CancellationToken).ConfigureAwait(false);
    }

    // Such a finding stands inside another one's change. It is found again once that one is fixed.
    private static bool Meet(TextChange change, TextChange other) => change.Span.IntersectsWith(other.Span);

    private static async Task<Document> ApplyAsync(Document document, IEnumerable<TextChange> changes, CancellationToken cancellationToken)
    {
        SourceText text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        return document.WithText(text.WithChanges(changes.OrderBy(change => change.Span.Start)));
    }
}
