using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fibula.Analyzers;

/// <summary>Tells whether a dropped call can be replaced by one of ours, which hands on its task.</summary>
internal static class Interception
{
    /// <summary>The method of a call that drops its task and is intercepted; null for any other call.</summary>
    public static IMethodSymbol? MethodOf(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellationToken) =>
        DiscardedCall.MethodOf(call, model, cancellationToken) is { } method && Obstacle(call, method, model.Compilation) is null ? method : null;

    /// <summary>Why the call stays as it is, as the end of a sentence; null if it can be intercepted.</summary>
    public static string? Obstacle(InvocationExpressionSyntax call, IMethodSymbol method, Compilation compilation)
    {
        IMethodSymbol original = (method.ReducedFrom ?? method).OriginalDefinition;
        return original switch
        {
            { MethodKind: MethodKind.DelegateInvoke } => "it calls a delegate",
            { MethodKind: MethodKind.LocalFunction } => "it calls a local function",
            { MethodKind: not (MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation) } => "it does not call an ordinary method",
            { RefKind: not RefKind.None } => "the method returns a reference",
            { IsVararg: true } => "the method takes arguments without a type",
            _ when !DiscardedCall.MayBe(call) || !TaskNames.Of(compilation).MayGiveOne(call) =>
                "by its looks it raises an event, feeds an operator of LINQ, or gives no task",
            _ when IsBase(call) => "it calls the method of the base class",
            _ when !IsStructurallyNameable(original, compilation) => "a type it needs is private",
            _ when new TypeParameterTexts(original).AreAmbiguous => "a type parameter of the method hides one of its type",
            { ContainingType: { IsStatic: true, IsGenericType: true } } when !compilation.IsSymbolAccessibleWithin(original, compilation.Assembly) =>
                "it calls a private method of a generic static class",
            _ => null,
        };
    }

    private static bool IsBase(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax { Expression: BaseExpressionSyntax };

    // The method itself may be private; the types in its signature may not.
    private static bool IsStructurallyNameable(IMethodSymbol method, Compilation compilation) =>
        IsNameable(method.ContainingType, compilation)
        && IsNameable(method.ReturnType, compilation)
        && method.Parameters.All(parameter => IsNameable(parameter.Type, compilation))
        && method.TypeParameters.Concat(method.ContainingType.TypeParameters)
            .All(type => type.ConstraintTypes.All(constraint => IsNameable(constraint, compilation)));

    private static bool IsNameable(ITypeSymbol type, Compilation compilation) => type switch
    {
        ITypeParameterSymbol => true,
        IArrayTypeSymbol array => IsNameable(array.ElementType, compilation),
        INamedTypeSymbol { IsAnonymousType: true } or INamedTypeSymbol { IsFileLocal: true } => false,
        INamedTypeSymbol named => compilation.IsSymbolAccessibleWithin(named.OriginalDefinition, compilation.Assembly)
            && named.TypeArguments.All(argument => IsNameable(argument, compilation))
            && (named.ContainingType is null || IsNameable(named.ContainingType, compilation)),
        IDynamicTypeSymbol => true,
        _ => false,
    };
}
