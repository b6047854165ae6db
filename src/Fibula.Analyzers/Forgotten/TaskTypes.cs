using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fibula.Analyzers;

/// <summary>The four types of a task in the framework, and none. By name: the generator knows no compilation for long.</summary>
internal static class TaskTypes
{
    public static bool IsTask(ITypeSymbol? type) => IsOneOf(type, "Task", "ValueTask");

    public static bool IsValueTask(ITypeSymbol type) => IsOneOf(type, "ValueTask");

    public static bool IsVoid(TypeSyntax type) => type is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword };

    private static bool IsOneOf(ITypeSymbol? type, params string[] names) =>
        type is INamedTypeSymbol { Arity: 0 or 1, ContainingType: null } named
        && names.Contains(named.Name)
        && named.ContainingNamespace.ToDisplayString() == "System.Threading.Tasks";
}
