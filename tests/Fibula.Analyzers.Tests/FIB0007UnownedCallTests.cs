namespace Fibula.Analyzers.Tests;

public sealed class FIB0007UnownedCallTests
{
    private static readonly RuleSettings OptedIn = new() { BuildProperties = { ["FibulaOwnForgottenTasks"] = "true" } };
    private static readonly RuleCheck Check = new(new FIB0007UnownedCallAnalyzer(), ordinary: OptedIn);

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
    public Task Rule_InAProjectThatHasNotOptedIn_FindsNothing() => Check.FindsMarkedAsync(
        WindowCode.With("Func<Task> load = LoadAsync; load();"), RuleSettings.Default);

    [Fact]
    public async Task Message_SaysWhy()
    {
        string[] messages = await Check.MessagesAsync(WindowCode.With("Func<Task> load = LoadAsync; load();"));

        Assert.Equal(["Nobody owns the task of 'load', because it calls a delegate. Hand it to a scope: scope.Own(load(…))."], messages);
    }
}
