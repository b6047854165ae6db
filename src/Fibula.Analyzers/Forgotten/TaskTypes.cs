using Microsoft.CodeAnalysis;

namespace Fibula.Analyzers;

/// <summary>The four types of a task in the framework. By name: the generator knows no compilation for long.</summary>
internal static class TaskTypes
{
    public static bool IsTask(ITypeSymbol? type) => IsOneOf(type, "Task", "ValueTask");

    public static bool IsValueTask(ITypeSymbol type) => IsOneOf(type, "ValueTask");

    private static bool IsOneOf(ITypeSymbol? type, params string[] names) =>
        type is INamedTypeSymbol { Arity: 0 or 1, ContainingType: null } named
        && names.Contains(named.Name)
        && named.ContainingNamespace.ToDisplayString() == "System.Threading.Tasks";
}
