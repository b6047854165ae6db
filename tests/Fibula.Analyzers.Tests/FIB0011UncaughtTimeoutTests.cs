using Fibula.Analyzers.CodeFixes;

namespace Fibula.Analyzers.Tests;

[Trait("Behaviour", "B79")]
public sealed class FIB0011UncaughtTimeoutTests
{
    private static readonly RuleCheck Check = new(new FIB0011UncaughtTimeoutAnalyzer(), new FIB0011UncaughtTimeoutFix());

    [Theory]
    [InlineData("using var limit = [|new CancellationTokenSource(TimeSpan.FromSeconds(5))|]; await LoadAsync(limit.Token);")]
    [InlineData("using var limit = [|new CancellationTokenSource(5000)|]; await LoadAsync(limit.Token).ConfigureAwait(true);")]
    [InlineData("using var limit = CancellationTokenSource.CreateLinkedTokenSource(task.CancellationToken); [|limit.CancelAfter(5000)|]; await LoadAsync(limit.Token);")]
    [InlineData("using (var limit = [|new CancellationTokenSource(5000)|]) { await LoadAsync(limit.Token); }")]
    [InlineData("using var limit = [|new CancellationTokenSource(5000)|]; try { await LoadAsync(limit.Token); } catch (InvalidOperationException) { }")]
    public Task Rule_OnATimeOutThatLeavesTheWork_FindsIt(string statements) => Check.FindsMarkedAsync(WorkCode.With(statements));

    [Theory]
    [InlineData("using var limit = new CancellationTokenSource(); await LoadAsync(limit.Token);")]
    [InlineData("using var limit = new CancellationTokenSource(5000); limit.Cancel(); await Task.Yield();")]
    [InlineData("using var limit = new CancellationTokenSource(5000); try { await LoadAsync(limit.Token); } catch (OperationCanceledException) { }")]
    [InlineData("using var limit = new CancellationTokenSource(5000); try { await LoadAsync(limit.Token); } catch (Exception) when (limit.IsCancellationRequested) { }")]
    [InlineData("using var limit = new CancellationTokenSource(5000); Func<Task> later = () => LoadAsync(limit.Token);")]
    [InlineData("using var limit = new CancellationTokenSource(5000); await LoadAsync(task.CancellationToken);")]
    public Task Rule_OnAnythingElse_FindsNothing(string statements) => Check.FindsMarkedAsync(WorkCode.With(statements));

    [Fact]
    public Task Rule_OutsideOfWork_FindsNothing() =>
        Check.FindsMarkedAsync(WorkCode.Outside("using var limit = new CancellationTokenSource(5000); await LoadAsync(limit.Token);"));

    [Fact]
    public Task Rule_InALambdaGivenToAScope_FindsIt() => Check.FindsMarkedAsync(
        WindowCode.With("this.Tasks.Run(async () => { using var limit = [|new CancellationTokenSource(5000)|]; await LoadAsync(limit.Token); });"));

    [Fact]
    public async Task Message_SaysWhatHappens() => Assert.Equal(
        ["When 'limit' runs out of time, this work ends as canceled and not as failed, and no error is shown. Catch the OperationCanceledException and throw a TimeoutException."],
        await Check.MessagesAsync(WorkCode.With("using var limit = new CancellationTokenSource(5000); await LoadAsync(limit.Token);")));

    [Theory]
    [InlineData(
        "this.Tasks.Run(async () => { using var limit = [|new CancellationTokenSource(5000)|]; await LoadAsync(limit.Token); });",
        "this.Tasks.Run(async () => { using var limit = new CancellationTokenSource(5000); try { await LoadAsync(limit.Token); } catch (OperationCanceledException canceled) when (limit.IsCancellationRequested) { throw new TimeoutException(\"The work took too long.\", canceled); } });")]
    [InlineData(
        "this.Tasks.Run(async (CancellationToken stop) => { using (var limit = [|new CancellationTokenSource(5000)|]) { await LoadAsync(limit.Token); } });",
        "this.Tasks.Run(async (CancellationToken stop) => { using (var limit = new CancellationTokenSource(5000)) { try { await LoadAsync(limit.Token); } catch (OperationCanceledException canceled) when (limit.IsCancellationRequested && !stop.IsCancellationRequested) { throw new TimeoutException(\"The work took too long.\", canceled); } } });")]
    public Task Fix_ThrowsATimeoutException(string code, string expected) => Check.FixesAsync(WindowCode.With(code), WindowCode.With(expected));

    [Theory]
    [InlineData("bool canceled = false;", "limit", "canceled2")]
    [InlineData("bool canceled = false, canceled2 = canceled;", "limit", "canceled3")]
    [InlineData("int canceled() => 1;", "limit", "canceled2")]
    [InlineData("", "@event", "canceled")]
    public Task Fix_TakesNamesThatCompile(string before, string limit, string caught) => Check.FixesAsync(
        WindowCode.With($"{before} this.Tasks.Run(async () => {{ using var {limit} = [|new CancellationTokenSource(5000)|]; await LoadAsync({limit}.Token); }});"),
        WindowCode.With($"{before} this.Tasks.Run(async () => {{ using var {limit} = new CancellationTokenSource(5000); try {{ await LoadAsync({limit}.Token); }} catch (OperationCanceledException {caught}) when ({limit}.IsCancellationRequested) {{ throw new TimeoutException(\"The work took too long.\", {caught}); }} }});"));

    [Fact]
    public Task Fix_OfTheDocumentedCode_IsTheDocumentedFix() => Check.FixesAsync(
        WindowCode.WithMembers(
            """
            // docs: flagged
            private async Task ImportAsync(TaskContext task)
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(task.CancellationToken);
                limit.CancelAfter(TimeSpan.FromSeconds(30));
                await LoadAsync(limit.Token);
                task.Report("Loaded");
            }
            // docs: end
            """),
        WindowCode.WithMembers(
            """
            // docs: fixed
            private async Task ImportAsync(TaskContext task)
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(task.CancellationToken);
                limit.CancelAfter(TimeSpan.FromSeconds(30));
                try
                {
                    await LoadAsync(limit.Token);
                    task.Report("Loaded");
                }
                catch (OperationCanceledException canceled) when (limit.IsCancellationRequested && !task.CancellationToken.IsCancellationRequested)
                {
                    throw new TimeoutException("The work took too long.", canceled);
                }
            }
            // docs: end
            """));
}
