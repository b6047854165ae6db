using System.Text;
using Microsoft.CodeAnalysis;

namespace Fibula.Analyzers;

/// <summary>Writes the method that takes the place of a call: the same signature, over the open definition of the method that was called.</summary>
internal sealed class InterceptorBuilder
{
    private readonly IMethodSymbol _method;
    private readonly TypeParameterTexts _types;
    private readonly bool _isAccessible;

    public InterceptorBuilder(IMethodSymbol called, Compilation compilation)
    {
        _method = (called.ReducedFrom ?? called).OriginalDefinition;
        IsReduced = called.ReducedFrom is not null;
        _types = new TypeParameterTexts(_method);
        _isAccessible = compilation.IsSymbolAccessibleWithin(_method, compilation.Assembly);
    }

    private bool IsReduced { get; }

    private bool HasThis => !_method.IsStatic;

    public InterceptorText Build(string site) => new()
    {
        ReturnType = _method.ReturnType.ToDisplayString(SourceNames.Full),
        TypeParameters = _types.All,
        Parameters = Parameters(),
        Constraints = _types.Constraints,
        Call = _isAccessible ? PlainCall() : AccessorCall(),
        Receiver = Receiver(),
        Site = site,
        Accessor = _isAccessible ? "" : Accessor(),
        IsValueTask = TaskTypes.IsValueTask(_method.ReturnType),
    };

    private string ContainingType => _method.ContainingType.ToDisplayString(SourceNames.Full);

    private string Parameters()
    {
        IEnumerable<string> parameters = _method.Parameters.Select(parameter => Declaration(parameter));
        if (HasThis)
        {
            string reference = _method.ContainingType.IsValueType ? "ref " : "";
            return string.Join(", ", parameters.Prepend($"this {reference}{ContainingType} fibula_this"));
        }

        return (IsReduced ? "this " : "") + string.Join(", ", parameters);
    }

    private string Receiver() =>
        HasThis && !_method.ContainingType.IsValueType ? "fibula_this"
        : IsReduced && _method.Parameters[0].Type.IsReferenceType ? Name(_method.Parameters[0])
        : "null";

    private string PlainCall() =>
        $"{(HasThis ? "fibula_this" : ContainingType)}.{SourceNames.Escaped(_method.Name)}{_types.Own}({string.Join(", ", _method.Parameters.Select(Argument))})";

    private string AccessorCall()
    {
        string self = HasThis ? (_method.ContainingType.IsValueType ? "ref fibula_this" : "fibula_this") : "default!";
        return $"Accessor{{0}}{_types.OfTypes}.Call{_types.Own}({string.Join(", ", _method.Parameters.Select(Argument).Prepend(self))})";
    }

    // A class of its own: the type parameters of the type must be those of the class, the method's those of the accessor.
    private string Accessor()
    {
        string kind = HasThis ? "Method" : "StaticMethod";
        string parameters = string.Join(", ", _method.Parameters.Select(Declaration).Prepend($"{AccessedType()} fibula_this"));
        return $$"""
            file static class Accessor{0}{{_types.OfTypes}}{{_types.ConstraintsOfTypes}}
                {
                    [global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.{{kind}}, Name = "{{_method.Name}}")]
                    public static extern {{_method.ReturnType.ToDisplayString(SourceNames.Full)}} Call{{_types.Own}}({{parameters}}){{_types.OwnConstraints}};
                }
            """;
    }

    // A static class cannot be the type of a parameter, but be named there.
    private string AccessedType() => _method.ContainingType switch
    {
        { IsStatic: true } type =>
            $"[global::System.Runtime.CompilerServices.UnsafeAccessorType({SourceNames.Literal($"{SourceNames.MetadataName(type)}, {type.ContainingAssembly.Name}")})] object",
        { IsValueType: true } when HasThis => $"ref {ContainingType}",
        _ => ContainingType,
    };

    private static string Declaration(IParameterSymbol parameter)
    {
        var text = new StringBuilder();
        text.Append(parameter.ScopedKind is ScopedKind.ScopedRef or ScopedKind.ScopedValue && parameter.RefKind is not RefKind.Out ? "scoped " : "");
        text.Append(parameter.RefKind switch
        {
            RefKind.Ref => "ref ",
            RefKind.Out => "out ",
            RefKind.In => "in ",
            RefKind.RefReadOnlyParameter => "ref readonly ",
            _ => "",
        });
        return text.Append(parameter.Type.ToDisplayString(SourceNames.Full)).Append(' ').Append(Name(parameter)).ToString();
    }

    private static string Argument(IParameterSymbol parameter) => parameter.RefKind switch
    {
        RefKind.Ref => $"ref {Name(parameter)}",
        RefKind.Out => $"out {Name(parameter)}",
        RefKind.In or RefKind.RefReadOnlyParameter => $"in {Name(parameter)}",
        _ => Name(parameter),
    };

    private static string Name(IParameterSymbol parameter) => SourceNames.Escaped(parameter.Name);
}
