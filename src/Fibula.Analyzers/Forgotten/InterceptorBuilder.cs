using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;

namespace Fibula.Analyzers;

/// <summary>
/// Writes the method that takes the place of a call: the same signature, over the open definition of the method that was called. Where the result is a
/// type parameter, it is the signature with the types of this call instead, as far as they can be written.
/// </summary>
internal sealed class InterceptorBuilder
{
    private readonly CalledMethod _called;
    private readonly IMethodSymbol _shape;
    private readonly TypeParameterTexts _types;
    private readonly bool _isAccessible;

    public InterceptorBuilder(CalledMethod called, Compilation compilation)
    {
        _called = called;
        _shape = called.Shape;
        _types = new TypeParameterTexts(called.Original, compilation);
        _isAccessible = compilation.IsSymbolAccessibleWithin(called.Original, compilation.Assembly);
    }

    private bool HasThis => !_shape.IsStatic;

    private string ThisKind => !_shape.ContainingType.IsValueType ? "" : _shape.IsReadOnly ? "in " : "ref ";

    // A block of extensions is no type that could be named: what it extends is its only parameter, and its class has the methods.
    private IParameterSymbol? Extended => HasThis ? _shape.ContainingType.ExtensionParameter : null;

    public InterceptorText Build(string site)
    {
        string parameters = Parameters();
        return new InterceptorText
        {
            Modifiers = parameters.Contains('*') ? "public static unsafe" : "public static",
            ReturnType = _types.TextOf(_shape.ReturnType),
            Attributes = AttributeTexts.Of(_called.Original),
            TypeParameters = _called.IsClosed ? "" : _types.AllDeclared,
            Parameters = parameters,
            Constraints = _called.IsClosed ? "" : _types.Constraints,
            Call = _isAccessible ? PlainCall() : AccessorCall(),
            Receiver = Receiver(),
            Site = site,
            Accessor = _isAccessible ? "" : Accessor(),
            Result = _called.Result,
        };
    }

    private string Parameters()
    {
        IEnumerable<string> parameters = _shape.Parameters.Select(parameter =>
            Declaration(parameter, NameOf(parameter), isThis: _called.IsReduced && parameter.Ordinal == 0));
        if (HasThis)
        {
            parameters = parameters.Prepend(Extended is { } extended
                ? Declaration(extended, "fibula_this", isThis: true)
                : $"this {ThisKind}{_types.TextOf(_shape.ContainingType)} fibula_this");
        }

        return string.Join(", ", parameters);
    }

    private string Receiver() =>
        Extended is { } extended ? (extended.Type.IsReferenceType ? "fibula_this" : "null")
        : HasThis && !_shape.ContainingType.IsValueType ? "fibula_this"
        : _called.IsReduced && _shape.Parameters[0].Type.IsReferenceType ? NameOf(_shape.Parameters[0])
        : "null";

    private string PlainCall()
    {
        string name = SourceNames.Escaped(_shape.Name);
        IEnumerable<string> arguments = _shape.Parameters.Select(parameter => Argument(parameter, NameOf(parameter)));
        if (_shape.ContainingType.ExtensionParameter is null)
        {
            return $"{(HasThis ? "fibula_this" : _types.TextOf(_shape.ContainingType))}.{name}{TypeArguments(_shape.TypeArguments, _types.Own)}({string.Join(", ", arguments)})";
        }

        IEnumerable<ITypeSymbol> all = _shape.ContainingType.TypeArguments.Concat(_shape.TypeArguments);
        arguments = Extended is { } extended ? arguments.Prepend(Argument(extended, "fibula_this")) : arguments;
        return $"{_types.TextOf(_shape.ContainingType.ContainingType)}.{name}{TypeArguments(all, _types.All)}({string.Join(", ", arguments)})";
    }

    private string TypeArguments(IEnumerable<ITypeSymbol> closed, string open)
    {
        string list = string.Join(", ", closed.Select(_types.TextOf));
        return !_called.IsClosed ? open : list.Length == 0 ? "" : $"<{list}>";
    }

    private string AccessorCall()
    {
        string self = HasThis ? $"{ThisKind}fibula_this" : "default!";
        IEnumerable<string> arguments = _shape.Parameters.Select(parameter => Argument(parameter, NameOf(parameter)));
        string ofTypes = TypeArguments(TypeArgumentsOf(_shape.ContainingType), _types.OfTypes);
        return $"Accessor{{0}}{ofTypes}.Call{TypeArguments(_shape.TypeArguments, _types.Own)}({string.Join(", ", arguments.Prepend(self))})";
    }

    // A class of its own: the type parameters of the type must be those of the class, the method's those of the accessor.
    private string Accessor()
    {
        IMethodSymbol method = _called.Original;
        string kind = HasThis ? "Method" : "StaticMethod";
        string parameters = string.Join(", ", method.Parameters.Select(parameter => Declaration(parameter, NameOf(parameter))).Prepend($"{AccessedType()} fibula_this"));
        string modifiers = parameters.Contains('*') ? "public static unsafe extern" : "public static extern";
        return $$"""
            [global::System.Obsolete]
                file static class Accessor{0}{{_types.OfTypesDeclared}}{{_types.ConstraintsOfTypes}}
                {
                    [global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.{{kind}}, Name = "{{method.Name}}")]
                    {{AttributeTexts.Of(method)}}{{modifiers}} {{_types.TextOf(method.ReturnType)}} Call{{_types.OwnDeclared}}({{parameters}}){{_types.OwnConstraints}};
                }
            """;
    }

    // A static class cannot be the type of a parameter, but be named there.
    private string AccessedType() => _called.Original.ContainingType switch
    {
        { IsStatic: true } type =>
            $"[global::System.Runtime.CompilerServices.UnsafeAccessorType({SourceNames.Literal($"{SourceNames.MetadataName(type)}, {type.ContainingAssembly.Name}")})] object",
        { IsValueType: true } type when HasThis => $"{ThisKind}{_types.TextOf(type)}",
        var type => _types.TextOf(type),
    };

    private string Declaration(IParameterSymbol parameter, string name, bool isThis = false)
    {
        StringBuilder text = new StringBuilder(AttributeTexts.Of(parameter)).Append(isThis ? "this " : "");
        text.Append(parameter.ScopedKind is ScopedKind.ScopedRef or ScopedKind.ScopedValue && parameter.RefKind is not RefKind.Out ? "scoped " : "");
        text.Append(parameter.RefKind switch
        {
            RefKind.Ref => "ref ",
            RefKind.Out => "out ",
            RefKind.In => "in ",
            RefKind.RefReadOnlyParameter => "ref readonly ",
            _ => "",
        });
        return text.Append(_types.TextOf(parameter.Type)).Append(' ').Append(name).ToString();
    }

    private static string Argument(IParameterSymbol parameter, string name) => parameter.RefKind switch
    {
        RefKind.Ref => $"ref {name}",
        RefKind.Out => $"out {name}",
        RefKind.In or RefKind.RefReadOnlyParameter => $"in {name}",
        _ => name,
    };

    // By its place: a name of the code may be one of ours.
    private static string NameOf(IParameterSymbol parameter) => $"fibula_{parameter.Ordinal.ToString(CultureInfo.InvariantCulture)}";

    private static IEnumerable<ITypeSymbol> TypeArgumentsOf(INamedTypeSymbol type) =>
        type.ContainingType is { } outer ? TypeArgumentsOf(outer).Concat(type.TypeArguments) : type.TypeArguments;
}
