using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Fibula.Analyzers;

/// <summary>Work that catches every exception around an <c>await</c>: its own cancellation does not get out, and it goes on.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class FIB0014SwallowedCancellationAnalyzer : FibulaRule
{
    private static readonly DiagnosticDescriptor Rule = new(
        id: "FIB0014",
        title: "Work catches its own cancellation",
        messageFormat: "This catch also takes the cancellation of the task, which then goes on and ends as succeeded. Let OperationCanceledException out.",
        category: "Fibula",
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule];

    protected override void Start(CompilationStartAnalysisContext start, FibulaTypes types) =>
        LookAt(start, OperationKind.Try, context => Check(context, types));

    private static void Check(OperationAnalysisContext context, FibulaTypes types)
    {
        var attempt = (ITryOperation)context.Operation;
        if (FirstThatTakesAll(attempt) is { Syntax: CatchClauseSyntax clause } taken
            && Work.Contains(attempt, types)
            && !Work.IsInCleanUp(attempt)
            && InFunction(attempt.Body).Any(static operation => operation is IAwaitOperation)
            && !InFunction(taken.Handler).Any(LetsOut))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, clause.CatchKeyword.GetLocation()));
        }
    }

    // Null where a clause before it deals with cancellations.
    private static ICatchClauseOperation? FirstThatTakesAll(ITryOperation attempt)
    {
        foreach (ICatchClauseOperation clause in attempt.Catches)
        {
            if (clause.ExceptionType.Name is "OperationCanceledException" or "TaskCanceledException" or "BackgroundTaskCanceledException")
            {
                return null;
            }

            if (clause.Filter is null && clause.ExceptionType.Name is "Exception" or "Object")
            {
                return clause;
            }
        }

        return null;
    }

    private static bool LetsOut(IOperation operation) => operation is IThrowOperation or IInvocationOperation { TargetMethod.Name: "ThrowIfCancellationRequested" };

    // Without the functions in it, which run at another time.
    private static IEnumerable<IOperation> InFunction(IOperation top)
    {
        var waiting = new Stack<IOperation>([top]);
        while (waiting.Count > 0)
        {
            IOperation operation = waiting.Pop();
            yield return operation;
            foreach (IOperation child in operation.ChildOperations)
            {
                if (child is not (IAnonymousFunctionOperation or ILocalFunctionOperation))
                {
                    waiting.Push(child);
                }
            }
        }
    }
}
