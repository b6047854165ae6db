using Fibula.Analyzers.CodeFixes;

namespace Fibula.Analyzers.Tests;

public sealed class FIB0105NoAwaitTests
{
    private static readonly RuleCheck Check = new(new FIB0105NoAwaitAnalyzer(), new FIB0105NoAwaitFix());

    [Theory]
    [InlineData("this.Tasks.[|Run|](() => { File.Delete(\"a\"); return Task.CompletedTask; });")]
    [InlineData("this.Tasks.[|Run|](async () => File.Delete(\"a\"));")]
    [InlineData("this.Tasks.[|Run|](() => Task.FromResult(File.ReadAllText(\"a\")));")]
    [InlineData("this.Tasks.[|Run<string>|](() => Task.FromResult(File.ReadAllText(\"a\")));")]
    [InlineData("this.Tasks.[|Run|](task => { Thread.Sleep(500); task.Report(1); return Task.CompletedTask; });")]
    [InlineData("this.Tasks.Run(async task => await task.[|Run|](async () => File.Delete(\"a\")));")]
    [InlineData("this.Tasks.Run(async task => { await LoadAsync(); task.[|Run|](() => { Directory.Delete(\"a\"); return Task.CompletedTask; }); });")]
    public Task Rule_OnSlowWorkWithoutAnAwait_FindsIt(string statement) => Check.FindsMarkedAsync(WindowCode.With(statement));

    [Theory]
    [InlineData("this.Tasks.Run(async () => { File.Delete(\"a\"); await LoadAsync(); });")]
    [InlineData("this.Tasks.Run(() => { File.Delete(\"a\"); return LoadAsync(); });")]
    [InlineData("this.Tasks.Run(() => { if (Environment.HasShutdownStarted) { return LoadAsync(); } File.Delete(\"a\"); return Task.CompletedTask; });")]
    [InlineData("this.Tasks.Run(() => { Loaded += (_, _) => { }; File.Delete(\"a\"); return Task.CompletedTask; });")]
    [InlineData("var items = new System.Collections.ObjectModel.ObservableCollection<string>(); this.Tasks.Run(() => { items.Add(File.ReadAllText(\"a\")); return Task.CompletedTask; });")]
    [InlineData("this.Tasks.Run(() => { Console.WriteLine(File.Exists(\"a\")); return Task.CompletedTask; });")]
    [InlineData("this.Tasks.Run(() => { int sum = 1 + 1; return Task.FromResult(sum); });")]
    [InlineData("this.Tasks.Run(() => throw new FileNotFoundException());")]
    [InlineData("this.Tasks.RunOnThreadPool(() => File.Delete(\"a\"));")]
    [InlineData("Task.Run(() => { File.Delete(\"a\"); return Task.CompletedTask; });")]
    [InlineData("this.Tasks.Run(LoadAsync);")]
    [InlineData("this.Tasks.Run(async () => { await foreach (int one in Ones()) { File.Delete(\"a\"); } }); async IAsyncEnumerable<int> Ones() { await Task.Yield(); yield return 1; }")]
    public Task Rule_OnAnythingElse_FindsNothing(string statement) => Check.FindsMarkedAsync(WindowCode.With(statement));

    [Fact]
    public async Task Message_SaysWhatToUse()
    {
        string[] messages = await Check.MessagesAsync(WindowCode.With("this.Tasks.Run(async () => File.Delete(\"a\"));"));

        Assert.Equal(["This work has no await: Run does all of it on the UI thread. Use RunOnThreadPool."], messages);
    }

    [Theory]
    [InlineData("this.Tasks.Run(async () => File.Delete(\"a\"));", "this.Tasks.RunOnThreadPool(async () => File.Delete(\"a\"));")]
    [InlineData(
        "var text = this.Tasks.Run<string>(() => Task.FromResult(File.ReadAllText(\"a\")));",
        "var text = this.Tasks.RunOnThreadPool<string>(() => Task.FromResult(File.ReadAllText(\"a\")));")]
    [InlineData(
        "this.Tasks.Run((CancellationToken _) => { Thread.Sleep(1); return Task.CompletedTask; }); this.Tasks.Run(task => { Thread.Sleep(2); task.Report(1); return Task.CompletedTask; });",
        "this.Tasks.RunOnThreadPool((CancellationToken _) => { Thread.Sleep(1); return Task.CompletedTask; }); this.Tasks.RunOnThreadPool(task => { Thread.Sleep(2); task.Report(1); return Task.CompletedTask; });")]
    public Task Fix_OfSuchWork_RunsItOnTheThreadPool(string statement, string expected) => Check.FixesAsync(WindowCode.With(statement), WindowCode.With(expected));

    [Fact]
    public Task Fix_OfTheDocumentedCode_IsTheDocumentedFix() => Check.FixesAsync(
        WindowCode.WithMembers(
            """
            // docs: flagged
            public void CleanButton_Click(object sender, EventArgs e)
            {
                this.Tasks.Run(() =>
                {
                    Directory.Delete("cache", recursive: true);
                    return Task.CompletedTask;
                });
            }
            // docs: end
            """),
        WindowCode.WithMembers(
            """
            // docs: fixed
            public void CleanButton_Click(object sender, EventArgs e)
            {
                this.Tasks.RunOnThreadPool(() =>
                {
                    Directory.Delete("cache", recursive: true);
                    return Task.CompletedTask;
                });
            }
            // docs: end
            """));
}
