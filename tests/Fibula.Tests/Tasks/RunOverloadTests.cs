using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Tasks;

// That this file compiles is half of the test: no call needs a cast or a type argument.
public sealed class RunOverloadTests
{
    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _window;
    private readonly List<string> _called = [];

    public RunOverloadTests()
    {
        _window = new TaskScope(_loop, "window");
    }

    [Fact]
    public void Run_AMethodOfEachShape_CallsIt()
    {
        BackgroundTask plain = _window.Run(PlainAsync);
        BackgroundTask withContext = _window.Run(WithContextAsync);
        BackgroundTask withToken = _window.Run(WithTokenAsync);
        BackgroundTask<int> plainResult = _window.Run(PlainResultAsync);
        BackgroundTask<int> contextResult = _window.Run(ContextResultAsync);
        BackgroundTask<int> tokenResult = _window.Run(TokenResultAsync);

        Assert.Equal(["plain", "context", "token", "plain result", "context result", "token result"], _called);
        Assert.All([plain, withContext, withToken, plainResult, contextResult, tokenResult], task => Assert.Equal(BackgroundTaskState.Succeeded, task.State));
    }

    [Fact]
    public void Run_ALambdaOfEachShape_CallsIt()
    {
        BackgroundTask plain = _window.Run(async () => await PlainAsync());
        BackgroundTask withContext = _window.Run(async task => await task.Delay(TimeSpan.FromSeconds(1)));
        BackgroundTask withToken = _window.Run(async (CancellationToken token) => await WithTokenAsync(token));
        BackgroundTask<int> plainResult = _window.Run(async () => await PlainResultAsync());
        BackgroundTask<int> contextResult = _window.Run(async task => await ContextResultAsync(task));
        BackgroundTask<int> tokenResult = _window.Run(token => TokenResultAsync(token));
        BackgroundTask passedOn = _window.Run(token => WithTokenAsync(token));

        _loop.RunUntilEnded(Task.WhenAll(plain.AsTask(), withContext.AsTask(), withToken.AsTask(), plainResult.AsTask(), contextResult.AsTask(), tokenResult.AsTask(), passedOn.AsTask()));

        Assert.Equal(["plain", "token", "plain result", "context result", "token result", "token"], _called);
    }

    [Fact]
    public void RunOnThreadPool_EachShape_CallsItOnThePool()
    {
        var onPool = new List<bool>();
        void Note()
        {
            lock (onPool)
            {
                onPool.Add(Thread.CurrentThread.IsThreadPoolThread && SynchronizationContext.Current is null);
            }
        }

        BackgroundTask[] tasks =
        [
            _window.RunOnThreadPool(Note),
            _window.RunOnThreadPool(() => Note()),
            _window.RunOnThreadPool(async () => await Task.Run(Note)),
            _window.RunOnThreadPool(async task =>
            {
                Note();
                await task.Delay(TimeSpan.Zero);
            }),
            _window.RunOnThreadPool((CancellationToken _) =>
            {
                Note();
                return Task.CompletedTask;
            }),
        ];
        BackgroundTask<int> value = _window.RunOnThreadPool(() => 1);
        BackgroundTask<int> awaited = _window.RunOnThreadPool(async () => await Task.FromResult(2));

        _loop.RunUntilEnded(Task.WhenAll([value.AsTask(), awaited.AsTask(), .. tasks.Select(task => task.AsTask())]));

        Assert.Equal(Enumerable.Repeat(true, 5), onPool);
        Assert.Equal((1, 2), (value.GetAwaiter().GetResult(), awaited.GetAwaiter().GetResult()));
    }

    [Fact]
    public void ChildrenRun_AMethodOfEachShape_CallsIt()
    {
        BackgroundTask parent = _window.Run(async task =>
        {
            await task.Run(PlainAsync);
            await task.Run(WithContextAsync);
            await task.Run(WithTokenAsync);
            Assert.Equal(1, await task.Run(PlainResultAsync));
            Assert.Equal(1, await task.Run(ContextResultAsync));
            Assert.Equal(1, await task.Run(TokenResultAsync));
        });

        _loop.RunUntilEnded(parent);

        Assert.Equal(BackgroundTaskState.Succeeded, parent.State);
        Assert.Equal(["plain", "context", "token", "plain result", "context result", "token result"], _called);
    }

    [Fact]
    public void Run_WithoutWork_ThrowsAtOnce()
    {
        Assert.Equal("work", Assert.Throws<ArgumentNullException>(() => { _window.Run((Func<Task>)null!); }).ParamName);
        Assert.Equal("work", Assert.Throws<ArgumentNullException>(() => { _window.Run((Func<TaskContext, Task<int>>)null!); }).ParamName);
        Assert.Equal("work", Assert.Throws<ArgumentNullException>(() => { _window.RunOnThreadPool((Action)null!); }).ParamName);
        Assert.Equal("task", Assert.Throws<ArgumentNullException>(() => { _window.Own(null!); }).ParamName);
    }

    [Fact]
    public void Run_WorkReturnsNull_IsAFaultThatSaysWhatToReturn()
    {
        BackgroundTask task = _window.Run(Task () => null!, new TaskOptions { Name = "Import" });

        _loop.RunUntilIdle();

        Assert.Equal(BackgroundTaskState.Faulted, task.State);
        Assert.Equal(
            "The work of task 'Import' returned null instead of a task. Return Task.CompletedTask where there is nothing to await.",
            Assert.Single(_loop.UnhandledFaults).Exception.Message);
    }

    [Fact]
    public void Run_WorkThrowsAtOnce_DoesNotThrowButFaults()
    {
        BackgroundTask<int> task = _window.Run<int>(() => throw new IOException());

        Assert.Equal(BackgroundTaskState.Faulted, task.State);
    }

    [Fact]
    public void Run_OnTheRunningLoop_GoesUpToTheFirstIncompleteAwaitAtOnce()
    {
        var steps = new List<string>();

        _window.Run(async () =>
        {
            steps.Add("first");
            await Task.Yield();
            steps.Add("second");
        });
        steps.Add("returned");
        _loop.RunUntilIdle();

        Assert.Equal(["first", "returned", "second"], steps);
    }

    private Task PlainAsync() => Note("plain");

    private Task WithContextAsync(TaskContext task) => Note(task is null ? "nothing" : "context");

    private Task WithTokenAsync(CancellationToken token) => Note(token.CanBeCanceled ? "token" : "no token");

    private Task<int> PlainResultAsync() => Note("plain result");

    private Task<int> ContextResultAsync(TaskContext task) => Note(task is null ? "nothing" : "context result");

    private Task<int> TokenResultAsync(CancellationToken token) => Note(token.CanBeCanceled ? "token result" : "no token");

    private Task<int> Note(string shape)
    {
        _called.Add(shape);
        return Task.FromResult(1);
    }
}
