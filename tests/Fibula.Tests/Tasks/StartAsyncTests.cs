using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Tasks;

public sealed class StartAsyncTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _window;
    private readonly List<string> _reported = [];

    public StartAsyncTests()
    {
        _window = new TaskScope(_loop, "window");
        _window.Faulted += fault =>
        {
            fault.Handled = true;
            _reported.Add(fault.Name);
        };
    }

    [Fact]
    [Trait("Behaviour", "B29")]
    public void Ready_GivesTheHandleAndTheValueWhileTheTaskLivesOn()
    {
        TimeSpan began = _loop.TimeProvider.GetElapsedTime(0);
        var start = _window.StartAsync<int>(ServeAsync);
        _loop.RunUntilEnded(start);

        (BackgroundTask server, int port) = start.Result;
        Assert.Equal(TimeSpan.FromSeconds(2), _loop.TimeProvider.GetElapsedTime(0) - began);
        Assert.Equal((8080, BackgroundTaskState.Running, "ServeAsync"), (port, server.State, server.Name));
        server.Cancel();
        _loop.RunUntilEnded(server);
    }

    [Fact]
    [Trait("Behaviour", "B29")]
    public void AStartThatFailsWhileItsChildRuns_ThrowsAndIsReportedToNobodyElse()
    {
        Task<(BackgroundTask Task, int Value)> start = _window.StartAsync<int>((task, _) =>
        {
            task.Run(child => child.ShieldAsync(inner => inner.Delay(TimeSpan.FromSeconds(1))).AsTask());
            throw new IOException("No port.");
        });
        _loop.RunUntil(() => start.IsCompleted);
        _loop.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("No port.", Assert.IsType<IOException>(start.Exception?.InnerException).Message);
        Assert.Empty(_reported);
        Assert.Empty(_loop.UnhandledFaults);
    }

    [Fact]
    [Trait("Behaviour", "B29")]
    public void AStartWithATokenThatIsSignaledAlready_BeginsNoWork()
    {
        bool hasBegun = false;
        Task<(BackgroundTask Task, int Value)>? start = null;
        _loop.Post(() => start = _window.StartAsync<int>(
            (_, ready) =>
            {
                hasBegun = true;
                ready(1);
                return Task.CompletedTask;
            },
            cancellationToken: new CancellationToken(canceled: true)));
        _loop.RunUntil(() => start is { IsCompleted: true });
        _loop.RunUntilIdle();

        Assert.IsType<BackgroundTaskCanceledException>(start!.Exception?.InnerException ?? Record.Exception(() => start.GetAwaiter().GetResult()));
        Assert.False(hasBegun);
        Assert.Empty(_reported);
    }

    [Fact]
    [Trait("Behaviour", "B29")]
    public void AThrowBeforeReady_ComesOutOfTheStartOnly()
    {
        var start = _window.StartAsync<int>(async (task, _) =>
        {
            await task.Delay(TimeSpan.FromSeconds(1));
            throw new InvalidOperationException("The port is taken.");
        });
        _loop.RunUntilEnded(start);
        _loop.RunUntilIdle();

        Assert.Equal("The port is taken.", Assert.IsType<InvalidOperationException>(start.Exception!.InnerException).Message);
        Assert.Empty(_reported);
    }

    [Fact]
    [Trait("Behaviour", "B29")]
    public void AThrowAfterReady_IsAFaultOfTheTask()
    {
        var start = _window.StartAsync<int>(
            async (task, ready) =>
            {
                ready(1);
                await task.Delay(TimeSpan.FromSeconds(1));
                throw new InvalidOperationException();
            },
            new TaskOptions { Name = "Serve" });
        _loop.RunUntil(() => _reported.Count > 0);

        Assert.Equal(["Serve"], _reported);
        Assert.True(start.IsCompletedSuccessfully);
    }

    [Fact]
    [Trait("Behaviour", "B29")]
    public void AnEndWithoutReady_IsAnError()
    {
        var start = _window.StartAsync<int>((_, _) => Task.CompletedTask, new TaskOptions { Name = "Serve" });
        _loop.RunUntilEnded(start);

        Assert.Equal(
            "'Serve' has ended without being ready. Its work must call ready(value) before it ends.",
            Assert.IsType<InvalidOperationException>(start.Exception!.InnerException).Message);
    }

    [Fact]
    [Trait("Behaviour", "B29")]
    public void ReadyTwice_IsAnErrorOfTheTask()
    {
        var start = _window.StartAsync<int>(
            async (_, ready) =>
            {
                ready(1);
                await Task.Yield();
                ready(2);
            },
            new TaskOptions { Name = "Serve" });
        _loop.RunUntil(() => _reported.Count > 0);

        Assert.Equal(1, start.Result.Value);
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => start.Result.Task.GetAwaiter().GetResult());
        Assert.Equal("'Serve' has called ready twice. It is ready once.", error.Message);
    }

    [Fact]
    [Trait("Behaviour", "B29")]
    public void GivingUp_CancelsTheTaskAndWaitsForIt()
    {
        using var giveUp = new CancellationTokenSource();
        bool hasCleanedUp = false;
        var start = _window.StartAsync<int>(
            async (task, _) =>
            {
                try
                {
                    await task.Delay(Hour);
                }
                finally
                {
                    await task.ShieldAsync(inner => inner.Delay(TimeSpan.FromSeconds(1)));
                    hasCleanedUp = true;
                }
            },
            cancellationToken: giveUp.Token);
        _loop.RunUntilIdle();

        giveUp.Cancel();
        bool endedBefore = start.IsCompleted;
        _loop.RunUntilEnded(start);

        Assert.False(endedBefore);
        Assert.True(hasCleanedUp);
        Assert.True(start.IsCanceled);
    }

    [Fact]
    [Trait("Behaviour", "B29")]
    public void GivingUp_OnceTheTaskIsReady_DoesNothing()
    {
        using var giveUp = new CancellationTokenSource();
        var start = _window.StartAsync<int>(ServeAsync, cancellationToken: giveUp.Token);
        _loop.RunUntilEnded(start);

        giveUp.Cancel();
        _loop.RunUntilIdle();

        Assert.Equal(BackgroundTaskState.Running, start.Result.Task.State);
    }

    [Fact]
    [Trait("Behaviour", "B29")]
    public void Ready_AfterTheStartWasGivenUp_EndsTheWork()
    {
        using var giveUp = new CancellationTokenSource();
        var start = _window.StartAsync<int>(
            async (task, ready) =>
            {
                await task.ShieldAsync(inner => inner.Delay(TimeSpan.FromSeconds(1)));
                ready(1);
                _reported.Add("went on");
            },
            cancellationToken: giveUp.Token);
        _loop.RunUntilIdle();

        giveUp.Cancel();
        _loop.RunUntilEnded(start);

        Assert.True(start.IsCanceled);
        Assert.Empty(_reported);
    }

    [Fact]
    [Trait("Behaviour", "B29")]
    public void AGroupWhoseBlockHasEnded_StaysOpenForAChildThatIsStarting()
    {
        Task<(BackgroundTask Task, int Value)>? start = null;
        BackgroundTask task = _window.Run(async task => await task.RunGroupAsync(group =>
        {
            start = group.StartAsync<int>(async (child, ready) =>
            {
                await child.Delay(TimeSpan.FromSeconds(2));
                ready(1);
                await child.Delay(TimeSpan.FromSeconds(3));
            });
            return Task.CompletedTask;
        }));
        _loop.RunUntilEnded(task);

        Assert.Equal(TimeSpan.FromSeconds(5), task.Elapsed);
        Assert.Equal(1, start!.Result.Value);
    }

    [Fact]
    [Trait("Behaviour", "B29")]
    public void AChildOfAGroupThatFailsWhileItStarts_LeavesTheGroup()
    {
        BackgroundTask task = _window.Run(async task => await task.RunGroupAsync(async group =>
        {
            BackgroundTask sibling = group.Run(child => child.Delay(TimeSpan.FromSeconds(1)));
            await Assert.ThrowsAsync<InvalidOperationException>(() => group.StartAsync<int>((_, _) => throw new InvalidOperationException()));
            await sibling;
        }));
        _loop.RunUntilEnded(task);

        Assert.Equal(BackgroundTaskState.Succeeded, task.State);
    }

    [Fact]
    [Trait("Behaviour", "B29")]
    public void AClosedScope_StartsNothing()
    {
        _loop.RunUntilEnded(_window.CloseAsync());

        var start = _window.StartAsync<int>(ServeAsync);
        _loop.RunUntilEnded(start);

        Assert.True(start.IsCanceled);
    }

    // docs: startAsync
    private static async Task ServeAsync(TaskContext task, Action<int> ready)
    {
        await task.Delay(TimeSpan.FromSeconds(2));
        ready(8080);
        await task.Delay(Timeout.InfiniteTimeSpan);
    }
    // docs: end
}
