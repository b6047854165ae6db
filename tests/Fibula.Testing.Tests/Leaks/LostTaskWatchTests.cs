using System.Diagnostics.Tracing;

namespace Fibula.Testing.Tests.Leaks;

[Collection<LostTasksCollection>]
public sealed class LostTaskWatchTests
{
    public static TheoryData<string, Action> Hazards { get; } = new()
    {
        { "LostWork.LocalSourceAsync", () => _ = LostWork.LocalSourceAsync() },
        { "LostWork.LocalSemaphoreAsync", () => _ = LostWork.LocalSemaphoreAsync() },
        { "LostWork.LocalChannelAsync", () => _ = LostWork.LocalChannelAsync() },
        { "LostWork.LocalFileWatcherAsync", () => _ = LostWork.LocalFileWatcherAsync() },
        { "LostWork.VoidAsync", LostWork.VoidAsync },
        { "LostWork.ValueTaskAsync", () => _ = LostWork.ValueTaskAsync().AsTask() },
        { "LostNames.WaitAsync", () => _ = new LostNames<int>(waits: false).WaitAsync<string>() },
        { "LostNames.DisposeAsync", () => _ = ((IAsyncDisposable)new LostNames<int>(waits: false)).DisposeAsync().AsTask() },
        { "a lambda in LostNames.ctor", () => _ = new LostNames<int>(waits: true) },
        { "a lambda in LostNames.Lambda", LostNames<int>.Lambda },
        { "a lambda in LostNames.CapturingLambda", () => LostNames<int>.CapturingLambda(1) },
        { "CheckAsync in LostNames.LocalFunction", LostNames<int>.LocalFunction },
        { "Inner.WaitAsync", () => _ = LostNames<int>.Inner.WaitAsync() },
        { "Hidden.WaitAsync", HiddenWork.Lose },
    };

    [Theory, MemberData(nameof(Hazards)), Trait("Behaviour", "B76")]
    public async Task DisposeAsync_AfterAMethodWasCollected_NamesItAndSaysWhatToDo(string name, Action lose)
    {
        LostTaskWatch watch = TaskLeaks.WatchForLostTasks();

        lose();

        var leak = await Assert.ThrowsAsync<InvalidOperationException>(() => watch.DisposeAsync().AsTask());
        Assert.Equal(
            $"'{name}' was collected before it ended: nothing held it but what it waited for, so its finally never runs. "
            + "Start it with scope.Run(…), which holds it until it ends, or await its task.",
            leak.Message);
    }

    [Fact, Trait("Behaviour", "B76")]
    public async Task DisposeAsync_AfterSeveralWereCollected_NamesEachWithItsNumber()
    {
        LostTaskWatch watch = TaskLeaks.WatchForLostTasks();

        _ = LostWork.ReadNumbersAsync();
        _ = LostWork.LocalChannelAsync();
        _ = LostWork.LocalChannelAsync();

        var leak = await Assert.ThrowsAsync<InvalidOperationException>(() => watch.DisposeAsync().AsTask());
        Assert.Equal(
            "4 async methods were collected before they ended: 'LostWork.LocalChannelAsync' (2 times), 'LostWork.NumbersAsync', 'LostWork.ReadNumbersAsync'. "
            + "Nothing held them but what they waited for, so no finally of theirs runs. "
            + "Start each with scope.Run(…), which holds it until it ends, or await its task.",
            leak.Message);
    }

    [Fact, Trait("Behaviour", "B76")]
    public async Task DisposeAsync_OfAMethodThatHeldSecrets_DoesNotTellThem()
    {
        LostTaskWatch watch = TaskLeaks.WatchForLostTasks();

        _ = LostWork.LocalSourceAsync("secret");

        var leak = await Assert.ThrowsAsync<InvalidOperationException>(() => watch.DisposeAsync().AsTask());
        Assert.Contains("'LostWork.LocalSourceAsync'", leak.Message);
        Assert.DoesNotContain("secret", leak.ToString());
    }

    [Fact, Trait("Behaviour", "B76")]
    public async Task DisposeAsync_AfterEverythingHasEnded_DoesNothing()
    {
        await using LostTaskWatch watch = TaskLeaks.WatchForLostTasks();

        await WaitAsync();
        await Assert.ThrowsAsync<IOException>(FailAsync);
        await foreach (int _ in LostWork.NumbersAsync())
        {
            break;
        }

        static async Task WaitAsync() => await Task.Yield();

        static async Task FailAsync()
        {
            await Task.Yield();
            throw new IOException("No disk.");
        }
    }

    [Fact, Trait("Behaviour", "B76")]
    public async Task DisposeAsync_WhileATaskIsKept_DoesNotTakeItForLost()
    {
        await using LostTaskWatch watch = TaskLeaks.WatchForLostTasks();
        Task kept = LostWork.LocalSourceAsync();

        await watch.DisposeAsync();

        Assert.False(kept.IsCompleted);
    }

    [Fact, Trait("Behaviour", "B13")]
    public async Task DisposeAsync_OfWorkThatAScopeOwns_FindsNothingLost()
    {
        LostTaskWatch watch = TaskLeaks.WatchForLostTasks();
        var loop = new TestLoop();
        RunAndForget(loop);

        await watch.DisposeAsync();

        loop.End();

        static void RunAndForget(TestLoop loop)
        {
            var window = new TaskScope(loop, "window");
            BackgroundTask[] owned = [window.Run(LostWork.LocalSourceAsync), window.Run(LostWork.LocalChannelAsync), window.Run(LostWork.LocalSemaphoreAsync)];
            loop.RunUntilIdle();
            Assert.All(owned, task => Assert.Equal(BackgroundTaskState.Running, task.State));
        }
    }

    [Fact, Trait("Behaviour", "B76")]
    public async Task DisposeAsync_OfTwoWatches_BothHaveSeenIt()
    {
        LostTaskWatch outer = TaskLeaks.WatchForLostTasks();
        LostTaskWatch inner = TaskLeaks.WatchForLostTasks();

        _ = LostWork.LocalSourceAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => inner.DisposeAsync().AsTask());
        await Assert.ThrowsAsync<InvalidOperationException>(() => outer.DisposeAsync().AsTask());
    }

    [Fact, Trait("Behaviour", "B76")]
    public async Task DisposeAsync_WhileATestBesideItLosesOne_BlamesThatTestOnly()
    {
        LostTaskWatch innocent = await Task.Run(TaskLeaks.WatchForLostTasks);
        LostTaskWatch guilty = await Task.Run(() =>
        {
            LostTaskWatch watch = TaskLeaks.WatchForLostTasks();
            _ = LostWork.LocalSourceAsync();
            return watch;
        });

        await innocent.DisposeAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => guilty.DisposeAsync().AsTask());
    }

    [Fact, Trait("Behaviour", "B76")]
    public async Task DisposeAsync_OfAMethodThatNoTestHasBegun_NamesIt()
    {
        LostTaskWatch watch = await Task.Run(TaskLeaks.WatchForLostTasks);

        _ = LostWork.LocalSourceAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => watch.DisposeAsync().AsTask());
    }

    [Fact, Trait("Behaviour", "B76")]
    public async Task WatchForLostTasks_AfterAnotherTestLeftSomething_DoesNotBlameThisOne()
    {
        LostTaskWatch earlier = TaskLeaks.WatchForLostTasks();
        TaskCompletionSource[] held = [new TaskCompletionSource()];
        WaitFor(held);
        await earlier.DisposeAsync();
        held[0] = new TaskCompletionSource();

        await using LostTaskWatch watch = TaskLeaks.WatchForLostTasks();

        static void WaitFor(TaskCompletionSource[] held) => _ = LostWork.WaitForAsync(held[0]);
    }

    [Fact]
    public async Task DisposeAsync_OfTheLastWatch_LeavesTheRuntimeAsItWas()
    {
        Assert.False(IsListenedTo());
        LostTaskWatch outer = TaskLeaks.WatchForLostTasks();
        LostTaskWatch inner = TaskLeaks.WatchForLostTasks();

        await inner.DisposeAsync();

        Assert.True(IsListenedTo());

        await outer.DisposeAsync();

        Assert.False(IsListenedTo());
    }

    [Fact]
    public async Task DisposeAsync_CalledAgain_DoesNothing()
    {
        LostTaskWatch watch = TaskLeaks.WatchForLostTasks();
        _ = LostWork.LocalSourceAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => watch.DisposeAsync().AsTask());

        await watch.DisposeAsync();
    }

    private static bool IsListenedTo() =>
        EventSource.GetSources().Single(source => source.Name == "System.Threading.Tasks.TplEventSource").IsEnabled(EventLevel.Warning, (EventKeywords)0x100);
}
