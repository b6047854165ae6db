using Fibula.CompilerServices;

namespace Fibula.Forgotten.Tests;

/// <summary>Two apps in one process, whose tasks and handlers reach each other: nothing of one lands with the other.</summary>
public sealed class OtherAppTests : IDisposable
{
    private readonly WindowApp _red = new("red");
    private readonly WindowApp _blue = new("blue");

    public void Dispose()
    {
        _red.Dispose();
        _blue.Dispose();
    }

    /// <param name="flow">Whose task the code runs in, by its flow.</param>
    /// <param name="thread">Whose UI thread it runs on.</param>
    /// <param name="receiver">Whose window drops the call.</param>
    /// <param name="owner">The scope that gets the dropped call.</param>
    [Theory, Trait("Behaviour", "B88")]
    [InlineData("none", "red", "none", "red")]
    [InlineData("none", "red", "red", "red window")]
    [InlineData("none", "red", "blue", "blue")]
    [InlineData("red", "red", "none", "red dialog")]
    [InlineData("red", "red", "red", "red dialog")]
    [InlineData("red", "red", "blue", "blue")]
    [InlineData("blue", "red", "none", "red")]
    [InlineData("blue", "red", "red", "red window")]
    [InlineData("blue", "red", "blue", "blue")]
    [InlineData("none", "blue", "none", "blue")]
    [InlineData("none", "blue", "red", "red")]
    [InlineData("none", "blue", "blue", "blue window")]
    [InlineData("red", "blue", "none", "blue")]
    [InlineData("red", "blue", "red", "red")]
    [InlineData("red", "blue", "blue", "blue window")]
    [InlineData("blue", "blue", "none", "blue dialog")]
    [InlineData("blue", "blue", "red", "red")]
    [InlineData("blue", "blue", "blue", "blue dialog")]
    [InlineData("none", "pool", "none", "nobody")]
    [InlineData("none", "pool", "red", "red")]
    [InlineData("none", "pool", "blue", "blue")]
    [InlineData("red", "pool", "none", "red dialog")]
    [InlineData("red", "pool", "red", "red dialog")]
    [InlineData("red", "pool", "blue", "blue")]
    [InlineData("blue", "pool", "none", "blue dialog")]
    [InlineData("blue", "pool", "red", "red")]
    [InlineData("blue", "pool", "blue", "blue dialog")]
    public async Task DroppedCall_BelongsToTheAppOfItsViewElseOfItsThreadElseOfItsFlow(string flow, string thread, string receiver, string owner)
    {
        var never = new TaskCompletionSource();

        await OnAsync(thread, flow, () =>
        {
            ForgottenTask.Own(never.Task, AppOf(receiver)?.Window, "dropped", null, 0);
            return true;
        });

        string[] owners = [.. _red.Owners, .. _blue.Owners];
        Assert.Equal(owner, owners is [] ? "nobody" : Assert.Single(owners));
        never.SetResult();
    }

    [Theory, Trait("Behaviour", "B19"), Trait("Behaviour", "B88")]
    [InlineData("none", "red", "red")]
    [InlineData("red", "red", "red dialog")]
    [InlineData("blue", "red", "red")]
    [InlineData("none", "blue", "blue")]
    [InlineData("red", "blue", "blue")]
    [InlineData("blue", "blue", "blue dialog")]
    [InlineData("none", "pool", null)]
    [InlineData("red", "pool", "red dialog")]
    [InlineData("blue", "pool", "blue dialog")]
    public async Task Current_IsOfTheAppOfTheThreadElseOfTheFlow(string flow, string thread, string? current) =>
        Assert.Equal(current, await OnAsync(thread, flow, () => TaskScope.Current?.Name));

    [Theory, Trait("Behaviour", "B19"), Trait("Behaviour", "B88")]
    [InlineData("red", "red dialog")]
    [InlineData("blue", "red")]
    public async Task Current_InATurn_IsOfTheAppOfTheTurnElseOfTheFlow(string flow, string current)
    {
        var seen = new TaskCompletionSource<string?>();

        await OnAsync("red", "none", () =>
        {
            _red.Loop.Post(() => Flowing(flow, () =>
            {
                seen.SetResult(TaskScope.Current?.Name);
                return true;
            }));
            _red.Loop.Turn();
            return true;
        });

        Assert.Equal(current, await seen.Task);
    }

    [Fact, Trait("Behaviour", "B88")]
    public async Task Explain_OfATaskWhoseFlowAwaitsOnTheThreadOfAnotherApp_DoesNotNameItsTask()
    {
        await OnAsync("blue", "red", () => AwaitAsync(_blue.Task).IsCompleted);

        Assert.DoesNotContain("waits for 'dialog'", _red.Task.Explain());
    }

    private static async Task AwaitAsync(BackgroundTask task) => await task;

    private WindowApp? AppOf(string name) => name == "red" ? _red : name == "blue" ? _blue : null;

    private Task<T> OnAsync<T>(string thread, string flow, Func<T> code) =>
        AppOf(thread) is { } app ? Task.FromResult(app.Handle(() => Flowing(flow, code))) : Task.Run(() => Flowing(flow, code));

    private T Flowing<T>(string flow, Func<T> code)
    {
        if (AppOf(flow) is not { } app)
        {
            return code();
        }

        T result = default!;
        ExecutionContext.Run(app.Flow, _ => result = code(), null);
        return result;
    }
}
