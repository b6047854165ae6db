using Fibula.Testing;
using Fibula.Tests.Faults;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Tasks;

public sealed class OwnTokenTests
{
    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _scope;

    public OwnTokenTests()
    {
        _scope = new TaskScope(_loop, "app");
    }

    [Theory, Trait("Behaviour", "B79")]
    [InlineData(false)]
    [InlineData(true)]
    public void Work_StoppedByATokenOfItsOwn_IsCanceledAndNoFault(bool isLinked)
    {
        using var own = new CancellationTokenSource();
        BackgroundTask task = _scope.Run(
            async task =>
            {
                using var linked = CancellationTokenSource.CreateLinkedTokenSource(own.Token, isLinked ? task.CancellationToken : default);
                await Task.Delay(Timeout.InfiniteTimeSpan, linked.Token);
            },
            new TaskOptions { Name = "Search" });

        own.Cancel();
        _loop.RunUntilEnded(task);
        _loop.RunUntilIdle();

        Assert.Equal((BackgroundTaskState.Canceled, "a token of its own"), (task.State, task.CancelReason!.RequestedBy));
        Assert.Equal("'Search' was canceled after 0.0 s by a token of its own: 'Search' was stopped by a token of its own.", task.Explain());
        Assert.Empty(_loop.UnhandledFaults);
    }

    [Fact, Trait("Behaviour", "B79")]
    public void Work_StoppedByATokenOfItsOwn_IsAWarningOfTheEventSource()
    {
        using var listener = new FibulaListener("A search of its own");
        using var own = new CancellationTokenSource();
        BackgroundTask task = _scope.Run(() => Task.Delay(Timeout.InfiniteTimeSpan, own.Token), new TaskOptions { Name = "A search of its own" });

        own.Cancel();
        _loop.RunUntilEnded(task);

        Assert.True(listener.WaitFor("TaskStoppedByOwnToken"));
        Assert.Contains("by a token of its own", Assert.IsType<string>(listener.Of("TaskStoppedByOwnToken").Single()[2]), StringComparison.Ordinal);
    }

    [Fact, Trait("Behaviour", "B26")]
    public void Group_WithAChildStoppedByATokenOfItsOwn_EndsWithThatReason()
    {
        using var own = new CancellationTokenSource();
        BackgroundTask? sibling = null;
        BackgroundTask group = _scope.Run(task => GroupAsync(task).AsTask());

        own.Cancel();
        _loop.RunUntilEnded(group);

        Assert.Equal((BackgroundTaskState.Canceled, "a token of its own"), (group.State, group.CancelReason!.RequestedBy));
        Assert.Equal(BackgroundTaskState.Canceled, sibling!.State);
        Assert.Empty(_loop.UnhandledFaults);

        BackgroundTask GroupAsync(TaskContext task) => task.RunGroupAsync(group =>
        {
            group.Run(() => Task.Delay(Timeout.InfiniteTimeSpan, own.Token));
            sibling = group.Run(child => child.Delay(TimeSpan.FromHours(1)));
            return Task.CompletedTask;
        });
    }

    [Fact, Trait("Behaviour", "B86")]
    public void Await_OfATaskStoppedByTheCallersToken_ThrowsWithThatToken()
    {
        using var mine = new CancellationTokenSource();
        BackgroundTask task = _scope.Run(task => task.Delay(TimeSpan.FromHours(1)), new TaskOptions { CancellationToken = mine.Token });
        string? caught = null;

        Task waiter = WaitAsync();
        mine.Cancel();
        _loop.RunUntilEnded(waiter);

        Assert.Equal("mine", caught);

        async Task WaitAsync()
        {
            try
            {
                await task.AsTask();
            }
            catch (OperationCanceledException error) when (error.CancellationToken == mine.Token)
            {
                caught = "mine";
            }
        }
    }

    [Fact, Trait("Behaviour", "B79")]
    public void Own_AnHttpTimeOut_IsAFault()
    {
        var request = new TaskCompletionSource();
        BackgroundTask task = _scope.Own(request.Task, new TaskOptions { Name = "Download" });

        // As HttpClient throws it: the token is its own and signaled, the TimeoutException is inside.
        request.SetException(new TaskCanceledException("The request timed out.", new TimeoutException("100 s", new TaskCanceledException()), new CancellationToken(canceled: true)));
        _loop.RunUntilEnded(task);
        _loop.RunUntilIdle();

        Assert.Equal(BackgroundTaskState.Faulted, task.State);
        Assert.Equal("Download", Assert.Single(_loop.UnhandledFaults).Name);
    }
}
