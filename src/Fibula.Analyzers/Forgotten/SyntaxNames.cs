using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fibula.Analyzers;

/// <summary>What the sources declare, by their syntax: a return type that is no word of the language may be a task.</summary>
internal static class SyntaxNames
{
    private static readonly ConditionalWeakTable<SyntaxTree, DeclaredNames> Known = new();

    public static DeclaredNames Of(SyntaxTree tree) => Known.GetValue(tree, static tree =>
    {
        var names = new DeclaredNames();
        Add(names, tree);
        return names;
    });

    public static DeclaredNames Of(CSharpCompilation project)
    {
        var names = new DeclaredNames();
        foreach (SyntaxTree tree in project.SyntaxTrees)
        {
            DeclaredNames known = Of(tree);
            names.MayGiveATask.UnionWith(known.MayGiveATask);
            names.Others.UnionWith(known.Others);
        }

        return names;
    }

    private static void Add(DeclaredNames names, SyntaxTree tree)
    {
        foreach (SyntaxNode node in tree.GetRoot().DescendantNodes())
        {
            switch (node)
            {
                case MethodDeclarationSyntax method:
                    (MayBeATask(method.ReturnType) ? names.MayGiveATask : names.Others).Add(method.Identifier.ValueText);
                    break;
                case LocalFunctionStatementSyntax function:
                    (MayBeATask(function.ReturnType) ? names.MayGiveATask : names.Others).Add(function.Identifier.ValueText);
                    break;
                default:
                    // Whatever else has a name may hold a delegate.
                    if (NameOf(node) is { } name)
                    {
                        names.MayGiveATask.Add(name);
                    }

                    break;
            }
        }
    }

    private static bool MayBeATask(TypeSyntax type) => type is not PredefinedTypeSyntax;

    private static string? NameOf(SyntaxNode node) => node switch
    {
        VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
        SingleVariableDesignationSyntax variable => variable.Identifier.ValueText,
        ForEachStatementSyntax each => each.Identifier.ValueText,
        ParameterSyntax parameter => parameter.Identifier.ValueText,
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        EventDeclarationSyntax member => member.Identifier.ValueText,
        TupleElementSyntax element => element.Identifier.ValueText,
        NameColonSyntax named => named.Name.Identifier.ValueText,
        NameEqualsSyntax named => named.Name.Identifier.ValueText,
        FromClauseSyntax clause => clause.Identifier.ValueText,
        LetClauseSyntax clause => clause.Identifier.ValueText,
        JoinClauseSyntax clause => clause.Identifier.ValueText,
        JoinIntoClauseSyntax clause => clause.Identifier.ValueText,
        QueryContinuationSyntax clause => clause.Identifier.ValueText,
        _ => null,
    };
}
