using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Tasks;

public sealed class AwaitingTests
{
    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _window;

    public AwaitingTests()
    {
        _window = new TaskScope(_loop, "window");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Behaviour", "B59")]
    public void GetResult_Unfinished_ThrowsOnEveryThreadAndSaysWhatToDo(bool onAnotherThread)
    {
        BackgroundTask task = _window.Run(task => task.Delay(TimeSpan.FromHours(1)), new TaskOptions { Name = "Import" });
        BackgroundTask<int> withResult = _window.Run(WaitAndCountAsync, new TaskOptions { Name = "Count" });

        Exception? error = Try(() => task.GetAwaiter().GetResult(), onAnotherThread);
        Exception? errorWithResult = Try(() => withResult.GetAwaiter().GetResult(), onAnotherThread);

        const string Advice = "has not ended, and waiting for it here would block the thread it may need. Use 'await' instead of GetResult().";
        Assert.Equal($"Task 'Import' {Advice}", Assert.IsType<InvalidOperationException>(error).Message);
        Assert.Equal($"Task 'Count' {Advice}", Assert.IsType<InvalidOperationException>(errorWithResult).Message);
    }

    [Fact]
    [Trait("Behaviour", "B59")]
    public void GetResult_Ended_ReturnsOrThrowsWhatTheWorkThrew()
    {
        BackgroundTask<int> succeeded = _window.Run(() => Task.FromResult(42));
        BackgroundTask faulted = _window.Run(() => throw new IOException());
        BackgroundTask canceled = _window.Run(task => task.Delay(TimeSpan.FromHours(1)));
        canceled.Cancel("Enough.");
        _loop.RunUntilEnded(canceled);

        Assert.Equal(42, succeeded.GetAwaiter().GetResult());
        Assert.Throws<IOException>(() => faulted.GetAwaiter().GetResult());
        Assert.Equal("Enough.", Assert.Throws<BackgroundTaskCanceledException>(() => canceled.GetAwaiter().GetResult()).Reason.Message);
    }

    [Fact]
    public void Await_OnTheUiThread_ResumesThereWithTheStateSet()
    {
        BackgroundTask<int> task = _window.RunOnThreadPool(() => 42);
        (int Result, BackgroundTaskState State, bool OnUi) seen = default;

        BackgroundTask waiter = _window.Run(async () => seen = (await task, task.State, _loop.CheckAccess()));
        _loop.RunUntilEnded(waiter);

        Assert.Equal((42, BackgroundTaskState.Succeeded, true), seen);
    }

    [Fact]
    public void Await_WithoutTheContext_ResumesWhereTheTaskEnded()
    {
        var finish = new TaskCompletionSource();
        BackgroundTask task = _window.Run(() => FinishOnAnotherThreadAsync(finish));
        int resumedOn = 0;
        BackgroundTask waiter = _window.Run(async () =>
        {
            await task.ConfigureAwait(false);
            resumedOn = Environment.CurrentManagedThreadId;
        });

        int endedOn = 0;
        var thread = new Thread(() =>
        {
            endedOn = Environment.CurrentManagedThreadId;
            finish.SetResult();
        });
        thread.Start();
        thread.Join();

        Assert.True(waiter.IsCompleted);
        Assert.Equal(endedOn, resumedOn);
    }

    [Fact]
    public void Await_ManyAwaiters_AllResume()
    {
        BackgroundTask task = _window.Run(task => task.Delay(TimeSpan.FromSeconds(1)));
        int resumed = 0;
        async Task WaitAsync()
        {
            await task;
            resumed++;
        }

        for (int i = 0; i < 10; i++)
        {
            _window.Run(WaitAsync);
        }

        _loop.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(10, resumed);
    }

    [Fact]
    public void Await_OfItself_ThrowsAndNamesTheCycle()
    {
        BackgroundTask? self = null;
        Exception? error = null;

        self = _window.Run(
            async () =>
            {
                await Task.Yield();
                error = await Record.ExceptionAsync(async () => await self!);
            },
            new TaskOptions { Name = "Import" });
        _loop.RunUntilEnded(self);

        Assert.Equal(
            "Task 'Import' awaits 'Import', which cannot end before it: a cycle. Await it from outside, or return instead of awaiting.",
            Assert.IsType<InvalidOperationException>(error).Message);
    }

    [Fact]
    public void AsTask_Succeeded_HasTheResult()
    {
        Task<int> plain = _window.Run(WaitAndCountAsync).AsTask();

        _loop.RunUntilEnded(plain);

        Assert.Equal(7, plain.Result);
    }

    [Fact]
    public async Task AsTask_Canceled_KeepsTheExceptionWithItsReason()
    {
        Task plain = CancelAndTake();

        Assert.True(plain.IsCanceled);
        var error = await Assert.ThrowsAsync<BackgroundTaskCanceledException>(() => plain);
        Assert.Equal("The user pressed Stop.", error.Reason.Message);
        Assert.Equal("AwaitingTests.CancelAndTake", error.Reason.RequestedBy);
    }

    [Fact]
    public void AsTask_OfAFault_IsFaultedWithTheVeryException()
    {
        var error = new IOException();

        Task<int> plain = _window.Run<int>(() => throw error).AsTask();

        Assert.Same(error, plain.Exception!.InnerException);
    }

    private static async Task FinishOnAnotherThreadAsync(TaskCompletionSource finish) => await finish.Task.ConfigureAwait(false);

    private static async Task<int> WaitAndCountAsync(TaskContext task)
    {
        await task.Delay(TimeSpan.FromSeconds(1));
        return 7;
    }

    private static Exception? Try(Action action, bool onAnotherThread)
    {
        if (!onAnotherThread)
        {
            return Record.Exception(action);
        }

        Exception? error = null;
        var thread = new Thread(() => error = Record.Exception(action));
        thread.Start();
        thread.Join();
        return error;
    }

    private Task CancelAndTake()
    {
        BackgroundTask<int> task = _window.Run(WaitAndCountAsync);
        task.Cancel("The user pressed Stop.");
        Task plain = task.AsTask();
        _loop.RunUntilEnded(plain);
        return plain;
    }
}
