using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Fibula.Analyzers;

/// <summary>Tells which exceptions stay in the function they are thrown in.</summary>
internal static class Catching
{
    private static readonly ImmutableHashSet<string> OfCancellations =
        ["Exception", "Object", "OperationCanceledException", "TaskCanceledException", "BackgroundTaskCanceledException"];

    /// <summary>A catch clause around the operation takes cancellations, perhaps not all of them.</summary>
    public static bool TakesCancellationsOf(IOperation operation)
    {
        for (IOperation inner = operation; inner.Parent is { } around and not (IAnonymousFunctionOperation or ILocalFunctionOperation); inner = around)
        {
            if (around is ITryOperation attempt && attempt.Body == inner && attempt.Catches.Any(clause => OfCancellations.Contains(clause.ExceptionType.Name)))
            {
                return true;
            }
        }

        return false;
    }
}
