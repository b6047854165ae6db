using Microsoft.CodeAnalysis;

namespace Fibula.Analyzers;

/// <summary>The method of a call that is to be intercepted, with the signature its interceptor takes.</summary>
internal sealed class CalledMethod
{
    private readonly IMethodSymbol _called;

    public CalledMethod(IMethodSymbol called, Compilation compilation)
    {
        IsReduced = called.ReducedFrom is not null;
        _called = called.ReducedFrom is { } whole ? Constructed(whole, called) : called;
        IsClosed = Original.ReturnType is ITypeParameterSymbol && !Arguments(_called).Any(NamesAParameter) && Arguments(_called).All(argument => WritableTypes.CanBeWritten(argument, compilation));
    }

    /// <summary>The method is called like a member of its first argument.</summary>
    public bool IsReduced { get; }

    /// <summary>The interceptor has no type parameters, but the types of this one call.</summary>
    public bool IsClosed { get; }

    public IMethodSymbol Original => _called.OriginalDefinition;

    /// <summary>The method whose parameters and result the interceptor has.</summary>
    public IMethodSymbol Shape => IsClosed ? _called : Original;

    public ResultKind Result =>
        Shape.ReturnType is not ITypeParameterSymbol ? (TaskTypes.IsValueTask(_called.ReturnType) ? ResultKind.ValueTask : ResultKind.Task)
        : TaskTypes.IsValueTask(_called.ReturnType) ? ResultKind.ValueTaskAsParameter
        : ResultKind.TaskAsParameter;

    /// <summary>Nothing makes a task of the result: it is a type parameter, and what it stands for cannot be written outside of the code around the call.</summary>
    public bool IsBeyondReach =>
        Result is ResultKind.TaskAsParameter or ResultKind.ValueTaskAsParameter
        && (Original.ReturnType is ITypeParameterSymbol { AllowsRefLikeType: true } || _called.ReturnType is INamedTypeSymbol { Name: "ValueTask", Arity: 1 });

    private static IMethodSymbol Constructed(IMethodSymbol whole, IMethodSymbol reduced) =>
        whole.IsGenericMethod ? whole.Construct(reduced.TypeArguments, reduced.TypeArgumentNullableAnnotations) : whole;

    private static IEnumerable<ITypeSymbol> Arguments(IMethodSymbol method)
    {
        IEnumerable<ITypeSymbol> arguments = method.TypeArguments;
        for (INamedTypeSymbol? type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            arguments = arguments.Concat(type.TypeArguments);
        }

        return arguments;
    }

    private static bool NamesAParameter(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol => true,
        IArrayTypeSymbol array => NamesAParameter(array.ElementType),
        IPointerTypeSymbol pointer => NamesAParameter(pointer.PointedAtType),
        INamedTypeSymbol named => named.TypeArguments.Any(NamesAParameter) || (named.ContainingType is { } outer && NamesAParameter(outer)),
        _ => false,
    };
}
