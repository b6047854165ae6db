using Fibula.Analyzers.CodeFixes;

namespace Fibula.Analyzers.Tests;

public sealed class FIB0012PercentageTests
{
    private static readonly RuleCheck Check = new(new FIB0012PercentageAnalyzer(), new FIB0012PercentageFix());

    [Theory]
    [InlineData("[|task.Report(25)|];")]
    [InlineData("[|task.Report(25, \"Loading\")|];")]
    [InlineData("int done = 5; [|task.Report(done)|];")]
    [InlineData("long done = 5; [|task.Report(fraction: done)|];")]
    [InlineData("int done = 1; [|task.Report(done / 4)|];")]
    [InlineData("task.SplitProgress(2)[0].Report(0.5); [|task.SplitProgress(2)[0].Report(50)|];")]
    public Task Rule_OnAWholeNumber_FindsIt(string statements) => Check.FindsMarkedAsync(WorkCode.With(statements));

    [Theory]
    [InlineData("task.Report(0);")]
    [InlineData("task.Report(1);")]
    [InlineData("task.Report(0.25);")]
    [InlineData("task.Report(25, 100);")]
    [InlineData("int done = 1; task.Report(done / 4.0);")]
    [InlineData("int done = 1; task.Report((double)done / 4);")]
    [InlineData("task.Report(\"25\");")]
    [InlineData("new Progress<double>().Report(25);", "new Progress<double>()", "((IProgress<double>)new Progress<double>())")]
    public Task Rule_OnAnythingElse_FindsNothing(string statements, string? part = null, string? other = null) =>
        Check.FindsMarkedAsync(WorkCode.With(part is null ? statements : statements.Replace(part, other)));

    [Fact]
    public async Task Message_SaysWhatIsShown() => Assert.Equal(
        ["Report takes a fraction from 0 to 1, and '25' is a whole number: from 1 on, it shows 100 %. Use Report(25, 100) for a percentage."],
        await Check.MessagesAsync(WorkCode.With("task.Report(25);")));

    [Theory]
    [InlineData("[|task.Report(25)|];", "task.Report(25, 100);")]
    [InlineData("[|task.Report(25, \"Loading\")|];", "task.Report(25, 100, \"Loading\");")]
    [InlineData("int done = 5; [|task.Report(done * 100 / 40)|];", "int done = 5; task.Report(done * 100 / 40, 100);")]
    [InlineData("int done = 5; [|task.Report(done / 40)|];", "int done = 5; task.Report(done, 40);")]
    public Task Fix_SaysOfHowMany(string code, string expected) => Check.FixesAsync(WorkCode.With(code), WorkCode.With(expected));

    [Fact]
    public Task Fix_OfTheDocumentedCode_IsTheDocumentedFix() => Check.FixesAsync(
        WindowCode.WithMembers(
            """
            // docs: flagged
            private async Task ImportAsync(TaskContext task)
            {
                await LoadAsync(task.CancellationToken);
                task.Report(25);
            }
            // docs: end
            """),
        WindowCode.WithMembers(
            """
            // docs: fixed
            private async Task ImportAsync(TaskContext task)
            {
                await LoadAsync(task.CancellationToken);
                task.Report(25, 100);
            }
            // docs: end
            """));
}
