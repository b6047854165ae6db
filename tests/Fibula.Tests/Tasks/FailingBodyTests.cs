using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Tasks;

/// <summary>What becomes of the children of a task whose own work has failed.</summary>
public sealed class FailingBodyTests
{
    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _scope;

    public FailingBodyTests()
    {
        _scope = new TaskScope(_loop, "app");
    }

    [Fact, Trait("Behaviour", "B100")]
    public void Body_ThatThrows_CancelsItsChildrenAndEndsWithItsError()
    {
        BackgroundTask? child = null;
        BackgroundTask parent = _scope.Run(
            task =>
            {
                child = task.Run(inner => inner.Delay(TimeSpan.FromHours(1)));
                throw new IOException("No disk.");
            },
            new TaskOptions { Name = "Import" });

        _loop.RunUntilEnded(parent);
        _loop.RunUntilIdle();

        Assert.Equal((BackgroundTaskState.Canceled, "'Import' failed: No disk."), (child!.State, child.CancelReason!.Message));
        Assert.Equal((BackgroundTaskState.Faulted, TimeSpan.Zero), (parent.State, parent.Elapsed));
        Assert.Equal("No disk.", Assert.Single(_loop.UnhandledFaults).Exception.Message);
    }

    [Fact(Timeout = 60_000), Trait("Behaviour", "B100")]
    public async Task Main_ThatThrowsWithADeafChild_LeavesWithItsErrorAfterTheGrace()
    {
        Task running = Task.Factory.StartNew(
            () => EventLoop.Run(async task =>
            {
                TaskScope.Current!.CloseGrace = TimeSpan.FromMilliseconds(20);
                task.Run(() => new TaskCompletionSource().Task, new TaskOptions { Name = "deaf" });
                await Task.Yield();
                throw new IOException("No disk.");
            }),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

        IOException error = await Assert.ThrowsAsync<IOException>(() => running);

        Assert.Equal("No disk.", error.Message);
    }

    [Fact, Trait("Behaviour", "B100")]
    public void Body_ThatThrowsWithADeafChild_IsReportedInTheNextTurnAndExplainsItself()
    {
        var release = new TaskCompletionSource();
        BackgroundTask parent = _scope.Run(
            task =>
            {
                task.Run(() => release.Task);
                throw new IOException("No disk.");
            },
            new TaskOptions { Name = "Import" });

        _loop.RunUntilIdle();

        Assert.Equal("Import", Assert.Single(_loop.UnhandledFaults).Name);
        Assert.Equal("'Import' was started 0.0 s ago in 'app' and waits for its children; it has failed with IOException: No disk.", parent.Explain());
        release.SetResult();
        _loop.RunUntilEnded(parent);
        _loop.RunUntilIdle();
        Assert.Single(_loop.UnhandledFaults);
    }

    [Fact, Trait("Behaviour", "B100")]
    public void Body_ThatThrowsAndIsAwaited_IsNotReported()
    {
        BackgroundTask parent = _scope.Run(task =>
        {
            task.Run(inner => inner.Delay(TimeSpan.FromHours(1)));
            throw new IOException("No disk.");
        });
        Task waiter = parent.AsTask();

        _loop.RunUntilEnded(waiter);
        _loop.RunUntilIdle();

        Assert.IsType<IOException>(waiter.Exception!.InnerException);
        Assert.Empty(_loop.UnhandledFaults);
    }

    [Fact, Trait("Behaviour", "B100")]
    public void Body_OfAChildOfAGroupThatThrows_EndsTheGroupBeforeItsOwnChildren()
    {
        var release = new TaskCompletionSource();
        BackgroundTask? sibling = null;
        BackgroundTask whole = _scope.Run(task => task.RunGroupAsync(group =>
        {
            sibling = group.Run(inner => inner.Delay(TimeSpan.FromHours(1)));
            group.Run(failing =>
            {
                failing.Run(() => release.Task);
                throw new IOException("No disk.");
            });
            return Task.CompletedTask;
        }).AsTask());
        _ = whole.AsTask();

        _loop.RunUntilIdle();

        Assert.Equal(BackgroundTaskState.Canceled, sibling!.State);
        release.SetResult();
        _loop.RunUntilEnded(whole);
        Assert.Equal(BackgroundTaskState.Faulted, whole.State);
    }

    [Fact, Trait("Behaviour", "B100")]
    public void Run_MainThatThrowsWithAPollingChild_ReturnsTheError()
    {
        var error = Assert.Throws<IOException>(() => EventLoop.Run(task =>
        {
            task.Run(async child =>
            {
                while (true)
                {
                    await child.Delay(TimeSpan.FromMilliseconds(1));
                }
            });
            throw new IOException("No disk.");
        }));

        Assert.Equal("No disk.", error.Message);
    }

    [Fact]
    public void Run_InATaskThatHasEnded_IsRefusedWithAReason()
    {
        TaskContext? context = null;
        TaskGroup? over = null;
        bool hasRun = false;
        BackgroundTask task = _scope.Run(
            async task =>
            {
                context = task;
                await task.RunGroupAsync(group =>
                {
                    over = group;
                    return Task.CompletedTask;
                });
            },
            new TaskOptions { Name = "Import" });
        _loop.RunUntilEnded(task);

        BackgroundTask child = context!.Run(Note, new TaskOptions { Name = "Late" });
        BackgroundTask member = over!.Run(Note);

        Assert.Equal((BackgroundTaskState.Canceled, BackgroundTaskState.Canceled, false), (child.State, member.State, hasRun));
        Assert.Equal("'Import' has ended and takes no new children. Start 'Late' before it ends, or in a scope.", child.CancelReason!.Message);

        Task Note()
        {
            hasRun = true;
            return Task.CompletedTask;
        }
    }

    [Theory]
    [InlineData("on the loop")]
    [InlineData("on the pool")]
    [InlineData("as a part")]
    public void TaskStarted_SubscriberThatCancels_KeepsTheTaskFromBeginning(string how)
    {
        bool hasBegun = false;
        TaskScope inner = _scope.CreateChild("inner");
        inner.TaskStarted += task => task.Cancel("Not now.");
        BackgroundTask? started = null;
        BackgroundTask outer = inner.Run(task => task.Delay(TimeSpan.FromHours(1)));
        if (how == "as a part")
        {
            BackgroundTask whole = _scope.Run(task =>
            {
                _scope.TaskStarted += part => part.Cancel("Not now.");
                started = task.ShieldAsync(_ => Note());
                return Task.CompletedTask;
            });
            _loop.RunUntilEnded(whole);
        }
        else
        {
            started = how == "on the loop" ? inner.Run(Note) : inner.RunOnThreadPool(Note);
        }

        _loop.RunUntilEnded(started!);
        _loop.RunUntilIdle();

        Assert.Equal((BackgroundTaskState.Canceled, "Not now.", false), (started!.State, started.CancelReason!.Message, hasBegun));
        Assert.Equal(BackgroundTaskState.Canceled, outer.State);

        Task Note()
        {
            hasBegun = true;
            return Task.CompletedTask;
        }
    }
}
