using Fibula.Analyzers.CodeFixes;

namespace Fibula.Analyzers.Tests;

public sealed class FIB0006OuterContextTests
{
    private static readonly RuleCheck Check = new(new FIB0006OuterContextAnalyzer(), new FIB0006OuterContextFix());

    [Theory]
    [InlineData("task.Run(async child => { [|task|].Report(0.5); await LoadAsync(); });")]
    [InlineData("task.Run(async child => { await LoadAsync(); [|task|].Advance(); });")]
    [InlineData("task.Run(async child => await [|task|].Delay(TimeSpan.Zero));")]
    [InlineData("task.Run(async child => { child.Report(0.5); await LoadAsync([|task|].CancellationToken); });")]
    [InlineData("task.RunOnThreadPool((TaskContext child) => LoadAsync([|task|].CancellationToken));")]
    public Task Rule_OnTheOuterContextInAChild_FindsIt(string statement) => Check.FindsMarkedAsync(WorkCode.With(statement));

    [Theory]
    [InlineData("task.Run(async child => { child.Report(0.5); await child.Delay(TimeSpan.Zero); });")]
    [InlineData("task.Run(async child => { await child.Delay(TimeSpan.Zero); task.Advance(); });")]
    [InlineData("task.Run(async () => await task.Delay(TimeSpan.Zero));")]
    [InlineData("task.Run(async _ => await task.Delay(TimeSpan.Zero));")]
    [InlineData("task.Run(child => { task.Run(LoadAsync); return LoadAsync(); });")]
    [InlineData("task.Run(async child => await ShowAsync(task.ToString()!));")]
    [InlineData("task.Run(async child => { try { } finally { await LoadAsync(task.CancellationToken); } await LoadAsync(); });")]
    [InlineData("Func<TaskContext, Task> work = async child => await task.Delay(TimeSpan.Zero); await work(task);")]
    [InlineData("task.Run(async child => { Action report = () => task.Report(0.5); report(); await LoadAsync(); });")]
    [InlineData("this.Tasks.Run(other => LoadAsync(task.CancellationToken));")]
    [InlineData("await task.Delay(TimeSpan.Zero); task.Report(0.5);")]
    public Task Rule_OnAnythingElse_FindsNothing(string statement) => Check.FindsMarkedAsync(WorkCode.With(statement));

    [Fact]
    public async Task Message_NamesBothContexts()
    {
        string[] messages = await Check.MessagesAsync(WorkCode.With("task.Run(async child => await task.Delay(TimeSpan.Zero));"));

        Assert.Equal(["'task' belongs to the task around this one: the child neither reports nor is canceled by it. Use 'child'."], messages);
    }

    [Fact]
    public Task Fix_OfTheOuterContext_UsesTheChilds() => Check.FixesAsync(
        WorkCode.With("task.Run(async child => await task.Delay(TimeSpan.Zero)); task.Run(async other => { await task.Delay(TimeSpan.Zero); await LoadAsync(task.CancellationToken); });"),
        WorkCode.With("task.Run(async child => await child.Delay(TimeSpan.Zero)); task.Run(async other => { await other.Delay(TimeSpan.Zero); await LoadAsync(other.CancellationToken); });"));

    [Fact]
    public Task Fix_WhereTheNameIsAKeyword_EscapesIt() => Check.FixesAsync(
        WorkCode.With("task.Run(async @event => await task.Delay(TimeSpan.Zero));"), WorkCode.With("task.Run(async @event => await @event.Delay(TimeSpan.Zero));"));

    [Fact]
    public Task Fix_OfTheDocumentedCode_IsTheDocumentedFix() => Check.FixesAsync(
        WindowCode.WithMembers(
            """
            // docs: flagged
            private async Task ImportAsync(TaskContext task)
            {
                await task.Run(async child =>
                {
                    task.Report("Downloading");
                    await LoadAsync(task.CancellationToken);
                });
            }
            // docs: end
            """),
        WindowCode.WithMembers(
            """
            // docs: fixed
            private async Task ImportAsync(TaskContext task)
            {
                await task.Run(async child =>
                {
                    child.Report("Downloading");
                    await LoadAsync(child.CancellationToken);
                });
            }
            // docs: end
            """));
}
