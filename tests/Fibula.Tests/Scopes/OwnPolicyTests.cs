using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Scopes;

/// <summary>Each task's own close policy, wherever it was started.</summary>
public sealed class OwnPolicyTests
{
    private static readonly ClosePolicy Finish3 = ClosePolicy.Finish(TimeSpan.FromSeconds(3));

    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _window;

    public OwnPolicyTests()
    {
        _window = new TaskScope(_loop, "window");
    }

    public static TheoryData<string> Places => ["a child", "a child of a child", "a child of a group", "a child of a shield", "a child on the pool", "a child that was moved along"];

    [Fact, Trait("Behaviour", "B93")]
    public void Run_ByATaskThatWasCanceled_InAnOpenScope_InheritsNothing()
    {
        BackgroundTask? next = null;
        BackgroundTask task = _window.Run(
            async task =>
            {
                await Task.WhenAny(task.Delay(TimeSpan.FromHours(1)));
                next = _window.Run(_ => new TaskCompletionSource().Task);
            },
            new TaskOptions { OnClose = ClosePolicy.Abandon });
        task.Cancel();
        _loop.RunUntilEnded(task);
        BackgroundTaskState started = next!.State;

        Close(_window);

        Assert.Equal((BackgroundTaskState.Running, TimeSpan.FromSeconds(5)), (started, next.Elapsed));
    }

    [Fact, Trait("Behaviour", "B93")]
    public void Run_OfAChildByAnotherTaskThatWasCanceled_FollowsItsParent()
    {
        BackgroundTask? child = null;
        TaskContext? parent = null;
        var finish = new TaskOptions { OnClose = ClosePolicy.Finish(TimeSpan.FromHours(2)) };
        _window.Run(
            task =>
            {
                parent = task;
                return new TaskCompletionSource().Task;
            },
            finish);
        BackgroundTask starter = _window.Run(
            async task =>
            {
                await Task.WhenAny(task.Delay(TimeSpan.FromHours(1)));
                child = parent!.Run(_ => new TaskCompletionSource().Task);
            },
            finish);
        _ = _window.CloseAsync();
        _loop.RunUntilIdle();

        starter.Cancel();
        _loop.RunUntilEnded(starter);

        Assert.Equal(BackgroundTaskState.Running, child!.State);
    }

    [Theory, Trait("Behaviour", "B93")]
    [MemberData(nameof(Places))]
    public void CloseAsync_TaskWithFinish_MayFinishWhereverItWasStarted(string place)
    {
        BackgroundTask? save = null;
        bool isMoved = place == "a child that was moved along";
        BackgroundTask parent = (isMoved ? _window.CreateChild("other") : _window).Run(task => HoldAsync(task, place, Start));
        Assert.True(!isMoved || parent.MoveTo(_window));

        CloseReport report = Close(_window);

        Assert.Equal(BackgroundTaskState.Succeeded, save!.State);
        Assert.Null(save.CancelReason);
        Assert.Equal(TimeSpan.FromSeconds(2), report.Duration);

        void Start(TaskContext task)
        {
            var options = new TaskOptions { Name = "Save", OnClose = Finish3 };
            save = place == "a child on the pool"
                ? task.RunOnThreadPool(child => child.Delay(TimeSpan.FromSeconds(2)), options)
                : task.Run(child => child.Delay(TimeSpan.FromSeconds(2)), options);
        }
    }

    [Fact, Trait("Behaviour", "B93")]
    public void CloseAsync_TaskWithFinishStartedInFinally_MayFinish()
    {
        BackgroundTask? save = null;
        _window.Run(async task =>
        {
            try
            {
                await task.Delay(TimeSpan.FromHours(1));
            }
            finally
            {
                save = task.Run(child => child.Delay(TimeSpan.FromSeconds(2)), new TaskOptions { OnClose = Finish3 });
            }
        });

        Close(_window);

        Assert.Equal((BackgroundTaskState.Succeeded, null), (save!.State, save.CancelReason));
    }

    [Fact, Trait("Behaviour", "B17")]
    public void CloseAsync_TaskWithoutPolicyStartedInFinally_BeginsWithItsTokenSignaled()
    {
        bool? isSignaled = null;
        _window.Run(async task =>
        {
            try
            {
                await task.Delay(TimeSpan.FromHours(1));
            }
            finally
            {
                task.Run(child =>
                {
                    isSignaled = child.CancellationToken.IsCancellationRequested;
                    return Task.CompletedTask;
                });
            }
        });

        Close(_window);

        Assert.True(isSignaled);
    }

    [Theory, Trait("Behaviour", "B93")]
    [InlineData("the parent's handle")]
    [InlineData("the scope")]
    [InlineData("the parent's deadline")]
    [InlineData("a failing group")]
    [InlineData("the parent's handle, while the scope closes")]
    public void Cancel_ThatIsExplicit_CancelsAChildWhateverItsPolicy(string how)
    {
        BackgroundTask? save = null;
        var fail = new TaskCompletionSource();
        BackgroundTask parent = _window.Run(
            task => task.RunGroupAsync(group =>
            {
                save = group.Run(child => child.Delay(TimeSpan.FromHours(1)), new TaskOptions { OnClose = ClosePolicy.Finish(TimeSpan.FromHours(2)) });
                return fail.Task;
            }).AsTask(),
            new TaskOptions { Deadline = how == "the parent's deadline" ? TimeSpan.FromSeconds(5) : null });
        _ = parent.AsTask();

        switch (how)
        {
            case "the parent's handle":
                parent.Cancel();
                break;
            case "the scope":
                _window.Cancel();
                break;
            case "a failing group":
                fail.SetException(new IOException("Disk full."));
                break;
            case "the parent's handle, while the scope closes":
                _ = _window.CloseAsync();
                _loop.RunUntilIdle();
                Assert.Equal(BackgroundTaskState.Running, save!.State);
                parent.Cancel();
                break;
        }

        _loop.RunUntilEnded(save!);
        Assert.Equal(BackgroundTaskState.Canceled, save!.State);
        Assert.InRange(save.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact, Trait("Behaviour", "B93")]
    public void CloseAsync_ChildWithoutPolicy_TakesItsParents()
    {
        BackgroundTask? child = null;
        _window.Run(
            async task =>
            {
                child = task.Run(inner => inner.Delay(TimeSpan.FromSeconds(2)));
                await child;
            },
            new TaskOptions { OnClose = Finish3 });

        CloseReport report = Close(_window);

        Assert.Equal(BackgroundTaskState.Succeeded, child!.State);
        Assert.Equal(2, report.Ended.Count);
    }

    [Fact, Trait("Behaviour", "B93")]
    public void CloseAsync_ParentOfATaskWithMoreTime_HasThatTimeToo()
    {
        bool isCleanedUp = false;
        _window.CloseGrace = TimeSpan.FromSeconds(1);
        _window.Run(async task =>
        {
            await task.Run(child => child.Delay(TimeSpan.FromSeconds(8)), new TaskOptions { OnClose = ClosePolicy.Finish(TimeSpan.FromSeconds(10)) });
            await task.ShieldAsync(async shielded =>
            {
                await shielded.Delay(TimeSpan.FromSeconds(1));
                isCleanedUp = true;
            });
        });

        CloseReport report = Close(_window);

        Assert.True(isCleanedUp);
        Assert.Empty(report.Survivors);
    }

    [Fact, Trait("Behaviour", "B93")]
    public void CloseAsync_AbandonedChild_DoesNotHoldItsParent()
    {
        var never = new TaskCompletionSource();
        BackgroundTask parent = _window.Run(task =>
        {
            task.Run(() => never.Task, new TaskOptions { Name = "Ping", OnClose = ClosePolicy.Abandon });
            return task.Delay(TimeSpan.FromHours(1));
        });

        CloseReport report = Close(_window);

        Assert.Equal(BackgroundTaskState.Canceled, parent.State);
        Assert.Equal(("Ping", TimeSpan.Zero), (Assert.Single(report.Abandoned).Name, report.Duration));
    }

    [Fact, Trait("Behaviour", "B93")]
    public void CloseAsync_WithALimit_AsksAtHalfOfItAndGivesUpAtTheEnd()
    {
        _window.CloseGrace = TimeSpan.FromMinutes(1);
        BackgroundTask? save = null;
        _window.Run(task =>
        {
            save = task.Run(_ => new TaskCompletionSource().Task, new TaskOptions { OnClose = ClosePolicy.Finish(TimeSpan.FromHours(1)) });
            return Task.CompletedTask;
        });

        Task<CloseReport> close = _window.CloseAsync(within: TimeSpan.FromSeconds(10));
        _loop.Advance(TimeSpan.FromSeconds(4.9));
        BackgroundTaskState before = save!.State;
        _loop.Advance(TimeSpan.FromSeconds(0.2));
        BackgroundTaskState after = save.State;
        _loop.RunUntilEnded(close);

        Assert.Equal((BackgroundTaskState.Running, BackgroundTaskState.Canceling), (before, after));
        Assert.Equal(TimeSpan.FromSeconds(10), close.Result.Duration);
    }

    private static async Task HoldAsync(TaskContext task, string place, Action<TaskContext> start)
    {
        switch (place)
        {
            case "a child of a child":
                task.Run(inner =>
                {
                    start(inner);
                    return inner.Delay(TimeSpan.FromHours(1));
                });
                break;
            case "a child of a group":
                await task.RunGroupAsync(group =>
                {
                    start(group);
                    return group.Delay(TimeSpan.FromHours(1));
                });
                break;
            case "a child of a shield":
                await task.ShieldAsync(shielded =>
                {
                    start(shielded);
                    return Task.CompletedTask;
                });
                break;
            default:
                start(task);
                break;
        }

        await task.Delay(TimeSpan.FromHours(1));
    }

    private CloseReport Close(TaskScope scope)
    {
        Task<CloseReport> close = scope.CloseAsync();
        _loop.RunUntilEnded(close);
        return close.Result;
    }
}
