using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Fibula.Analyzers.Tests;

/// <summary>Tries a rule and its fix on a user's code.</summary>
internal sealed class RuleCheck(DiagnosticAnalyzer rule, CodeFixProvider? fix = null, RuleSettings? ordinary = null)
{
    private const int MostSteps = 20;

    private readonly RuleSettings _ordinary = ordinary ?? RuleSettings.Default;

    /// <summary>The rule reports exactly what <c>[|…|]</c> marks.</summary>
    public async Task FindsMarkedAsync(string marked, RuleSettings? settings = null)
    {
        var code = new MarkedCode(marked);
        using var project = new UserProject(code.Text, settings ?? _ordinary);

        ImmutableArray<Diagnostic> found = await project.FindAsync(rule);

        Assert.Equal(code.Spans.Select(code.Text.ToString), found.Select(finding => code.Text.ToString(finding.Location.SourceSpan)));
        Assert.Equal(code.Spans, found.Select(finding => finding.Location.SourceSpan));
    }

    /// <summary>The messages of all the rule reports.</summary>
    public async Task<string[]> MessagesAsync(string code)
    {
        using var project = new UserProject(code, _ordinary);
        return [.. (await project.FindAsync(rule)).Select(found => found.GetMessage())];
    }

    /// <summary>The fix makes one code of the other: finding after finding, and all at once. What it leaves behind compiles.</summary>
    public async Task FixesAsync(string code, string expected, string? compilerWarning = null)
    {
        await FindsMarkedIfAnyAsync(code);
        string text = new MarkedCode(code).Text;
        string wanted = new MarkedCode(expected).Text;

        Assert.Equal(wanted, await FixOneByOneAsync(text, compilerWarning));
        Assert.Equal(wanted, await FixAllAsync(text, compilerWarning));
    }

    /// <summary>No fix is offered for anything the rule reports.</summary>
    public async Task OffersNoFixAsync(string marked)
    {
        await FindsMarkedAsync(marked);
        string text = new MarkedCode(marked).Text;

        Assert.Equal(text, await FixOneByOneAsync(text, null));
    }

    private async Task FindsMarkedIfAnyAsync(string code)
    {
        if (code.Contains("[|", StringComparison.Ordinal))
        {
            await FindsMarkedAsync(code);
        }
    }

    private async Task<string> FixOneByOneAsync(string text, string? compilerWarning)
    {
        using var project = new UserProject(text, _ordinary);
        for (int step = 0; step < MostSteps; step++)
        {
            CodeAction? next = await FirstActionAsync(project, compilerWarning);
            if (next is null)
            {
                return await project.TextAsync();
            }

            project.Change(await ApplyAsync(next, project.Document));
        }

        throw new InvalidOperationException($"The fix finds no end:\n{await project.TextAsync()}");
    }

    private async Task<string> FixAllAsync(string text, string? compilerWarning)
    {
        using var project = new UserProject(text, _ordinary);
        CodeAction first = (await FirstActionAsync(project, compilerWarning))!;
        var context = new FixAllContext(
            project.Document, fix!, FixAllScope.Document, first.EquivalenceKey, fix!.FixableDiagnosticIds,
            new Findings(await FindAsync(project, compilerWarning)), TestContext.Current.CancellationToken);
        project.Change(await ApplyAsync((await fix.GetFixAllProvider()!.GetFixAsync(context))!, project.Document));
        await project.FindAsync(rule);
        return await project.TextAsync();
    }

    private async Task<CodeAction?> FirstActionAsync(UserProject project, string? compilerWarning)
    {
        foreach (Diagnostic finding in await FindAsync(project, compilerWarning))
        {
            if ((await ActionsAsync(project.Document, finding)).FirstOrDefault() is { } action)
            {
                return action;
            }
        }

        return null;
    }

    private async Task<ImmutableArray<Diagnostic>> FindAsync(UserProject project, string? compilerWarning)
    {
        ImmutableArray<Diagnostic> found = await project.FindAsync(rule);
        return compilerWarning is null ? found : await project.FindWarningsAsync(compilerWarning);
    }

    private async Task<List<CodeAction>> ActionsAsync(Document document, Diagnostic finding)
    {
        var actions = new List<CodeAction>();
        await fix!.RegisterCodeFixesAsync(
            new CodeFixContext(document, finding, (action, _) => actions.Add(action), TestContext.Current.CancellationToken));
        return actions;
    }

    private static async Task<Document> ApplyAsync(CodeAction action, Document document)
    {
        ImmutableArray<CodeActionOperation> operations = await action.GetOperationsAsync(TestContext.Current.CancellationToken);
        return operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id)!;
    }

    private sealed class Findings(ImmutableArray<Diagnostic> all) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(all);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(all);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
