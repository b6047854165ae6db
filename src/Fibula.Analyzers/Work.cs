using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace Fibula.Analyzers;

/// <summary>Tells what code is work of a task, and what it was given.</summary>
internal static class Work
{
    /// <summary>The context that the innermost function around the operation takes. Null in a function inside of work that takes none: nobody
    /// knows when it runs.</summary>
    public static IParameterSymbol? ContextOf(IOperation operation, FibulaTypes types) =>
        operation.EnclosingFunction(operation.SemanticModel)?.Parameters
            .FirstOrDefault(parameter => types.IsContext(parameter.Type) && parameter.Name != "_");

    /// <summary>The token that work takes instead of a context: the parameter of the lambda that was given to a scope.</summary>
    public static IParameterSymbol? TokenOf(IOperation operation, FibulaTypes types) =>
        InnermostLambda(operation) is { } lambda && StartOf(lambda, types) is not null
            ? lambda.Symbol.Parameters.FirstOrDefault(parameter => types.IsToken(parameter.Type) && parameter.Name != "_")
            : null;

    /// <summary>How code writes the token of the work around the operation; null where the work takes none.</summary>
    public static string? TokenText(IOperation operation, FibulaTypes types) =>
        ContextOf(operation, types) is { } task ? $"{NameOf(task)}.CancellationToken"
        : TokenOf(operation, types) is { } token ? NameOf(token)
        : null;

    /// <summary>How code writes the name: a keyword needs an <c>@</c>. In async work <c>await</c> is one as well.</summary>
    public static string NameOf(ISymbol symbol) =>
        SyntaxFacts.GetKeywordKind(symbol.Name) != SyntaxKind.None || symbol.Name == "await" ? $"@{symbol.Name}" : symbol.Name;

    /// <summary>The innermost function around the operation surely is work of a task.</summary>
    public static bool Contains(IOperation operation, FibulaTypes types) =>
        ContextOf(operation, types) is not null || (InnermostLambda(operation) is { } lambda && StartOf(lambda, types) is not null);

    /// <summary>The call to Run or RunOnThreadPool that a lambda is the work of; null for another lambda.</summary>
    public static IInvocationOperation? StartOf(IAnonymousFunctionOperation lambda, FibulaTypes types) =>
        lambda.Parent is IDelegateCreationOperation { Parent: IArgumentOperation { Parent: IInvocationOperation call } }
        && IsStart(call.TargetMethod, types)
            ? call
            : null;

    public static bool IsStart(IMethodSymbol method, FibulaTypes types) =>
        method.Name is "Run" or "RunOnThreadPool"
        && SymbolEqualityComparer.Default.Equals(method.ContainingType, types.Starter);

    /// <summary>The innermost function around the operation, where that is a lambda.</summary>
    public static IAnonymousFunctionOperation? InnermostLambda(IOperation operation)
    {
        for (IOperation? around = operation.Parent; around is not null and not ILocalFunctionOperation; around = around.Parent)
        {
            if (around is IAnonymousFunctionOperation lambda)
            {
                return lambda;
            }
        }

        return null;
    }

    /// <summary>The operation cleans up: there the task may have been asked to cancel, and must get on all the same.</summary>
    public static bool IsInCleanUp(IOperation operation)
    {
        IOperation? around = operation.Parent;
        for (; around is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation); around = around.Parent)
        {
            if (around is ICatchClauseOperation || (around.Parent is ITryOperation attempt && attempt.Finally == around))
            {
                return true;
            }
        }

        return false;
    }
}
