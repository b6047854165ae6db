using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Fibula.Analyzers;

/// <summary>The attributes that a trimmer reads, as text. An interceptor has those of the method, so that what is said of the call is said at its place.</summary>
internal static class AttributeTexts
{
    private static readonly ImmutableHashSet<string> OfTheTrimmer =
    [
        "System.Diagnostics.CodeAnalysis.RequiresUnreferencedCodeAttribute",
        "System.Diagnostics.CodeAnalysis.RequiresDynamicCodeAttribute",
        "System.Diagnostics.CodeAnalysis.RequiresAssemblyFilesAttribute",
        "System.Diagnostics.CodeAnalysis.DynamicallyAccessedMembersAttribute",
    ];

    /// <summary>Each with a space after it; empty for none.</summary>
    public static string Of(ISymbol symbol) => string.Concat(symbol.GetAttributes()
        .Where(attribute => attribute.AttributeClass is { } type && OfTheTrimmer.Contains(type.ToDisplayString()))
        .Select(attribute => $"[{attribute.AttributeClass!.ToDisplayString(SourceNames.Full)}({string.Join(", ", attribute.ConstructorArguments.Select(Constant))})] "));

    private static string Constant(TypedConstant value) => value.Kind == TypedConstantKind.Enum
        ? $"({value.Type!.ToDisplayString(SourceNames.Full)})({value.Value})"
        : value.ToCSharpString();
}
