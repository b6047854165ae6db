using Fibula.CompilerServices;

namespace Fibula.Tests.Tasks;

/// <summary>The structs that <c>await</c> uses, called by hand.</summary>
public sealed class DefaultAwaiterTests
{
    public static TheoryData<string, Action> CallsOnDefaults => new()
    {
        { "IsCompleted", static () => _ = default(BackgroundTaskAwaiter).IsCompleted },
        { "GetResult", static () => default(BackgroundTaskAwaiter).GetResult() },
        { "OnCompleted", static () => default(BackgroundTaskAwaiter).OnCompleted(static () => { }) },
        { "UnsafeOnCompleted", static () => default(BackgroundTaskAwaiter).UnsafeOnCompleted(static () => { }) },
        { "IsCompleted, with a result", static () => _ = default(BackgroundTaskAwaiter<int>).IsCompleted },
        { "GetResult, with a result", static () => default(BackgroundTaskAwaiter<int>).GetResult() },
        { "OnCompleted, with a result", static () => default(BackgroundTaskAwaiter<int>).OnCompleted(static () => { }) },
        { "UnsafeOnCompleted, with a result", static () => default(BackgroundTaskAwaiter<int>).UnsafeOnCompleted(static () => { }) },
        { "GetAwaiter, configured", static () => default(ConfiguredBackgroundTask).GetAwaiter() },
        { "GetAwaiter, configured, with a result", static () => default(ConfiguredBackgroundTask<int>).GetAwaiter() },
        { "GetResult of a switch", static () => default(ThreadSwitch).GetResult() },
    };

    [Theory]
    [MemberData(nameof(CallsOnDefaults))]
    public void Call_OnADefaultValue_SaysWhereToGetOne(string name, Action call)
    {
        var error = Assert.Throws<InvalidOperationException>(call);

        Assert.NotEmpty(name);
        Assert.Equal("This value was made by 'default' and belongs to no task. Take it from a BackgroundTask or a TaskContext.", error.Message);
    }

    [Fact]
    public void Continuation_Null_IsRefusedWhereItIsGiven()
    {
        var loop = new Testing.TestLoop();
        var scope = new TaskScope(loop, "window");
        ThreadSwitch toUi = default;
        loop.RunUntilIdle();
        BackgroundTask<int> task = scope.Run(async task =>
        {
            toUi = task.SwitchToUiAsync();
            await task.Delay(TimeSpan.FromHours(1));
            return 1;
        });

        // On the loop's own context, where an awaiter is registered in another way.
        BackgroundTask calls = scope.Run(() =>
        {
            Assert.Throws<ArgumentNullException>("continuation", () => task.GetAwaiter().UnsafeOnCompleted(null!));
            Assert.Throws<ArgumentNullException>("continuation", () => task.GetAwaiter().OnCompleted(null!));
            Assert.Throws<ArgumentNullException>("continuation", () => ((BackgroundTask)task).GetAwaiter().UnsafeOnCompleted(null!));
            Assert.Throws<ArgumentNullException>("continuation", () => toUi.OnCompleted(null!));
            Assert.Throws<ArgumentNullException>("continuation", () => toUi.UnsafeOnCompleted(null!));
            return Task.CompletedTask;
        });

        loop.RunUntilEnded(calls.AsTask());
        Assert.Empty(loop.UnhandledFaults);
        Assert.Equal(BackgroundTaskState.Succeeded, calls.State);
    }
}
