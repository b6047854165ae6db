using Fibula.Analyzers.CodeFixes;

namespace Fibula.Analyzers.Tests;

public sealed class FIB0101TaskDelayTests
{
    private static readonly RuleCheck Check = new(new FIB0101TaskDelayAnalyzer(), new FIB0101TaskDelayFix());

    [Theory]
    [InlineData("await [|Task.Delay(500)|];")]
    [InlineData("await [|Task.Delay(TimeSpan.FromSeconds(1))|];")]
    [InlineData("await [|Task.Delay(500, task.CancellationToken)|];")]
    [InlineData("await [|Task.Delay(500)|].ConfigureAwait(false);")]
    [InlineData("await Task.WhenAny(LoadAsync(), [|Task.Delay(500)|]);")]
    [InlineData("try { await [|Task.Delay(500)|]; } finally { }")]
    [InlineData("task.Run(async child => await [|Task.Delay(500)|]);")]
    public Task Rule_OnADelayInWork_FindsIt(string statement) => Check.FindsMarkedAsync(WorkCode.With(statement));

    [Theory]
    [InlineData("await task.Delay(TimeSpan.FromSeconds(1));")]
    [InlineData("await Task.Delay(500, CancellationToken.None);")]
    [InlineData("using var stop = new CancellationTokenSource(); await Task.Delay(500, stop.Token);")]
    [InlineData("await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);")]
    [InlineData("try { } finally { await Task.Delay(500); }")]
    [InlineData("try { } catch (OperationCanceledException) { await Task.Delay(500); }")]
    [InlineData("Func<Task> wait = async () => await Task.Delay(500);")]
    [InlineData("async Task WaitAsync() => await Task.Delay(500); await WaitAsync();")]
    [InlineData("task.Run(async _ => await Task.Delay(500));")]
    public Task Rule_OnAnotherWait_FindsNothing(string statement) => Check.FindsMarkedAsync(WorkCode.With(statement));

    [Theory]
    [InlineData("await Task.Delay(500);")]
    [InlineData("this.Tasks.Run(async () => await Task.Delay(500));")]
    [InlineData("this.Tasks.Run(async (CancellationToken token) => await Task.Delay(500, token));")]
    public Task Rule_WithoutAContext_FindsNothing(string statement) => Check.FindsMarkedAsync(WorkCode.Outside(statement));

    [Fact]
    public async Task Message_NamesTheContext()
    {
        string[] messages = await Check.MessagesAsync(WorkCode.With("await Task.Delay(500);"));

        Assert.Equal(["Task.Delay does not end when the task is asked to cancel, nor follow the clock of a test. Use task.Delay."], messages);
    }

    [Fact]
    public async Task Message_WhereTheTokenIsPassed_SaysOnlyWhatIsMissing()
    {
        string[] messages = await Check.MessagesAsync(WorkCode.With("await Task.Delay(500, task.CancellationToken);"));

        Assert.Equal(["Task.Delay does not follow the clock of a test. Use task.Delay."], messages);
    }

    [Fact]
    public async Task Message_WhereTheNameIsAKeyword_EscapesIt()
    {
        string[] messages = await Check.MessagesAsync(WorkCode.With("task.Run(async @event => await Task.Delay(500));"));

        Assert.EndsWith("Use @event.Delay.", Assert.Single(messages));
    }

    [Theory]
    [InlineData("int pause = 3; await Task.Delay(pause * 2);", "int pause = 3; await task.Delay(TimeSpan.FromMilliseconds(pause * 2));")]
    [InlineData("await Task.Delay(TimeSpan.Zero);", "await task.Delay(TimeSpan.Zero);")]
    [InlineData("await Task.Delay(500, task.CancellationToken);", "await task.Delay(TimeSpan.FromMilliseconds(500));")]
    [InlineData("await Task.Delay(TimeSpan.Zero, task.CancellationToken);", "await task.Delay(TimeSpan.Zero);")]
    [InlineData(
        "await Task.Delay(1); task.Run(async child => await Task.Delay(2));",
        "await task.Delay(TimeSpan.FromMilliseconds(1)); task.Run(async child => await child.Delay(TimeSpan.FromMilliseconds(2)));")]
    [InlineData("task.Run(async @event => await Task.Delay(2));", "task.Run(async @event => await @event.Delay(TimeSpan.FromMilliseconds(2)));")]
    [InlineData("task.Run(async type => await Task.Delay(2));", "task.Run(async type => await type.Delay(TimeSpan.FromMilliseconds(2)));")]
    public Task Fix_OfADelay_WaitsOnTheTasksClock(string statement, string expected) => Check.FixesAsync(WorkCode.With(statement), WorkCode.With(expected));

    [Fact]
    public Task Fix_WithNamedArguments_IsNotOffered() =>
        Check.OffersNoFixAsync(WorkCode.With("await [|Task.Delay(cancellationToken: task.CancellationToken, millisecondsDelay: 5)|];"));

    [Fact]
    public Task Fix_OfTheDocumentedCode_IsTheDocumentedFix() => Check.FixesAsync(
        WindowCode.WithMembers(
            """
            // docs: flagged
            private async Task WatchAsync(TaskContext task)
            {
                while (true)
                {
                    await ShowAsync("prices.csv");
                    await Task.Delay(500);
                }
            }
            // docs: end
            """),
        WindowCode.WithMembers(
            """
            // docs: fixed
            private async Task WatchAsync(TaskContext task)
            {
                while (true)
                {
                    await ShowAsync("prices.csv");
                    await task.Delay(TimeSpan.FromMilliseconds(500));
                }
            }
            // docs: end
            """));
}
