using Fibula.Analyzers.CodeFixes;

namespace Fibula.Analyzers.Tests;

public sealed class FIB0002DiscardedTaskRunTests
{
    private static readonly RuleCheck Check = new(new FIB0002DiscardedTaskRunAnalyzer(), new FIB0002DiscardedTaskRunFix());

    [Theory]
    [InlineData("[|Task.Run(() => { })|];")]
    [InlineData("[|Task.Run(LoadAsync)|];")]
    [InlineData("[|Task.Run(() => 1, CancellationToken.None)|];")]
    [InlineData("_ = [|Task.Run(CountAsync)|];")]
    [InlineData("Action load = () => [|Task.Run(() => LoadAsync())|];")]
    [InlineData("[|Task.Run(LoadAsync)|].ConfigureAwait(false);")]
    [InlineData("_ = this is null ? [|Task.Run(LoadAsync)|] : Task.CompletedTask;")]
    public Task Rule_OnADiscardedTaskRun_FindsIt(string statement) => Check.FindsMarkedAsync(WindowCode.With(statement));

    [Theory]
    [InlineData("var load = Task.Run(LoadAsync);")]
    [InlineData("Func<Task> load = () => Task.Run(LoadAsync);")]
    [InlineData("Task.Run(LoadAsync).ContinueWith(load => Console.WriteLine(load.Exception));")]
    [InlineData("this.Tasks.Run(LoadAsync);")]
    [InlineData("this.Tasks.RunOnThreadPool(() => { });")]
    [InlineData("LoadAsync();")]
    [InlineData("ThreadPool.QueueUserWorkItem(_ => { });")]
    [InlineData("Func<Task> load = async () => { await LoadAsync(); Task.Run(LoadAsync); };")]
    public Task Rule_OnAnythingElse_FindsNothing(string statement) => Check.FindsMarkedAsync(WindowCode.With(statement));

    [Fact]
    public Task Rule_InAProjectWhoseForgottenTasksAreOwned_FindsNothing() => Check.FindsMarkedAsync(
        WindowCode.With("Task.Run(LoadAsync);"), RuleSettings.OptedIn);

    [Fact]
    public Task Rule_WithoutFibula_FindsNothing() => Check.FindsMarkedAsync(
        "class Clock { void Wait() { System.Threading.Tasks.Task.Run(() => { }); } }", new RuleSettings { HasFibula = false });

    [Fact]
    public async Task Message_SaysWhatToUse()
    {
        string[] messages = await Check.MessagesAsync(WindowCode.With("Task.Run(LoadAsync);"));

        Assert.Equal(
            ["Nobody owns what this Task.Run starts: its error is lost, and nothing cancels it. Use RunOnThreadPool of a scope."], messages);
    }

    [Theory]
    [InlineData("Task.Run(() => { });", "this.Tasks.RunOnThreadPool(() => { });")]
    [InlineData("_ = Task.Run(LoadAsync);", "this.Tasks.RunOnThreadPool(LoadAsync);")]
    [InlineData("Task.Run(() => 1);", "this.Tasks.RunOnThreadPool(() => 1);")]
    [InlineData("Task.Run(async () => { await LoadAsync(); return 1; });", "this.Tasks.RunOnThreadPool(async () => { await LoadAsync(); return 1; });")]
    [InlineData("Task.Run(CountAsync);", "this.Tasks.RunOnThreadPool(CountAsync);")]
    [InlineData(
        "CancellationToken stop = default; Task.Run(LoadAsync, stop);",
        "CancellationToken stop = default; this.Tasks.RunOnThreadPool(LoadAsync, new TaskOptions { CancellationToken = stop });")]
    [InlineData("Action a = () => Task.Run(() => { }), b = () => Task.Run(LoadAsync);", "Action a = () => this.Tasks.RunOnThreadPool(() => { }), b = () => this.Tasks.RunOnThreadPool(LoadAsync);")]
    [InlineData("Task.Run(LoadAsync).ConfigureAwait(false);", "this.Tasks.RunOnThreadPool(LoadAsync);")]
    [InlineData("_ = (Task)Task.Run(CountAsync);", "this.Tasks.RunOnThreadPool(CountAsync);")]
    public Task Fix_OfADiscardedTaskRun_StartsItInTheScope(string statement, string expected) =>
        Check.FixesAsync(WindowCode.With(statement), WindowCode.With(expected));

    [Fact]
    public Task Fix_OfTheCompilersWarning_StartsItInTheScope() => Check.FixesAsync(
        WindowCode.WithAsync("Task.Run(() => { });"), WindowCode.WithAsync("this.Tasks.RunOnThreadPool(() => { });"), compilerWarning: "CS4014");

    [Fact, Trait("Behaviour", "B98")]
    public Task Fix_InAClassThatIsNoView_UsesTheAppsScope() => Check.FixesAsync(
        ViewModelCode("_ = Task.Run(() => Console.WriteLine(1));"), ViewModelCode("UiApp.Current!.Tasks.RunOnThreadPool(() => Console.WriteLine(1));"));

    [Theory]
    [InlineData("[|Task.Run(cancellationToken: default, action: () => { })|];")]
    [InlineData("Load(); static void Load() => [|Task.Run(() => { })|];")]
    [InlineData("_ = this is null ? [|Task.Run(LoadAsync)|] : Task.CompletedTask;")]
    public Task Fix_WithoutASureWay_IsNotOffered(string statement) => Check.OffersNoFixAsync(WindowCode.With(statement));

    private static string ViewModelCode(string statement) =>
        $$"""
        using System;
        using System.Threading.Tasks;
        using Fibula;

        public sealed class PriceModel
        {
            public void Refresh()
            {
                {{statement}}
            }
        }
        """;

    [Fact]
    public Task Fix_OfTheDocumentedCode_IsTheDocumentedFix() => Check.FixesAsync(
        WindowCode.WithMembers(
            """
            // docs: flagged
            private void ExportButton_Click(object sender, EventArgs e)
            {
                Task.Run(() => File.WriteAllText("prices.csv", "…"));
                _ = Task.Run(LoadAsync);
            }
            // docs: end
            """),
        WindowCode.WithMembers(
            """
            // docs: fixed
            private void ExportButton_Click(object sender, EventArgs e)
            {
                this.Tasks.RunOnThreadPool(() => File.WriteAllText("prices.csv", "…"));
                this.Tasks.RunOnThreadPool(LoadAsync);
            }
            // docs: end
            """));
}
