using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Tasks;

public sealed class TaskGroupTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _window;
    private readonly List<string> _told = [];

    public TaskGroupTests()
    {
        _window = new TaskScope(_loop, "window");
    }

    [Fact]
    [Trait("Behaviour", "B24")]
    public void AChildThatThrows_EndsTheOthersAndTheBlockAtOnce()
    {
        BackgroundTask task = _window.Run(async task => await task.RunGroupAsync(async group =>
        {
            group.Run(child => WaitAsync("sibling", child));
            group.Run(async child =>
            {
                await child.Delay(TimeSpan.FromSeconds(2));
                throw new InvalidOperationException("No disk.");
            });
            await WaitAsync("block", group);
        }));
        _loop.RunUntilEnded(task);

        Assert.Equal(["block", "sibling"], _told.Order());
        Assert.Equal(TimeSpan.FromSeconds(2), task.Elapsed);
        AggregateException error = Assert.IsType<AggregateException>(ErrorOf(task));
        Assert.Equal("No disk.", Assert.Single(error.InnerExceptions).Message);
        Assert.StartsWith("1 of 'TaskGroupTests.AChildThatThrows_EndsTheOthersAndTheBlockAtOnce (group)' failed.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Behaviour", "B141")]
    public void CancelChildren_LeavesTheBlockRunning_WhoseResultIsTheGroups()
    {
        BackgroundTask<string> task = _window.Run(async task => await task.RunGroupAsync(async group =>
        {
            BackgroundTask fast = group.Run(static child => child.Delay(TimeSpan.FromSeconds(1)));
            BackgroundTask slow = group.Run(child => WaitAsync("slow", child));
            task.Run(static other => other.Delay(TimeSpan.FromSeconds(2)));
            await fast;
            group.CancelChildren("The first has answered.");
            return slow.CancelReason!.Message;
        }));
        _loop.RunUntilEnded(task);

        Assert.Equal("The first has answered.", task.AsTask().Result);
        Assert.Equal(["slow"], _told);
        Assert.Equal(TimeSpan.FromSeconds(2), task.Elapsed);
    }

    [Fact]
    [Trait("Behaviour", "B141")]
    public void CancelChildren_WhoseChildFailsOnItsWayOut_FailsTheGroup()
    {
        BackgroundTask task = _window.Run(async task => await task.RunGroupAsync(group =>
        {
            group.Run(static async child =>
            {
                try
                {
                    await child.Delay(Hour);
                }
                catch (OperationCanceledException)
                {
                    throw new InvalidOperationException("No disk.");
                }
            });
            group.CancelChildren();
            return Task.CompletedTask;
        }));
        _loop.RunUntilEnded(task);

        Assert.Equal("No disk.", Assert.Single(Assert.IsType<AggregateException>(ErrorOf(task)).InnerExceptions).Message);
    }

    [Fact]
    [Trait("Behaviour", "B24")]
    public void AChildThatThrows_CleanUpGoesOnWorking()
    {
        BackgroundTask task = _window.Run(async task => await task.RunGroupAsync(async group =>
        {
            group.Run(async child =>
            {
                try
                {
                    await child.Delay(Hour);
                }
                finally
                {
                    await child.SwitchToUiAsync();
                    await child.ShieldAsync(inner => inner.Delay(TimeSpan.FromSeconds(1)));
                    child.Report("Tidied up.");
                    _told.Add(child.CancelReason!.Message);
                }
            });
            await FailAsync("No disk.");
        }));
        _loop.RunUntilEnded(task);

        Assert.EndsWith("(group)' failed: No disk.", Assert.Single(_told), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(1), task.Elapsed);
    }

    [Fact]
    [Trait("Behaviour", "B24")]
    public void ManyErrors_ComeByStartAfterTheOneOfTheBlock()
    {
        BackgroundTask task = _window.Run(async task => await task.RunGroupAsync(async group =>
        {
            group.Run(child => FailAtTheEndAsync(child, "first"));
            group.Run(child => FailAtTheEndAsync(child, "second"));
            await Task.Yield();
            throw new InvalidOperationException("block");
        }));
        _loop.RunUntilEnded(task);

        AggregateException error = Assert.IsType<AggregateException>(ErrorOf(task));
        Assert.Equal(["block", "first", "second"], error.InnerExceptions.Select(inner => inner.Message));
    }

    [Fact]
    [Trait("Behaviour", "B24")]
    public void AnErrorTheBlockGotFromAChild_IsThereOnce()
    {
        BackgroundTask task = _window.Run(async task => await task.RunGroupAsync(async group => await group.Run(() => FailAsync("No disk."))));
        _loop.RunUntilEnded(task);

        Assert.Equal("No disk.", Assert.Single(Assert.IsType<AggregateException>(ErrorOf(task)).InnerExceptions).Message);
    }

    [Fact]
    [Trait("Behaviour", "B24")]
    public void AllSucceed_GivesTheResultOfTheBlockAfterAllChildren()
    {
        BackgroundTask<int> task = _window.Run(async task =>
        {
            int result = await task.RunGroupAsync(async group =>
            {
                group.Run(child => NoteAsync(child, TimeSpan.FromSeconds(2), "late"));
                group.Run(child => NoteAsync(child, TimeSpan.FromSeconds(1), "early"));
                await Task.Yield();
                return 42;
            });
            _told.Add("after");
            return result;
        });
        _loop.RunUntilEnded(task);

        Assert.Equal(["early", "late", "after"], _told);
        Assert.Equal(42, task.AsTask().Result);
    }

    [Fact]
    [Trait("Behaviour", "B25")]
    public void AnOutsideCancelWithoutAnError_IsNoAggregate()
    {
        BackgroundTask task = _window.Run(async task => await task.RunGroupAsync(async group =>
        {
            group.Run(child => WaitAsync("child", child));
            await Task.Yield();
        }));
        _loop.RunUntilIdle();

        task.Cancel("The user has had enough.");
        _loop.RunUntilEnded(task);

        Assert.Equal(BackgroundTaskState.Canceled, task.State);
        Assert.Equal("The user has had enough.", Assert.IsType<BackgroundTaskCanceledException>(ErrorOf(task)).Reason.Message);
    }

    [Fact]
    [Trait("Behaviour", "B25")]
    public void AnOutsideCancelAndAnError_IsTheErrorWithoutTheCancellations()
    {
        BackgroundTask task = _window.Run(async task => await task.RunGroupAsync(group =>
        {
            group.Run(child => WaitAsync("child", child));
            group.Run(child => FailAtTheEndAsync(child, "No disk."));
            return WaitAsync("block", group);
        }));
        _loop.RunUntilIdle();

        task.Cancel();
        _loop.RunUntilEnded(task);

        Assert.Equal("No disk.", Assert.Single(Assert.IsType<AggregateException>(ErrorOf(task)).InnerExceptions).Message);
    }

    [Fact]
    [Trait("Behaviour", "B26")]
    public void AChildCanceledByItsHandle_LeavesTheOthers()
    {
        BackgroundTask task = _window.Run(async task => await task.RunGroupAsync(async group =>
        {
            BackgroundTask canceled = group.Run(child => WaitAsync("canceled", child));
            group.Run(child => NoteAsync(child, TimeSpan.FromSeconds(1), "sibling"));
            canceled.Cancel();
            await group.Delay(TimeSpan.FromSeconds(2));
            _told.Add("block");
        }));
        _loop.RunUntilEnded(task);

        Assert.Equal(BackgroundTaskState.Succeeded, task.State);
        Assert.Equal(["canceled", "sibling", "block"], _told);
    }

    [Fact]
    [Trait("Behaviour", "B27")]
    public void AnOutsideCancel_ReachesFiveChildrenWithItsReason()
    {
        BackgroundTask task = _window.Run(async task => await task.RunGroupAsync(async group =>
        {
            for (int i = 0; i < 5; i++)
            {
                group.Run(async child =>
                {
                    try
                    {
                        await child.Delay(Hour);
                    }
                    finally
                    {
                        _told.Add(child.CancelReason!.Message);
                    }
                });
            }

            await Task.Yield();
        }));
        _loop.RunUntilIdle();

        Task<CloseReport> close = _window.CloseAsync("The window was closed.");
        _loop.RunUntilEnded(close);

        Assert.Equal(Enumerable.Repeat("The window was closed.", 5), _told);
        Assert.Equal("The window was closed.", Assert.IsType<BackgroundTaskCanceledException>(ErrorOf(task)).Reason.Message);
    }

    [Fact]
    [Trait("Behaviour", "B30")]
    public void AnErrorThatPassesThreeLevelsUnhandled_IsReportedOnce()
    {
        var told = new List<string>();
        _window.Faulted += fault => told.Add(fault.Name);

        _window.Run(
            async parent => await parent.RunGroupAsync(async outer => await outer.Run(
                async child => await child.RunGroupAsync(async inner => await inner.Run(() => FailAsync("No disk."))))),
            new TaskOptions { Name = "Parent" });
        _loop.RunUntilIdle();

        Assert.Equal(["Parent"], told);
    }

    [Fact]
    [Trait("Behaviour", "B30")]
    public void AnErrorOfADroppedChild_IsReportedOnceByTheTask()
    {
        var told = new List<string>();
        _window.Faulted += fault => told.Add(fault.Name);

        _window.Run(
            async task => await task.RunGroupAsync(group =>
            {
                group.Run(() => FailAsync("No disk."));
                return Task.CompletedTask;
            }),
            new TaskOptions { Name = "Parent" });
        _loop.RunUntilIdle();

        Assert.Equal(["Parent"], told);
    }

    [Fact]
    public void Report_InTheBlock_IsTheProgressOfTheTask()
    {
        BackgroundTask task = _window.Run(async task => await task.RunGroupAsync(async group =>
        {
            group.Report(0.5);
            await group.Delay(Hour);
        }));
        _loop.RunUntilIdle();

        Assert.Equal(0.5, task.Progress.Fraction);
    }

    private static Exception? ErrorOf(BackgroundTask task) => Record.Exception(() => task.GetAwaiter().GetResult());

    private static async Task FailAsync(string message)
    {
        await Task.Yield();
        throw new InvalidOperationException(message);
    }

    private static async Task FailAtTheEndAsync(TaskContext task, string message)
    {
        try
        {
            await task.Delay(Hour);
        }
        catch (OperationCanceledException)
        {
            throw new InvalidOperationException(message);
        }
    }

    private async Task NoteAsync(TaskContext task, TimeSpan after, string name)
    {
        await task.Delay(after);
        _told.Add(name);
    }

    private async Task WaitAsync(string name, TaskContext task)
    {
        try
        {
            await task.Delay(Hour);
        }
        finally
        {
            _told.Add(name);
        }
    }
}
