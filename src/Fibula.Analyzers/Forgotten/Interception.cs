using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Fibula.Analyzers;

/// <summary>Tells whether a dropped call can be replaced by one of ours, which hands on its task.</summary>
internal static class Interception
{
    /// <summary>The operation of a call whose task needs an owner and is given one; null for any other call.</summary>
    public static IInvocationOperation? Of(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellationToken) =>
        DiscardedCall.Of(call, model, cancellationToken) is { } operation && Obstacle(operation) is null ? operation : null;

    /// <summary>Why the call stays as it is, as the end of a sentence; null if it can be intercepted.</summary>
    public static string? Obstacle(IInvocationOperation operation)
    {
        var call = (InvocationExpressionSyntax)operation.Syntax;
        Compilation compilation = operation.SemanticModel!.Compilation;
        var called = new CalledMethod(operation.TargetMethod, compilation);
        IMethodSymbol original = called.Original;
        return original switch
        {
            { MethodKind: MethodKind.DelegateInvoke } => "it calls a delegate",
            { MethodKind: MethodKind.LocalFunction } => "it calls a local function",
            { MethodKind: not (MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation) } => "it does not call an ordinary method",
            { RefKind: not RefKind.None } => "the method returns a reference",
            { IsVararg: true } => "the method takes arguments without a type",
            { IsStatic: true, IsAbstract: true } or { IsStatic: true, IsVirtual: true } => "which static method it calls is known at run time only",
            _ when !DiscardedCall.MayBe(call) || !TaskNames.Of(compilation).MayGiveOne(call) =>
                "by its looks it raises an event, feeds an operator of LINQ, or gives no task",
            _ when original.Parameters.Any(parameter => parameter.RefKind == RefKind.RefReadOnlyParameter) && compilation is CSharpCompilation { LanguageVersion: < LanguageVersion.CSharp12 } =>
                "the language of the project has no parameters that are 'ref readonly'",
            _ when operation.Instance?.Type is ITypeParameterSymbol { AllowsRefLikeType: true } => "it is called on what may be a ref struct",
            _ when IsBase(call) => "it calls the method of the base class",
            _ when SignatureOf(called, compilation).Any(HasFunctionPointer) => "the method takes a pointer to a function",
            _ when !SignatureOf(called, compilation).All(type => WritableTypes.CanBeWritten(type, compilation)) => "a type it needs is private",
            _ when called.IsBeyondReach => "the type of its task is a type parameter",
            _ when !compilation.IsSymbolAccessibleWithin(original, compilation.Assembly) => ObstacleOfAnAccessor(original),
            _ => null,
        };
    }

    private static bool IsBase(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax { Expression: BaseExpressionSyntax };

    // The method itself may be private; the types in its signature may not.
    private static IEnumerable<ITypeSymbol> SignatureOf(CalledMethod called, Compilation compilation)
    {
        IMethodSymbol shape = called.Shape;
        IEnumerable<ITypeSymbol> signature = shape.Parameters.Select(parameter => parameter.Type).Prepend(shape.ReturnType).Prepend(shape.ContainingType);
        signature = shape.ContainingType.ExtensionParameter is { } extended ? signature.Prepend(extended.Type) : signature;
        return called.IsClosed ? signature.Concat(shape.TypeArguments) : signature.Concat(new TypeParameterTexts(shape, compilation).Symbols.SelectMany(type => type.ConstraintTypes));
    }

    private static bool HasFunctionPointer(ITypeSymbol type) => type switch
    {
        IFunctionPointerTypeSymbol => true,
        IArrayTypeSymbol array => HasFunctionPointer(array.ElementType),
        IPointerTypeSymbol pointer => HasFunctionPointer(pointer.PointedAtType),
        INamedTypeSymbol named => named.TypeArguments.Any(HasFunctionPointer),
        _ => false,
    };

    private static string? ObstacleOfAnAccessor(IMethodSymbol method) => method.ContainingType switch
    {
        { IsExtension: true } => "it calls a private extension",
        { TypeKind: TypeKind.Interface } => "it calls a member of an interface that is not public",
        { IsStatic: true, IsGenericType: true } => "it calls a private method of a generic static class",
        _ => null,
    };
}
