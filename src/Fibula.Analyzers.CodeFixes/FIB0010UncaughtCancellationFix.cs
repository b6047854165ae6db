using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Fibula.Analyzers.CodeFixes;

/// <summary>Catches the cancellation of what the function awaits.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
internal sealed class FIB0010UncaughtCancellationFix : RuleFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["FIB0010"];

    protected override FoundFix? Find(SyntaxNode node, SemanticModel model, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        SyntaxNode? function = node.Ancestors().FirstOrDefault(around => around is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MethodDeclarationSyntax);
        string caught = model.Compilation.GetTypeByMetadataName("Fibula.BackgroundTaskCanceledException")!.ToMinimalDisplayString(model, node.SpanStart);
        var attempt = new Attempt($"({caught})", "// Canceled: there is nothing left to do.");
        var fix = new FoundFix("Catch the cancellation");
        switch (function)
        {
            case AnonymousFunctionExpressionSyntax { Block: { } block }:
                attempt.Wrap(fix, block, 0);
                return fix;
            case AnonymousFunctionExpressionSyntax { ExpressionBody: { } body }:
                attempt.Wrap(fix, body, body.Span);
                return fix;
            case LocalFunctionStatementSyntax { Body: { } block }:
                attempt.Wrap(fix, block, 0);
                return fix;
            case LocalFunctionStatementSyntax { ExpressionBody: { } arrow } local:
                attempt.Wrap(fix, arrow.Expression, TextSpan.FromBounds(arrow.SpanStart, local.SemicolonToken.Span.End));
                return fix;
            case MethodDeclarationSyntax { Body: { } block }:
                attempt.Wrap(fix, block, 0);
                return fix;
            case MethodDeclarationSyntax { ExpressionBody: { } arrow } method:
                attempt.Wrap(fix, arrow.Expression, TextSpan.FromBounds(arrow.SpanStart, method.SemicolonToken.Span.End));
                return fix;
            default:
                return null;
        }
    }
}
