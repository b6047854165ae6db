using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Fibula.Analyzers;

/// <summary>
/// The type parameters of a method and of the types it is in, as text. An interceptor has all of them, outermost first, under names of its own: those of
/// the code may be keywords, and one may hide another.
/// </summary>
internal sealed class TypeParameterTexts
{
    private readonly List<ITypeParameterSymbol> _ofTypes = [];
    private readonly List<ITypeParameterSymbol> _own;

    private readonly bool _mayAllowRefStructs;

    public TypeParameterTexts(IMethodSymbol method, Compilation compilation)
    {
        _mayAllowRefStructs = compilation is CSharpCompilation { LanguageVersion: >= LanguageVersion.CSharp13 };
        for (INamedTypeSymbol? type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            _ofTypes.InsertRange(0, type.TypeParameters);
        }

        _own = [.. method.TypeParameters];
    }

    public IEnumerable<ITypeParameterSymbol> Symbols => _ofTypes.Concat(_own);

    public string All => List(Symbols, NameOf);

    public string Own => List(_own, NameOf);

    public string OfTypes => List(_ofTypes, NameOf);

    /// <summary>All of them, as they are declared.</summary>
    public string AllDeclared => List(Symbols, Declared);

    /// <summary>Those of the method, as they are declared.</summary>
    public string OwnDeclared => List(_own, Declared);

    /// <summary>Those of the types, as they are declared.</summary>
    public string OfTypesDeclared => List(_ofTypes, Declared);

    public string Constraints => Of(Symbols);

    public string ConstraintsOfTypes => Of(_ofTypes);

    public string OwnConstraints => Of(_own);

    /// <summary>A type as it is written in the interceptor: from <c>global::</c> on, with the interceptor's type parameters.</summary>
    public string TextOf(ITypeSymbol type) => string.Concat(type.ToDisplayParts(SourceNames.Full).Select(part => part.Symbol switch
    {
        ITypeParameterSymbol parameter => NameOf(parameter),

        // A dynamic argument would have the call bound anew at run time.
        IDynamicTypeSymbol => "object",
        _ => part.ToString(),
    }));

    private string Declared(ITypeParameterSymbol type) => AttributeTexts.Of(type) + NameOf(type);

    private static string List(IEnumerable<ITypeParameterSymbol> types, Func<ITypeParameterSymbol, string> text)
    {
        string list = string.Join(", ", types.Select(text));
        return list.Length == 0 ? "" : $"<{list}>";
    }

    // What is not ours is a type parameter of the code around the call, which has none of these names.
    private string NameOf(ITypeParameterSymbol type)
    {
        int place = Symbols.TakeWhile(symbol => !SymbolEqualityComparer.Default.Equals(symbol, type)).Count();
        return $"T{place.ToString(CultureInfo.InvariantCulture)}";
    }

    private string Of(IEnumerable<ITypeParameterSymbol> types) =>
        string.Concat(types.Select(type => (Name: NameOf(type), Constraints: string.Join(", ", ConstraintsOf(type))))
            .Where(entry => entry.Constraints.Length > 0)
            .Select(entry => $" where {entry.Name} : {entry.Constraints}"));

    private IEnumerable<string> ConstraintsOf(ITypeParameterSymbol type)
    {
        if (type.HasUnmanagedTypeConstraint)
        {
            yield return "unmanaged";
        }
        else if (type.HasValueTypeConstraint)
        {
            yield return "struct";
        }
        else if (type.HasReferenceTypeConstraint)
        {
            yield return type.ReferenceTypeConstraintNullableAnnotation == NullableAnnotation.Annotated ? "class?" : "class";
        }
        else if (type.HasNotNullConstraint)
        {
            yield return "notnull";
        }

        foreach (ITypeSymbol constraint in type.ConstraintTypes)
        {
            yield return TextOf(constraint);
        }

        if (type.HasConstructorConstraint)
        {
            yield return "new()";
        }

        // An older language has none to pass.
        if (type.AllowsRefLikeType && _mayAllowRefStructs)
        {
            yield return "allows ref struct";
        }
    }
}
