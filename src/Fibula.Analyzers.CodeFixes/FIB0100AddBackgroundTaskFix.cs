using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Fibula.Analyzers.CodeFixes;

/// <summary>Starts the same handler by <c>Tasks.Run</c>, which hands no app to it: it has the app at hand.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
internal sealed class FIB0100AddBackgroundTaskFix : RuleFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["FIB0100"];

    protected override FoundFix? Find(SyntaxNode node, SemanticModel model, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (node is not InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } call
            || App(call.Expression) is not { } app
            || model.GetSymbolInfo(call, cancellationToken).Symbol is not IMethodSymbol { Parameters: { Length: 1 } parameters }
            || parameters[0].Type is not INamedTypeSymbol { DelegateInvokeMethod: { } handler })
        {
            return null;
        }

        string run = call.Expression is IdentifierNameSyntax ? "Tasks.Run" : $"{app}.Tasks.Run";
        FoundFix fix = new FoundFix("Use Tasks.Run").Replace(call.Expression, run);
        ExpressionSyntax given = arguments[0].Expression;
        string? completed = handler.ReturnsVoid ? $"return {TaskType(model, call)}.CompletedTask;" : null;
        return given switch
        {
            LambdaExpressionSyntax lambda => OfLambda(fix, lambda, app, completed, model),
            NameSyntax or MemberAccessExpressionSyntax when IsMethod(model, given) => completed is null
                ? fix.Surround(given, "() => ", $"({app})")
                : fix.Surround(given, "() => { ", $"({app}); {completed} }}"),
            _ => null,
        };
    }

    // The app as an expression that means the same wherever it is written.
    private static string? App(ExpressionSyntax method) => method switch
    {
        IdentifierNameSyntax => "this",
        MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax or ThisExpressionSyntax } access => access.Expression.ToString(),
        _ => null,
    };

    private static FoundFix? OfLambda(FoundFix fix, LambdaExpressionSyntax lambda, string app, string? completed, SemanticModel model)
    {
        (TextSpan header, ParameterSyntax parameter) = lambda switch
        {
            SimpleLambdaExpressionSyntax simple => (simple.Parameter.Span, simple.Parameter),
            ParenthesizedLambdaExpressionSyntax several => (several.ParameterList.Span, several.ParameterList.Parameters[0]),
            _ => throw new InvalidOperationException($"A lambda of an unknown kind: {lambda.Kind()}."),
        };
        ISymbol? symbol = model.GetDeclaredSymbol(parameter);
        List<IdentifierNameSyntax> uses =
        [
            .. lambda.Body.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()
                .Where(name => SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name).Symbol, symbol)),
        ];
        if ((uses.Count > 0 && lambda.Modifiers.Any(SyntaxKind.StaticKeyword))
            || (completed is not null && !TryComplete(fix, lambda.Body, completed)))
        {
            return null;
        }

        uses.ForEach(use => fix.Replace(use, app));
        return fix.Replace(header, "()");
    }

    private static bool TryComplete(FoundFix fix, CSharpSyntaxNode body, string completed)
    {
        switch (body)
        {
            case ExpressionSyntax:
                fix.Surround(body, "{ ", $"; {completed} }}");
                return true;
            case BlockSyntax block when !block.DescendantNodes().OfType<ReturnStatementSyntax>().Any():
                fix.Insert(block.CloseBraceToken.SpanStart, $"{completed} ");
                return true;
            default:
                return false;
        }
    }

    private static bool IsMethod(SemanticModel model, ExpressionSyntax expression) => model.GetSymbolInfo(expression).Symbol is IMethodSymbol;

    private static string TaskType(SemanticModel model, SyntaxNode node) =>
        model.Compilation.GetTypeByMetadataName("System.Threading.Tasks.Task")!.ToMinimalDisplayString(model, node.SpanStart);
}
