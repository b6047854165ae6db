using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Fibula.Analyzers.CodeFixes;

/// <summary>Shows the values by the progress of the task.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
internal sealed class FIB0103ProgressFix : RuleFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["FIB0103"];

    protected override FoundFix? Find(SyntaxNode node, SemanticModel model, Diagnostic diagnostic, CancellationToken cancellationToken) =>
        node is ObjectCreationExpressionSyntax { Type: var type, ArgumentList: not null } made
        && diagnostic.Properties.TryGetValue("context", out string? task)
        && TypeArgument(type) is { } value
        && TakesAnyProgress(made, model, cancellationToken)
            ? new FoundFix("Use AsProgress of the task").Replace(TextSpan.FromBounds(made.SpanStart, type.Span.End), $"{task}.AsProgress{value}")
            : null;

    private static TypeArgumentListSyntax? TypeArgument(TypeSyntax type) => type switch
    {
        GenericNameSyntax generic => generic.TypeArgumentList,
        QualifiedNameSyntax { Right: GenericNameSyntax generic } => generic.TypeArgumentList,
        _ => null,
    };

    // AsProgress gives an IProgress<T>: so nothing may need the class itself.
    private static bool TakesAnyProgress(ObjectCreationExpressionSyntax made, SemanticModel model, CancellationToken cancellationToken)
    {
        if (model.GetTypeInfo(made, cancellationToken).ConvertedType is { Name: "IProgress" })
        {
            return true;
        }

        return made.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Type.IsVar: true } } declarator }
            && made.FirstAncestorOrSelf<BlockSyntax>() is { } block
            && block.DescendantNodes().OfType<IdentifierNameSyntax>()
                .Where(name => name.Identifier.ValueText == declarator.Identifier.ValueText)
                .All(name => name.Parent is ArgumentSyntax && model.GetTypeInfo(name, cancellationToken).ConvertedType is { Name: "IProgress" });
    }
}
