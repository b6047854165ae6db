using System.Runtime.CompilerServices;
using Fibula.Diagnostics;
using Fibula.Testing;

namespace Fibula.Tests.Tasks;

public sealed class BackgroundTaskCancelTests
{
    private readonly TestLoop _loop = new();
    private readonly TaskScope _scope;

    public BackgroundTaskCancelTests()
    {
        _scope = new TaskScope(_loop, "app");
        _loop.RunUntilIdle();
    }

    [Fact, Trait("Behaviour", "B31")]
    public void Cancel_ATaskThatSucceeded_ChangesNothing()
    {
        BackgroundTask<int> task = _scope.Run(() => Task.FromResult(42));

        task.Cancel();
        _scope.Cancel();

        Assert.Equal((BackgroundTaskState.Succeeded, null), (task.State, task.CancelReason));
        Assert.Equal(42, task.GetAwaiter().GetResult());
    }

    [Fact, Trait("Behaviour", "B31")]
    public void Cancel_ATaskThatFailed_ChangesNothing()
    {
        BackgroundTask task = _scope.Run(() => throw new InvalidOperationException("No disk."));

        task.Cancel();

        Assert.Equal((BackgroundTaskState.Faulted, null), (task.State, task.CancelReason));
        Assert.Throws<InvalidOperationException>(() => task.GetAwaiter().GetResult());
    }

    [Fact, Trait("Behaviour", "B31")]
    public void Cancel_ATaskThatWasCanceled_KeepsTheFirstReason()
    {
        BackgroundTask task = _scope.Run(WaitAsync);
        task.Cancel("First.");
        task.Cancel("Second.");
        _loop.RunUntilEnded(task);

        task.Cancel("Third.");

        Assert.Equal((BackgroundTaskState.Canceled, "First."), (task.State, task.CancelReason!.Message));
    }

    [Fact, Trait("Behaviour", "B31")]
    public void Cancel_ATaskThatThenEndsNormally_LeavesItSucceededWithValueAndReason()
    {
        BackgroundTask<int> task = _scope.Run(async task =>
        {
            await IgnoreOneAsync(task);
            return 42;
        });

        task.Cancel("Enough.");
        _loop.RunUntilEnded(task);

        Assert.Equal((BackgroundTaskState.Succeeded, "Enough."), (task.State, task.CancelReason!.Message));
        Assert.Equal(42, task.GetAwaiter().GetResult());
    }

    [Fact, Trait("Behaviour", "B32")]
    public void Cancel_ATaskThatSwallowsTheFirst_StopsItAtTheNextAwaitThatTakesTheToken()
    {
        List<string> log = [];
        BackgroundTask task = _scope.Run(async task =>
        {
            await IgnoreOneAsync(task);
            log.Add("swallowed");
            await Task.Yield();
            await task.Delay(TimeSpan.FromHours(1));
            log.Add("not reached");
        });

        task.Cancel();
        _loop.RunUntilEnded(task);

        Assert.Equal(["swallowed"], log);
        Assert.Equal((BackgroundTaskState.Canceled, TimeSpan.Zero), (task.State, task.Elapsed));
    }

    [Fact, Trait("Behaviour", "B32")]
    public void CancellationToken_FirstReadAfterTheCancel_IsSignaled()
    {
        var told = new TaskCompletionSource();
        bool? signaled = null;
        BackgroundTask task = _scope.Run(async task =>
        {
            await told.Task;
            signaled = task.CancellationToken.IsCancellationRequested;
            await Task.Delay(Timeout.InfiniteTimeSpan, task.CancellationToken);
        });

        task.Cancel();
        told.SetResult();
        _loop.RunUntilEnded(task);

        Assert.True(signaled);
        Assert.Equal(BackgroundTaskState.Canceled, task.State);
    }

    [Fact, Trait("Behaviour", "B33")]
    public void StateChanged_OfACanceledTask_ShowsCancelingAndThenTheEnd()
    {
        List<string> seen = [];
        BackgroundTask task = _scope.Run(WaitAsync);
        task.StateChanged += (old, now) => seen.Add($"{old} -> {now}, {_loop.CheckAccess()}");

        task.Cancel();
        BackgroundTaskState atOnce = task.State;
        _loop.RunUntilEnded(task);
        _loop.RunUntilIdle();

        Assert.Equal(BackgroundTaskState.Canceling, atOnce);
        Assert.Equal(["Running -> Canceling, True", "Canceling -> Canceled, True"], seen);
    }

    [Fact, Trait("Behaviour", "B33")]
    public void StateChanged_OfPoolWorkCanceledFromAnotherThread_IsRaisedOnTheUiThreadInOrder()
    {
        List<(BackgroundTaskState, BackgroundTaskState, int)> seen = [];
        var app = new UiApp("app");
        var loop = new TestLoop();
        BackgroundTask task = app.Tasks.RunOnThreadPool(task => WaitForTheTokenAsync(task.CancellationToken));
        task.StateChanged += (old, now) => seen.Add((old, now, Environment.CurrentManagedThreadId));

        app.Attach(loop);
        loop.RunUntil(() => task.State == BackgroundTaskState.Running);
        Task.Run(() => task.Cancel());
        loop.RunUntil(() => seen.Count == 3);

        int here = Environment.CurrentManagedThreadId;
        Assert.Equal(
            [
                (BackgroundTaskState.Queued, BackgroundTaskState.Running, here),
                (BackgroundTaskState.Running, BackgroundTaskState.Canceling, here),
                (BackgroundTaskState.Canceling, BackgroundTaskState.Canceled, here),
            ],
            seen);
    }

    [Fact, Trait("Behaviour", "B33")]
    public void StateChanged_OfAQueuedTask_GoesStraightToCanceled()
    {
        List<(BackgroundTaskState, BackgroundTaskState)> seen = [];
        var app = new UiApp("app");
        BackgroundTask task = app.Tasks.Run(WaitAsync);
        task.StateChanged += (old, now) => seen.Add((old, now));

        task.Cancel();
        app.Attach(_loop);
        _loop.RunUntilIdle();

        Assert.Equal([(BackgroundTaskState.Queued, BackgroundTaskState.Canceled)], seen);
    }

    [Fact, Trait("Behaviour", "B33")]
    public void PropertyChanged_OfACanceledTask_TellsStateReasonAndEnd()
    {
        List<string> seen = [];
        BackgroundTask task = _scope.Run(WaitAsync);
        task.PropertyChanged += (sender, e) => seen.Add($"{((BackgroundTask)sender!).Name}.{e.PropertyName}");

        task.Cancel();
        _loop.RunUntilIdle();
        int afterTheCancel = seen.Count;
        _loop.RunUntilEnded(task);
        _loop.RunUntilIdle();

        Assert.Contains("WaitAsync.State", seen);
        Assert.Contains("WaitAsync.CancelReason", seen);
        Assert.Equal("WaitAsync.IsCompleted", seen[^1]);
        Assert.True(afterTheCancel > 0);
    }

    [Fact, Trait("Behaviour", "B34")]
    public void Cancel_OfAHandle_SaysWhoAskedWhyAndWhen()
    {
        BackgroundTask task = _scope.Run(WaitAsync);
        _loop.Advance(TimeSpan.FromSeconds(90));

        task.Cancel();

        CancelReason reason = task.CancelReason!;
        Assert.Equal("BackgroundTaskCancelTests.Cancel_OfAHandle_SaysWhoAskedWhyAndWhen", reason.RequestedBy);
        Assert.Equal("BackgroundTaskCancelTests.Cancel_OfAHandle_SaysWhoAskedWhyAndWhen canceled 'WaitAsync'.", reason.Message);
        Assert.Equal(_loop.TimeProvider.GetUtcNow(), reason.RequestedAt);
        Assert.Equal(reason.Message, reason.ToString());
    }

    [Fact, Trait("Behaviour", "B34")]
    public void Cancel_OfAScope_TellsAllItsTasksAndLeavesItOpen()
    {
        BackgroundTask[] tasks = [_scope.Run(WaitAsync), _scope.CreateChild("view").Run(WaitAsync)];

        _scope.Cancel();
        _loop.RunUntil(() => tasks.All(task => task.IsCompleted));

        Assert.All(tasks, task => Assert.Equal(
            "BackgroundTaskCancelTests.Cancel_OfAScope_TellsAllItsTasksAndLeavesItOpen canceled all tasks of 'app'.",
            task.CancelReason!.Message));
        Assert.Equal(BackgroundTaskState.Succeeded, _scope.Run(() => Task.CompletedTask).State);
    }

    [Fact, Trait("Behaviour", "B34")]
    public void Cancel_OfAParent_GivesItsChildrenTheSameReason()
    {
        BackgroundTask? child = null, grandchild = null;
        BackgroundTask parent = _scope.Run(task =>
        {
            child = task.Run(inner =>
            {
                grandchild = inner.Run(WaitAsync);
                return WaitAsync(inner);
            });
            return WaitAsync(task);
        });

        parent.Cancel("The user stopped it.");
        _loop.RunUntilEnded(parent);

        Assert.All([parent, child!, grandchild!], task => Assert.Equal(BackgroundTaskState.Canceled, task.State));
        Assert.Same(parent.CancelReason, child!.CancelReason);
        Assert.Same(parent.CancelReason, grandchild!.CancelReason);
    }

    [Fact, Trait("Behaviour", "B34")]
    public void Await_ACanceledHandle_ThrowsItsReason()
    {
        BackgroundTask task = _scope.Run(WaitAsync);
        Task plain = task.AsTask();
        task.Cancel("The user stopped it.");
        _loop.RunUntilEnded(plain);

        BackgroundTaskCanceledException error = Assert.Throws<BackgroundTaskCanceledException>(() => task.GetAwaiter().GetResult());

        Assert.Equal((true, "The user stopped it."), (plain.IsCanceled, error.Message));
        Assert.Same(task.CancelReason, error.Reason);
    }

    [Fact, Trait("Behaviour", "B34")]
    public void Cancel_FromTheTaskList_SaysSo()
    {
        BackgroundTask task = _scope.Run(WaitAsync);
        using var board = new TaskBoard(_scope);
        _loop.RunUntilIdle();

        bool found = board.Cancel(Assert.Single(board.Rows).Id);
        _loop.RunUntilEnded(task);

        Assert.True(found);
        Assert.Equal(("the task list", "'WaitAsync' was canceled in the task list."), (task.CancelReason!.RequestedBy, task.CancelReason.Message));
    }

    [Theory, Trait("Behaviour", "B86")]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_WithACallersToken_EndsWithThatReasonWhenItIsSignaled(bool onPool)
    {
        using var caller = new CancellationTokenSource();
        var options = new TaskOptions { Name = "Load", CancellationToken = caller.Token };
        BackgroundTask task = onPool ? _scope.RunOnThreadPool(WaitAsync, options) : _scope.Run(WaitAsync, options);
        _loop.RunUntil(() => task.State == BackgroundTaskState.Running);

        caller.Cancel();
        _loop.RunUntilEnded(task);

        Assert.Equal(BackgroundTaskState.Canceled, task.State);
        Assert.Equal(("the caller's token", "'Load' was canceled by the caller's token."), (task.CancelReason!.RequestedBy, task.CancelReason.Message));
    }

    [Theory, Trait("Behaviour", "B86")]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_WithACallersTokenThatIsSignaledAlready_NeverBegins(bool onPool)
    {
        bool ran = false;
        var options = new TaskOptions { CancellationToken = new CancellationToken(canceled: true) };

        BackgroundTask task = onPool ? _scope.RunOnThreadPool(() => { ran = true; }, options) : _scope.Run(() => Task.FromResult(ran = true), options);
        _loop.RunUntilIdle();

        Assert.Equal((BackgroundTaskState.Canceled, "the caller's token"), (task.State, task.CancelReason!.RequestedBy));
        Assert.False(ran);
    }

    [Fact, Trait("Behaviour", "B86")]
    public void Run_WithACallersTokenBeforeTheLoop_IsCanceledUnstarted()
    {
        using var caller = new CancellationTokenSource();
        var app = new UiApp("app");
        bool ran = false;
        BackgroundTask task = app.Tasks.Run(() => Task.FromResult(ran = true), new TaskOptions { CancellationToken = caller.Token });

        caller.Cancel();
        app.Attach(_loop);
        _loop.RunUntilIdle();

        Assert.Equal(BackgroundTaskState.Canceled, task.State);
        Assert.False(ran);
    }

    [Fact, Trait("Behaviour", "B86")]
    public void Run_WithACallersToken_TellsTheChildrenToo()
    {
        using var caller = new CancellationTokenSource();
        BackgroundTask? child = null;
        BackgroundTask parent = _scope.Run(
            task =>
            {
                child = task.Run(WaitAsync);
                return WaitAsync(task);
            },
            new TaskOptions { CancellationToken = caller.Token });

        caller.Cancel();
        _loop.RunUntilEnded(parent);

        Assert.Equal((BackgroundTaskState.Canceled, "the caller's token"), (child!.State, child.CancelReason!.RequestedBy));
    }

    [Fact, Trait("Behaviour", "B86")]
    public void Run_WithACallersTokenThatOutlivesTheTask_LeavesNoRegistration()
    {
        using var caller = new CancellationTokenSource();
        WeakReference[] handles = [.. Enumerable.Range(0, 4).Select(how => RunToTheEnd(how, new TaskOptions { CancellationToken = caller.Token }))];
        _loop.RunUntilIdle();

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.All(handles, handle => Assert.False(handle.IsAlive));
        GC.KeepAlive(caller);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference RunToTheEnd(int how, TaskOptions options)
    {
        BackgroundTask task = how switch
        {
            0 => _scope.Run(() => Task.CompletedTask, options),
            1 => _scope.Run(task => task.Delay(TimeSpan.FromSeconds(1)), options),
            2 => _scope.RunOnThreadPool(() => { }, options),
            _ => _scope.Own(Task.Delay(TimeSpan.FromSeconds(1), _loop.TimeProvider), options),
        };
        _loop.RunUntilEnded(task);
        return new WeakReference(task);
    }

    private static async Task WaitAsync(TaskContext task) => await task.Delay(TimeSpan.FromHours(1));

    private static Task WaitForTheTokenAsync(CancellationToken token) => Task.Delay(Timeout.Infinite, token);

    private static async Task IgnoreOneAsync(TaskContext task)
    {
        try
        {
            await task.Delay(TimeSpan.FromHours(1));
        }
        catch (OperationCanceledException)
        {
            // The situation: code that takes the first cancellation for its own.
        }
    }
}
