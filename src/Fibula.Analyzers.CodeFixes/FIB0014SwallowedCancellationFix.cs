using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fibula.Analyzers.CodeFixes;

/// <summary>Has the catch clause leave cancellations alone.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
internal sealed class FIB0014SwallowedCancellationFix : RuleFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["FIB0014"];

    protected override FoundFix? Find(SyntaxNode node, SemanticModel model, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (node.FirstAncestorOrSelf<CatchClauseSyntax>() is not { } clause)
        {
            return null;
        }

        string canceled = Name("System.OperationCanceledException", model, clause);
        string? caught = clause.Declaration?.Identifier.ValueText;
        string name = string.IsNullOrEmpty(caught) ? FreeName(model, clause.Block.SpanStart) : clause.Declaration!.Identifier.Text;
        string filter = $" when ({name} is not {canceled})";
        var fix = new FoundFix("Let the cancellation out");
        return clause.Declaration switch
        {
            null => fix.Insert(clause.CatchKeyword.Span.End, $" ({Name("System.Exception", model, clause)} {name}){filter}"),
            { Identifier.ValueText: "" or null } declaration => fix.Insert(declaration.Type.Span.End, $" {name}").Insert(declaration.Span.End, filter),
            var declaration => fix.Insert(declaration.Span.End, filter),
        };
    }

    // The language allows no name that a local or parameter around it has.
    private static string FreeName(SemanticModel model, int position) =>
        Enumerable.Range(1, int.MaxValue).Select(number => number == 1 ? "error" : $"error{number}")
            .First(name => !model.LookupSymbols(position, name: name).Any(IsTaken));

    private static bool IsTaken(ISymbol symbol) =>
        symbol is ILocalSymbol or IParameterSymbol or IRangeVariableSymbol or IMethodSymbol { MethodKind: MethodKind.LocalFunction };

    private static string Name(string type, SemanticModel model, SyntaxNode node) =>
        model.Compilation.GetTypeByMetadataName(type)!.ToMinimalDisplayString(model, node.SpanStart);
}
