using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Fibula.Analyzers.CodeFixes;

/// <summary>Awaits the task, in a function that is async already.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
internal sealed class FIB0005BlockingWaitFix : RuleFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["FIB0005"];

    protected override FoundFix? Find(SyntaxNode node, SemanticModel model, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (node is not ExpressionSyntax blocking || !MayAwait(node, model) || Reference.IsNear(blocking, model))
        {
            return null;
        }

        var fix = new FoundFix("Use await");
        if (blocking is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "WaitAll" } waitAll } call)
        {
            bool isPlain = call.Parent is ExpressionStatementSyntax
                && model.GetSymbolInfo(call, cancellationToken).Symbol is IMethodSymbol { Parameters.Length: 1 };
            return isPlain ? fix.Insert(call.SpanStart, "await ").Replace(waitAll.Name, "WhenAll") : null;
        }

        return TaskOf(blocking) is { } task ? Await(fix, blocking, task) : null;
    }

    private static ExpressionSyntax? TaskOf(ExpressionSyntax blocking) => blocking switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result" } result => result.Expression,
        InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax access } => access switch
        {
            { Name.Identifier.ValueText: "Wait" } => access.Expression,
            { Name.Identifier.ValueText: "GetResult", Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax awaiter } } =>
                awaiter.Expression,
            _ => null,
        },
        _ => null,
    };

    // A call or a name binds closer than await; what follows the wait would bind closer still.
    private static FoundFix Await(FoundFix fix, ExpressionSyntax blocking, ExpressionSyntax task)
    {
        bool isFollowed = blocking.Parent
            is MemberAccessExpressionSyntax or ConditionalAccessExpressionSyntax or ElementAccessExpressionSyntax
            or InvocationExpressionSyntax or PostfixUnaryExpressionSyntax;
        return fix.Insert(blocking.SpanStart, isFollowed ? "(await " : "await ")
            .Replace(TextSpan.FromBounds(task.Span.End, blocking.Span.End), isFollowed ? ")" : "");
    }

    private static bool MayAwait(SyntaxNode node, SemanticModel model)
    {
        foreach (SyntaxNode around in node.Ancestors())
        {
            switch (around)
            {
                case LockStatementSyntax or QueryExpressionSyntax or CatchFilterClauseSyntax or UnsafeStatementSyntax:
                    return false;
                case TryStatementSyntax attempt when attempt.Catches.Any(caught => CatchesAggregate(caught, model)):
                    return false;
                case AnonymousFunctionExpressionSyntax lambda:
                    return lambda.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword);
                case LocalFunctionStatementSyntax local:
                    return local.Modifiers.Any(SyntaxKind.AsyncKeyword);
                case MemberDeclarationSyntax member:
                    return member.Modifiers.Any(SyntaxKind.AsyncKeyword);
            }
        }

        return false;
    }

    // await throws what is inside of it.
    private static bool CatchesAggregate(CatchClauseSyntax caught, SemanticModel model) =>
        caught.Declaration?.Type is { } type && model.GetTypeInfo(type).Type?.Name == "AggregateException";
}
