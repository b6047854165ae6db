using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fibula.Analyzers;

/// <summary>Where an <c>async void</c> method, local function or lambda stands, under the name its state machine will know.</summary>
/// <param name="Name">With the namespace and the outer classes, for example <c>Shop.MainWindow.Save_Click</c>.</param>
/// <param name="File">The path of the file.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="MemberLine">The line of the member it is written in; of a method, its own.</param>
internal sealed record AsyncVoidPlace(string Name, string File, int Line, int MemberLine)
{
    public static bool MayBe(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Modifiers.Any(SyntaxKind.AsyncKeyword) && TaskTypes.IsVoid(method.ReturnType),
        LocalFunctionStatementSyntax function => function.Modifiers.Any(SyntaxKind.AsyncKeyword) && TaskTypes.IsVoid(function.ReturnType),
        AnonymousFunctionExpressionSyntax lambda => lambda.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword),
        _ => false,
    };

    public static AsyncVoidPlace? Of(GeneratorSyntaxContext context, CancellationToken cancellationToken)
    {
        SyntaxNode node = context.Node;
        ISymbol? symbol = node is AnonymousFunctionExpressionSyntax
            ? context.SemanticModel.GetSymbolInfo(node, cancellationToken).Symbol
            : context.SemanticModel.GetDeclaredSymbol(node, cancellationToken);
        if (symbol is not IMethodSymbol { ReturnsVoid: true, ContainingType: { } type } method)
        {
            return null;
        }

        // A lambda is named after the member around it, a local function after itself.
        ISymbol named = method;
        while (named is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } && named.ContainingSymbol is { } outer)
        {
            named = outer;
        }

        return new AsyncVoidPlace(
            $"{SourceNames.MetadataName(type)}.{NameOf(named)}",
            SourceNames.PathOf(node, context.SemanticModel.Compilation),
            SourceNames.LineOf(node),
            SourceNames.LineOf(node.FirstAncestorOrSelf<SyntaxNode>(around => around is MemberDeclarationSyntax or LocalFunctionStatementSyntax) ?? node));
    }

    // What initializes a field or a property runs in the constructor.
    private static string NameOf(ISymbol member) => member is IFieldSymbol or IPropertySymbol
        ? (member.IsStatic ? "cctor" : "ctor")
        : member.Name.Trim('<', '>', '$', '.');
}
