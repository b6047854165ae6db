using Fibula.Analyzers.CodeFixes;

namespace Fibula.Analyzers.Tests;

public sealed class FIB0007UnownedCallTests
{
    private static readonly RuleSettings OptedIn = new() { BuildProperties = { ["FibulaOwnForgottenTasks"] = "true" } };
    private static readonly RuleCheck Check = new(new FIB0007UnownedCallAnalyzer(), new FIB0001DiscardedTaskFix(), OptedIn);

    [Theory]
    [InlineData("Func<Task> load = LoadAsync; [|load()|];")]
    [InlineData("Func<Task> load = LoadAsync; _ = [|load()|];")]
    [InlineData("_ = [|LoadHereAsync()|]; static Task LoadHereAsync() => Task.CompletedTask;")]
    public Task Rule_OnACallThatCannotBeReplaced_FindsIt(string statement) => Check.FindsMarkedAsync(WindowCode.With(statement));

    [Theory]
    [InlineData("LoadAsync();")]
    [InlineData("_ = LoadAsync();")]
    [InlineData("Func<Task> load = LoadAsync; var kept = load();")]
    [InlineData("Func<Task> load = LoadAsync; this.Tasks.Own(load());")]
    public Task Rule_OnAnythingElse_FindsNothing(string statement) => Check.FindsMarkedAsync(WindowCode.With(statement));

    [Fact]
    public Task Rule_OnAFunctionForWhatIsNamedLikeAnOperatorOfLinq_FindsIt() => Check.FindsMarkedAsync(
        WindowCode.WithMembers("public void Click() { this.Where(() => [|Load()|]); this.Where(() => LoadAsync()); } private void Where(Action act) { } private Task Load() => LoadAsync();"));

    [Fact]
    public Task Rule_OnWhatIsWrittenLikeTheRaisingOfAnEvent_FindsIt() => Check.FindsMarkedAsync(
        WindowCode.WithMembers("public Task Invoke() => LoadAsync(); public void Click(Action? tick, Func<Task>? load) { this?[|.Invoke()|]; load?[|.Invoke()|]; tick?.Invoke(); this.Invoke(); }"));

    [Fact]
    public Task Rule_InAProjectThatHasNotOptedIn_FindsNothing() => Check.FindsMarkedAsync(
        WindowCode.With("Func<Task> load = LoadAsync; load();"), RuleSettings.Default);

    [Fact]
    public async Task Message_SaysWhy()
    {
        string[] messages = await Check.MessagesAsync(WindowCode.With("Func<Task> load = LoadAsync; load();"));

        Assert.Equal(["Nobody owns the task of 'load', because it calls a delegate. Hand it to a scope: scope.Own(load(…))."], messages);
    }

    [Fact]
    public Task Fix_HandsTheTaskToTheScope() => Check.FixesAsync(
        WindowCode.With("Func<Task> load = LoadAsync; [|load()|]; _ = [|LoadHereAsync()|]; static Task LoadHereAsync() => Task.CompletedTask;"),
        WindowCode.With("Func<Task> load = LoadAsync; this.Tasks.Own(load()); this.Tasks.Own(LoadHereAsync()); static Task LoadHereAsync() => Task.CompletedTask;"));

    [Fact]
    public Task Fix_OfTheDocumentedCode_IsTheDocumentedFix() => Check.FixesAsync(
        WindowCode.WithMembers(
            """
            // docs: flagged
            private void OpenButton_Click(object sender, EventArgs e)
            {
                Func<Task> load = LoadAsync;
                load();
            }
            // docs: end
            """),
        WindowCode.WithMembers(
            """
            // docs: fixed
            private void OpenButton_Click(object sender, EventArgs e)
            {
                Func<Task> load = LoadAsync;
                this.Tasks.Own(load());
            }
            // docs: end
            """));
}
