using Microsoft.CodeAnalysis;

namespace Fibula.Analyzers;

/// <summary>The type parameters of a method and of the types it is in, as text. An interceptor has all of them, outermost first.</summary>
internal sealed class TypeParameterTexts
{
    private readonly List<ITypeParameterSymbol> _ofTypes = [];
    private readonly List<ITypeParameterSymbol> _own;

    public TypeParameterTexts(IMethodSymbol method)
    {
        for (INamedTypeSymbol? type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            _ofTypes.InsertRange(0, type.TypeParameters);
        }

        _own = [.. method.TypeParameters];
    }

    /// <summary>True where a method's type parameter hides one of its type: both cannot be named in one signature.</summary>
    public bool AreAmbiguous => _ofTypes.Concat(_own).GroupBy(type => type.Name).Any(group => group.Count() > 1);

    public string All => List(_ofTypes.Concat(_own));

    public string Own => List(_own);

    public string OfTypes => List(_ofTypes);

    public string Constraints => Of(_ofTypes.Concat(_own));

    public string ConstraintsOfTypes => Of(_ofTypes);

    public string OwnConstraints => Of(_own);

    private static string List(IEnumerable<ITypeParameterSymbol> types)
    {
        string list = string.Join(", ", types.Select(type => type.Name));
        return list.Length == 0 ? "" : $"<{list}>";
    }

    private static string Of(IEnumerable<ITypeParameterSymbol> types) =>
        string.Concat(types.Select(type => (type.Name, Constraints: string.Join(", ", ConstraintsOf(type))))
            .Where(entry => entry.Constraints.Length > 0)
            .Select(entry => $" where {entry.Name} : {entry.Constraints}"));

    private static IEnumerable<string> ConstraintsOf(ITypeParameterSymbol type)
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
            yield return constraint.ToDisplayString(SourceNames.Full);
        }

        if (type.HasConstructorConstraint)
        {
            yield return "new()";
        }

        if (type.AllowsRefLikeType)
        {
            yield return "allows ref struct";
        }
    }
}
