using Fibula.Analyzers.CodeFixes;

namespace Fibula.Analyzers.Tests;

[Trait("Behaviour", "B140")]
public sealed class FIB0014SwallowedCancellationTests
{
    private static readonly RuleCheck Check = new(new FIB0014SwallowedCancellationAnalyzer(), new FIB0014SwallowedCancellationFix());

    [Theory]
    [InlineData("try { await LoadAsync(); } [|catch|] (Exception error) { Console.WriteLine(error); }")]
    [InlineData("try { await LoadAsync(); } [|catch|] (Exception) { }")]
    [InlineData("try { await LoadAsync(); } [|catch|] { }")]
    [InlineData("while (true) { try { await Task.Delay(1); } catch (InvalidOperationException) { } [|catch|] (Exception) { } }")]
    [InlineData("try { if (task is not null) { await using var a = default(IAsyncDisposable)!; await LoadAsync(); } } [|catch|] (Exception) { Action later = () => throw new Exception(); }")]
    public Task Rule_OnACatchThatTakesAll_FindsIt(string statements) => Check.FindsMarkedAsync(WorkCode.With(statements));

    [Theory]
    [InlineData("try { await LoadAsync(); } catch (InvalidOperationException) { }")]
    [InlineData("try { await LoadAsync(); } catch (Exception error) when (error is not OperationCanceledException) { }")]
    [InlineData("try { await LoadAsync(); } catch (OperationCanceledException) { throw; } catch (Exception) { }")]
    [InlineData("try { await LoadAsync(); } catch (OperationCanceledException) { return; } catch (Exception) { }")]
    [InlineData("try { await LoadAsync(); } catch (Exception) { throw; }")]
    [InlineData("try { await LoadAsync(); } catch (Exception error) { throw new InvalidOperationException(\"\", error); }")]
    [InlineData("try { await LoadAsync(); } catch (Exception) { task.ThrowIfCancellationRequested(); }")]
    [InlineData("try { Console.WriteLine(1); } catch (Exception) { } await LoadAsync();")]
    [InlineData("try { Func<Task> later = async () => await LoadAsync(); } catch (Exception) { } await LoadAsync();")]
    [InlineData("try { await LoadAsync(); } finally { try { await LoadAsync(); } catch (Exception) { } }")]
    public Task Rule_OnAnythingElse_FindsNothing(string statements) => Check.FindsMarkedAsync(WorkCode.With(statements));

    [Fact]
    public Task Rule_OutsideOfWork_FindsNothing() => Check.FindsMarkedAsync(WorkCode.Outside("try { await LoadAsync(); } catch (Exception) { }"));

    [Fact]
    public Task Rule_InALambdaGivenToAScope_FindsIt() => Check.FindsMarkedAsync(
        WindowCode.With("this.Tasks.Run(async () => { try { await LoadAsync(); } [|catch|] (Exception) { } });"));

    [Fact]
    public async Task Message_SaysWhatHappens() => Assert.Equal(
        ["This catch also takes the cancellation of the task, which then goes on and ends as succeeded. Let OperationCanceledException out."],
        await Check.MessagesAsync(WorkCode.With("try { await LoadAsync(); } catch (Exception) { }")));

    [Theory]
    [InlineData("[|catch|] (Exception error) { }", "catch (Exception error) when (error is not OperationCanceledException) { }")]
    [InlineData("[|catch|] (Exception) { }", "catch (Exception error) when (error is not OperationCanceledException) { }")]
    [InlineData("[|catch|] { }", "catch (Exception error) when (error is not OperationCanceledException) { }")]
    [InlineData("[|catch|] (Exception @event) { }", "catch (Exception @event) when (@event is not OperationCanceledException) { }")]
    public Task Fix_LetsTheCancellationOut(string clause, string expected) => Check.FixesAsync(
        WindowCode.With($"this.Tasks.Run(async () => {{ try {{ await LoadAsync(); }} {clause} }});"),
        WindowCode.With($"this.Tasks.Run(async () => {{ try {{ await LoadAsync(); }} {expected} }});"));

    [Fact]
    public Task Fix_TakesANameThatIsFree() => Check.FixesAsync(
        WindowCode.With("int error = 1; this.Tasks.Run(async () => { try { await LoadAsync(); } [|catch|] { error++; } });"),
        WindowCode.With("int error = 1; this.Tasks.Run(async () => { try { await LoadAsync(); } catch (Exception error2) when (error2 is not OperationCanceledException) { error++; } });"));

    [Fact]
    public Task Fix_OfTheDocumentedCode_IsTheDocumentedFix() => Check.FixesAsync(
        WindowCode.WithMembers(
            """
            // docs: flagged
            private async Task FollowAsync(TaskContext task)
            {
                while (true)
                {
                    try
                    {
                        await LoadAsync(task.CancellationToken);
                        await task.Delay(TimeSpan.FromMinutes(1));
                    }
                    catch (Exception error)
                    {
                        Console.Error.WriteLine(error.Message);
                    }
                }
            }
            // docs: end
            """),
        WindowCode.WithMembers(
            """
            // docs: fixed
            private async Task FollowAsync(TaskContext task)
            {
                while (true)
                {
                    try
                    {
                        await LoadAsync(task.CancellationToken);
                        await task.Delay(TimeSpan.FromMinutes(1));
                    }
                    catch (Exception error) when (error is not OperationCanceledException)
                    {
                        Console.Error.WriteLine(error.Message);
                    }
                }
            }
            // docs: end
            """));
}
