using Fibula.Analyzers.CodeFixes;

namespace Fibula.Analyzers.Tests;

public sealed class FIB0102TokenNotPassedTests
{
    private static readonly RuleCheck Check = new(new FIB0102TokenNotPassedAnalyzer(), new FIB0102TokenNotPassedFix());

    [Theory]
    [InlineData("await [|LoadAsync()|];")]
    [InlineData("await [|File.ReadAllTextAsync(\"prices.csv\")|];")]
    [InlineData("await [|File.ReadAllTextAsync(\"prices.csv\")|].ConfigureAwait(false);")]
    [InlineData("using var client = new System.Net.Http.HttpClient(); await [|client.GetStringAsync(\"https://localhost\")|];")]
    [InlineData("await [|new SemaphoreSlim(1).WaitAsync()|];")]
    [InlineData("task.Run(async child => await [|LoadAsync()|]);")]
    [InlineData("this.Tasks.Run(async (CancellationToken token) => await [|LoadAsync()|]);")]
    [InlineData("this.Tasks.RunOnThreadPool((CancellationToken token) => [|LoadAsync()|]);")]
    public Task Rule_OnACallWithoutTheToken_FindsIt(string statement) => Check.FindsMarkedAsync(WorkCode.With(statement));

    [Theory]
    [InlineData("await LoadAsync(task.CancellationToken);")]
    [InlineData("await LoadAsync(CancellationToken.None);")]
    [InlineData("using var stop = new CancellationTokenSource(); await File.ReadAllTextAsync(\"prices.csv\", stop.Token);")]
    [InlineData("await ShowAsync(\"prices.csv\");")]
    [InlineData("await task.SwitchToThreadPoolAsync();")]
    [InlineData("await Task.Run(() => { });")]
    [InlineData("await Task.Delay(500);")]
    [InlineData("await LoadAsync(task.CancellationToken).ContinueWith(_ => { });")]
    [InlineData("try { } finally { await LoadAsync(); }")]
    [InlineData("try { } catch (OperationCanceledException) { await LoadAsync(); }")]
    [InlineData("Func<Task> load = async () => await LoadAsync();")]
    [InlineData("Func<CancellationToken, Task> load = async token => await LoadAsync();")]
    [InlineData("task.Run(async _ => await LoadAsync());")]
    [InlineData("await this.Tasks.CloseAsync();")]
    public Task Rule_OnAnythingElse_FindsNothing(string statement) => Check.FindsMarkedAsync(WorkCode.With(statement));

    [Theory]
    [InlineData("await LoadAsync();")]
    [InlineData("this.Tasks.Run(async () => await LoadAsync());")]
    public Task Rule_WithoutContextOrToken_FindsNothing(string statement) => Check.FindsMarkedAsync(WorkCode.Outside(statement));

    [Fact]
    public async Task Message_NamesTheCallAndTheToken()
    {
        string[] messages = await Check.MessagesAsync(WorkCode.With("await LoadAsync();"));

        Assert.Equal(
            ["'LoadAsync' takes a token and gets none: it does not end when the task is asked to cancel. Pass task.CancellationToken."], messages);
    }

    [Theory]
    [InlineData("await LoadAsync();", "await LoadAsync(task.CancellationToken);")]
    [InlineData("await File.ReadAllTextAsync(\"a\");", "await File.ReadAllTextAsync(\"a\", task.CancellationToken);")]
    [InlineData("await File.ReadAllTextAsync(path: \"a\");", "await File.ReadAllTextAsync(path: \"a\", cancellationToken: task.CancellationToken);")]
    [InlineData("await SaveAsync(\"a\");", "await SaveAsync(\"a\", token: task.CancellationToken);")]
    [InlineData(
        "await LoadAsync(); this.Tasks.Run(async (CancellationToken token) => await LoadAsync());",
        "await LoadAsync(task.CancellationToken); this.Tasks.Run(async (CancellationToken token) => await LoadAsync(token));")]
    [InlineData("task.Run(async @event => await LoadAsync());", "task.Run(async @event => await LoadAsync(@event.CancellationToken));")]
    [InlineData(
        "this.Tasks.Run(async (CancellationToken @event) => await LoadAsync());",
        "this.Tasks.Run(async (CancellationToken @event) => await LoadAsync(@event));")]
    public Task Fix_OfACall_PassesTheToken(string statement, string expected)
    {
        const string Optional = " Task SaveAsync(string file, int times = 1, CancellationToken token = default) => Task.CompletedTask;";

        return Check.FixesAsync(WorkCode.With(statement + Optional), WorkCode.With(expected + Optional));
    }

    [Fact]
    public Task Fix_WhereTheNameOfAParameterIsAKeyword_EscapesIt()
    {
        const string Optional = " Task SaveAsync(string file, int times = 1, CancellationToken @event = default) => Task.CompletedTask;";

        return Check.FixesAsync(
            WorkCode.With("await SaveAsync(\"a\");" + Optional), WorkCode.With("await SaveAsync(\"a\", @event: task.CancellationToken);" + Optional));
    }

    [Fact]
    public Task Fix_OfTheDocumentedCode_IsTheDocumentedFix() => Check.FixesAsync(
        WindowCode.WithMembers(
            """
            // docs: flagged
            private async Task ImportAsync(TaskContext task)
            {
                string[] rows = await File.ReadAllLinesAsync("prices.csv");
                task.Report(0, rows.Length);
            }
            // docs: end
            """),
        WindowCode.WithMembers(
            """
            // docs: fixed
            private async Task ImportAsync(TaskContext task)
            {
                string[] rows = await File.ReadAllLinesAsync("prices.csv", task.CancellationToken);
                task.Report(0, rows.Length);
            }
            // docs: end
            """));
}
