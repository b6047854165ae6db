using Microsoft.CodeAnalysis;

namespace Fibula.Analyzers;

/// <summary>The types that rules look for, found by name in the code at hand.</summary>
internal sealed class FibulaTypes
{
    private FibulaTypes(Compilation compilation, INamedTypeSymbol starter, INamedTypeSymbol context)
    {
        Starter = starter;
        Context = context;
        Task = compilation.GetTypeByMetadataName("System.Threading.Tasks.Task");
        CancellationToken = compilation.GetTypeByMetadataName("System.Threading.CancellationToken");
    }

    /// <summary>The base of scopes and contexts, which has the ways to start work.</summary>
    public INamedTypeSymbol Starter { get; }

    public INamedTypeSymbol Context { get; }

    public INamedTypeSymbol? Task { get; }

    public INamedTypeSymbol? CancellationToken { get; }

    /// <summary>Null where the code does not reference Fibula: rules have nothing to say there.</summary>
    public static FibulaTypes? Of(Compilation compilation) =>
        compilation.GetTypeByMetadataName("Fibula.TaskStarter") is { } starter && compilation.GetTypeByMetadataName("Fibula.TaskContext") is { } context
            ? new FibulaTypes(compilation, starter, context)
            : null;

    public bool IsContext(ITypeSymbol? type) => SymbolEqualityComparer.Default.Equals(type, Context);

    public bool IsToken(ITypeSymbol? type) => CancellationToken is not null && SymbolEqualityComparer.Default.Equals(type, CancellationToken);

    public bool IsTaskRun(IMethodSymbol method) => method.Name == "Run" && SymbolEqualityComparer.Default.Equals(method.ContainingType, Task);

    /// <summary>A member of Fibula itself or of one of its adapters.</summary>
    public static bool Declare(ISymbol member) => member.ContainingNamespace is { Name: "Toolkits", ContainingNamespace: var outer } ? IsFibula(outer) : IsFibula(member.ContainingNamespace);

    /// <summary>The method's task may be dropped: Fibula's own are held and reported by it, a continuation is what the author does about the end, and
    /// a task with a given result has ended.</summary>
    public static bool LookAfter(IMethodSymbol method) =>
        Declare(method) || method.Name == "ContinueWith" || (method.Name == "FromResult" && TaskTypes.IsTask(method.ContainingType));

    private static bool IsFibula(INamespaceSymbol? name) => name is { Name: "Fibula", ContainingNamespace.IsGlobalNamespace: true };
}
