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

    /// <summary>The fix makes one code of the other: finding after finding, and all of a solution at once. What it leaves behind compiles.</summary>
    public async Task FixesAsync(string code, string expected, string? compilerWarning = null)
    {
        await FindsMarkedIfAnyAsync(code);
        string text = new MarkedCode(code).Text;
        string wanted = new MarkedCode(expected).Text;

        Assert.Equal(wanted, await FixOneByOneAsync(text, compilerWarning));
        Assert.Equal([wanted, wanted], await FixAllAsync(text, compilerWarning));
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

            project.Change((await ApplyAsync(next)).GetDocument(project.Document.Id)!);
        }

        throw new InvalidOperationException($"The fix finds no end:\n{await project.TextAsync()}");
    }

    // Two projects with the same document each.
    private async Task<string[]> FixAllAsync(string text, string? compilerWarning)
    {
        using var project = new UserProject(text, _ordinary);
        using UserProject other = project.AddTwin();
        CodeAction first = (await FirstActionAsync(project, compilerWarning))!;
        var findings = new Findings
        {
            [project.Document.Project.Id] = await FindAsync(project, compilerWarning),
            [other.Document.Project.Id] = await FindAsync(other, compilerWarning),
        };
        var context = new FixAllContext(
            project.Document, fix!, FixAllScope.Solution, first.EquivalenceKey, fix!.FixableDiagnosticIds, findings, TestContext.Current.CancellationToken);
        Solution solution = await ApplyAsync((await fix.GetFixAllProvider()!.GetFixAsync(context))!);

        foreach (UserProject @fixed in (UserProject[])[project, other])
        {
            @fixed.Change(solution.GetDocument(@fixed.Document.Id)!);
            await @fixed.FindAsync(rule);
        }

        return [await project.TextAsync(), await other.TextAsync()];
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

    private static async Task<Solution> ApplyAsync(CodeAction action)
    {
        ImmutableArray<CodeActionOperation> operations = await action.GetOperationsAsync(TestContext.Current.CancellationToken);
        return operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
    }

    private sealed class Findings : FixAllContext.DiagnosticProvider
    {
        private readonly Dictionary<ProjectId, ImmutableArray<Diagnostic>> _found = [];

        public ImmutableArray<Diagnostic> this[ProjectId project]
        {
            set => _found[project] = value;
        }

        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(_found[project.Id]);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            GetAllDiagnosticsAsync(document.Project, cancellationToken);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
