using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fibula.Analyzers.CodeFixes;

/// <summary>The scope that code at some place would hand a task to.</summary>
internal static class Owner
{
    private static readonly string[] OfThis = ["Tasks", "this.Tasks"];

    /// <summary>How the code calls it: <c>this.Tasks</c>, the one scope that is in reach, in work the running task's own, and in a class without a scope that of the
    /// app. Null where the class has scopes, and none can be named here or several can.</summary>
    public static string? Find(SemanticModel model, SyntaxNode node)
    {
        int position = node.SpanStart;
        if (model.Compilation.GetTypeByMetadataName("Fibula.TaskScope") is not { } scope)
        {
            return null;
        }

        bool hasThis = HasThis(node);
        if (hasThis && OfThis.FirstOrDefault(name => IsScope(model, position, name, scope)) is { } ofThis)
        {
            return ofThis;
        }

        IEnumerable<string> inReach = IsInStaticFunction(node)
            ? []
            : model.LookupSymbols(position).Where(symbol => IsUsable(symbol, position, hasThis)).Select(symbol => symbol.Name).Distinct();
        string[] scopes = [.. inReach.Where(name => IsScope(model, position, name, scope))];
        if (scopes.Length == 1)
        {
            return scopes[0];
        }

        return IsInWork(model, node) ? $"{scope.ToMinimalDisplayString(model, position)}.Current!"
            : HasScope(model, position, scope) || model.Compilation.GetTypeByMetadataName("Fibula.UiApp") is not { } app ? null
            : $"{app.ToMinimalDisplayString(model, position)}.Current!.Tasks";
    }

    // Also one that cannot be named here, such as a window's in a static method: the app would be the wrong owner then.
    private static bool HasScope(SemanticModel model, int position, INamedTypeSymbol scope)
    {
        if (model.LookupSymbols(position).Any(symbol => SymbolEqualityComparer.Default.Equals(TypeOf(symbol), scope)))
        {
            return true;
        }

        INamedTypeSymbol? type = model.GetEnclosingSymbol(position)?.ContainingType;
        return type is not null && IsScope(model, position, $"default({type.ToMinimalDisplayString(model, position)})!.{OfThis[0]}", scope);
    }

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    };

    private static bool IsScope(SemanticModel model, int position, string code, INamedTypeSymbol scope)
    {
        ExpressionSyntax expression = SyntaxFactory.ParseExpression(code);
        SymbolInfo symbol = model.GetSpeculativeSymbolInfo(position, expression, SpeculativeBindingOption.BindAsExpression);
        ITypeSymbol? type = model.GetSpeculativeTypeInfo(position, expression, SpeculativeBindingOption.BindAsExpression).Type;
        return symbol.Symbol is { } found && found is not ITypeSymbol && !IsNullable(found) && SymbolEqualityComparer.Default.Equals(type, scope);
    }

    private static bool IsNullable(ISymbol symbol) => NullabilityOf(symbol) == NullableAnnotation.Annotated;

    private static NullableAnnotation NullabilityOf(ISymbol symbol) => symbol switch
    {
        ILocalSymbol local => local.NullableAnnotation,
        IParameterSymbol parameter => parameter.NullableAnnotation,
        IFieldSymbol field => field.NullableAnnotation,
        IPropertySymbol property => property.NullableAnnotation,
        _ => NullableAnnotation.None,
    };

    // A local is in scope before its declaration, and of no use there.
    private static bool IsUsable(ISymbol symbol, int position, bool hasThis) => symbol switch
    {
        ILocalSymbol => symbol.DeclaringSyntaxReferences.All(declaration => declaration.Span.End <= position),
        IParameterSymbol parameter => parameter.RefKind == RefKind.None,
        IFieldSymbol or IPropertySymbol => hasThis || symbol.IsStatic,
        _ => false,
    };

    private static bool HasThis(SyntaxNode node) =>
        !IsInStaticFunction(node)
        && !node.Ancestors().Any(around => around is ConstructorInitializerSyntax or EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax })
        && node.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member
        && member is not (BaseFieldDeclarationSyntax or GlobalStatementSyntax)
        && !member.Modifiers.Any(SyntaxKind.StaticKeyword);

    private static bool IsInStaticFunction(SyntaxNode node) => node.Ancestors().Any(around => around switch
    {
        AnonymousFunctionExpressionSyntax lambda => lambda.Modifiers.Any(SyntaxKind.StaticKeyword),
        LocalFunctionStatementSyntax local => local.Modifiers.Any(SyntaxKind.StaticKeyword),
        _ => false,
    });

    // In work there always is a current scope: that of the task. The innermost function must be the work itself.
    private static bool IsInWork(SemanticModel model, SyntaxNode node) =>
        node.Ancestors().FirstOrDefault(around => around is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)
            is AnonymousFunctionExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } }
        && model.GetSymbolInfo(call).Symbol is IMethodSymbol { Name: "Run" or "RunOnThreadPool", ContainingType: { Name: "TaskStarter" } owner }
        && owner.ContainingNamespace is { Name: "Fibula", ContainingNamespace.IsGlobalNamespace: true };
}
