using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fibula.Analyzers.CodeFixes;

/// <summary>Has the work fail with a <see cref="TimeoutException"/> when its time is up.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
internal sealed class FIB0011UncaughtTimeoutFix : RuleFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["FIB0011"];

    protected override FoundFix? Find(SyntaxNode node, SemanticModel model, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (!diagnostic.Properties.TryGetValue("source", out string? source)
            || node.FirstAncestorOrSelf<StatementSyntax>() is not { } timed
            || FirstUse(timed, source!) is not (BlockSyntax block, int from))
        {
            return null;
        }

        string? token = diagnostic.Properties.GetValueOrDefault("token");
        string caught = FreeName(model, block.Statements[from].SpanStart);
        string filter = token is null ? $"{source}.IsCancellationRequested" : $"{source}.IsCancellationRequested && !{token}.IsCancellationRequested";
        var attempt = new Attempt(
            $"({Name("System.OperationCanceledException", model, node)} {caught}) when ({filter})",
            $"throw new {Name("System.TimeoutException", model, node)}(\"The work took too long.\", {caught});");
        var fix = new FoundFix("Throw a TimeoutException");
        attempt.Wrap(fix, block, from);
        return fix;
    }

    // All that follows, so that what is declared there stays in sight.
    private static (BlockSyntax Block, int From)? FirstUse(StatementSyntax timed, string source)
    {
        (BlockSyntax? block, int from) = timed switch
        {
            UsingStatementSyntax { Statement: BlockSyntax inside } => (inside, 0),
            { Parent: BlockSyntax around } => (around, around.Statements.IndexOf(timed) + 1),
            _ => (null, 0),
        };
        for (; block is not null && from < block.Statements.Count; from++)
        {
            if (block.Statements[from].DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(use => use.ToString() == $"{source}.Token"))
            {
                return (block, from);
            }
        }

        return null;
    }

    // The language allows no name that a local or parameter around it has.
    private static string FreeName(SemanticModel model, int position) =>
        Enumerable.Range(1, int.MaxValue).Select(number => number == 1 ? "canceled" : $"canceled{number}")
            .First(name => !model.LookupSymbols(position, name: name).Any(IsTaken));

    private static bool IsTaken(ISymbol symbol) =>
        symbol is ILocalSymbol or IParameterSymbol or IRangeVariableSymbol or IMethodSymbol { MethodKind: MethodKind.LocalFunction };

    private static string Name(string type, SemanticModel model, SyntaxNode node) =>
        model.Compilation.GetTypeByMetadataName(type)!.ToMinimalDisplayString(model, node.SpanStart);
}
