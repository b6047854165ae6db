using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fibula.Analyzers.CodeFixes;

/// <summary>Finds what an <c>await</c> would have to keep and cannot: references and ref structs, such as a <c>Span</c>.</summary>
internal static class Reference
{
    /// <summary>There may be one that is in use across the expression. One that is in scope counts, since what follows may use it.</summary>
    public static bool IsNear(ExpressionSyntax expression, SemanticModel model) =>
        model.LookupSymbols(expression.SpanStart).Any(IsReference)
        || (expression.FirstAncestorOrSelf<StatementSyntax>() is { } statement && statement.DescendantNodes().OfType<ExpressionSyntax>().Any(part => Gives(part, model)))
        || expression.Ancestors().Select(Held).OfType<ExpressionSyntax>().Any(held => Gives(held, model));

    private static bool IsReference(ISymbol symbol) => symbol switch
    {
        ILocalSymbol local => local.RefKind != RefKind.None || local.Type.IsRefLikeType,
        IParameterSymbol parameter => parameter.RefKind != RefKind.None || parameter.Type.IsRefLikeType,
        _ => false,
    };

    private static bool Gives(ExpressionSyntax expression, SemanticModel model) =>
        model.GetTypeInfo(expression).Type is { IsRefLikeType: true }
        || model.GetSymbolInfo(expression).Symbol is IMethodSymbol { RefKind: not RefKind.None } or IPropertySymbol { RefKind: not RefKind.None };

    // What a statement has in use as long as the one inside of it runs.
    private static ExpressionSyntax? Held(SyntaxNode statement) => statement switch
    {
        CommonForEachStatementSyntax each => each.Expression,
        UsingStatementSyntax with => with.Expression,
        _ => null,
    };
}
