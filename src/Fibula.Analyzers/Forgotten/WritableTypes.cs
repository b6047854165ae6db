using Microsoft.CodeAnalysis;

namespace Fibula.Analyzers;

/// <summary>Tells which types generated code can name.</summary>
internal static class WritableTypes
{
    public static bool CanBeWritten(ITypeSymbol type, Compilation compilation) => type switch
    {
        ITypeParameterSymbol or IDynamicTypeSymbol => true,
        IArrayTypeSymbol array => CanBeWritten(array.ElementType, compilation),
        IPointerTypeSymbol pointer => CanBeWritten(pointer.PointedAtType, compilation),
        INamedTypeSymbol { IsAnonymousType: true } or INamedTypeSymbol { IsFileLocal: true } => false,
        INamedTypeSymbol { TypeKind: not TypeKind.Error } named => (named.IsExtension || compilation.IsSymbolAccessibleWithin(named.OriginalDefinition, compilation.Assembly))
            && named.TypeArguments.All(argument => CanBeWritten(argument, compilation))
            && (named.ContainingType is null || CanBeWritten(named.ContainingType, compilation))
            && IsInGlobal(named, compilation),
        _ => false,
    };

    // What is referenced under an alias alone has no name after global::.
    private static bool IsInGlobal(ITypeSymbol type, Compilation compilation) =>
        type.ContainingAssembly is not { } assembly
        || compilation.GetMetadataReference(assembly) is not { Properties.Aliases: { IsEmpty: false } aliases }
        || aliases.Contains(MetadataReferenceProperties.GlobalAlias);
}
