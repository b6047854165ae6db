using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Fibula.Analyzers;

/// <summary>How names and texts are written into generated code.</summary>
internal static class SourceNames
{
    /// <summary>From <c>global::</c> on, with the question marks of nullable types.</summary>
    public static SymbolDisplayFormat Full { get; } = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    // Without the sign that a keyword has in the source.
    private static SymbolDisplayFormat Plain { get; } = SymbolDisplayFormat.CSharpErrorMessageFormat.RemoveMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    public static string Escaped(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : $"@{name}";

    /// <summary>The name that reflection knows a type by: <c>Shop.Outer+Inner</c>.</summary>
    public static string MetadataName(INamedTypeSymbol type) =>
        type.ContainingType is { } outer ? $"{MetadataName(outer)}+{type.MetadataName}"
        : type.ContainingNamespace.IsGlobalNamespace ? type.MetadataName
        : $"{type.ContainingNamespace.ToDisplayString(Plain)}.{type.MetadataName}";

    /// <summary>The path as <c>[CallerFilePath]</c> would give it.</summary>
    public static string PathOf(SyntaxNode node, Compilation compilation) =>
        compilation.Options.SourceReferenceResolver?.NormalizePath(node.SyntaxTree.FilePath, baseFilePath: null) ?? node.SyntaxTree.FilePath;

    public static int LineOf(SyntaxNode node) => node.SyntaxTree.GetLineSpan(node.Span).StartLinePosition.Line + 1;

    public static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);
}
