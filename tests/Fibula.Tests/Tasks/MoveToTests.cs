using Fibula.Diagnostics;
using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Tasks;

public sealed class MoveToTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _app;
    private readonly TaskScope _window;
    private readonly TaskScope _other;
    private readonly List<string> _told = [];

    public MoveToTests()
    {
        _app = new TaskScope(_loop, "app");
        _window = _app.CreateChild("window");
        _other = _app.CreateChild("other");
        _window.Faulted += fault => Note(fault, "window");
        _other.Faulted += fault => Note(fault, "other");
    }

    [Fact]
    [Trait("Behaviour", "B21")]
    public void MoveTo_ChangesOwnershipCancellationAndFaultRoute()
    {
        var work = new TaskCompletionSource();
        BackgroundTask task = _window.Run(() => work.Task, new TaskOptions { Name = "Import" });

        bool hasMoved = task.MoveTo(_other);
        _window.Cancel();
        Task<CloseReport> close = _window.CloseAsync();
        _loop.RunUntilEnded(close);
        work.SetException(new InvalidOperationException());
        _loop.RunUntil(() => _told.Count > 0);

        Assert.True(hasMoved);
        Assert.Same(_other, task.Scope);
        Assert.Null(task.CancelReason);
        Assert.Equal((0, 0), (close.Result.StartedCount, close.Result.LostCount));
        Assert.Equal(["Import of other"], _told);
    }

    [Fact]
    [Trait("Behaviour", "B21")]
    public void MoveTo_IntoADeeperScope_CountsForThatAndThoseAroundItOnce()
    {
        TaskScope tab = _other.CreateChild("tab");
        BackgroundTask task = _window.Run(task => task.Delay(Hour));

        task.MoveTo(tab);
        Task<CloseReport>[] closes = [tab.CloseAsync(), _other.CloseAsync(), _window.CloseAsync(), _app.CloseAsync()];
        _loop.RunUntilEnded(Task.WhenAll(closes));

        Assert.Equal([(1, 0), (1, 0), (0, 0), (1, 0)], closes.Select(close => (close.Result.StartedCount, close.Result.LostCount)));
    }

    [Fact]
    [Trait("Behaviour", "B21")]
    public void MoveTo_IntoADeeperScopeAndBack_CountsForTheScopeAroundBothOnce()
    {
        TaskScope tab = _window.CreateChild("tab");
        BackgroundTask task = _window.Run(task => task.Delay(Hour));

        task.MoveTo(tab);
        task.MoveTo(_window);
        Task<CloseReport>[] closes = [tab.CloseAsync(), _window.CloseAsync()];
        _loop.RunUntilEnded(Task.WhenAll(closes));

        Assert.Equal([(0, 0), (1, 0)], closes.Select(close => (close.Result.StartedCount, close.Result.LostCount)));
    }

    [Fact]
    [Trait("Behaviour", "B21")]
    public void MoveTo_OfAParent_LeavesAChildWhereItHasMovedItself()
    {
        BackgroundTask? child = null;
        BackgroundTask parent = _window.Run(task => (child = task.Run(inner => inner.Delay(Hour))).AsTask());
        child!.MoveTo(_other);

        parent.MoveTo(_app);

        Assert.Equal((_app, _other), (parent.Scope, child.Scope));
    }

    [Fact]
    [Trait("Behaviour", "B21")]
    public void MoveTo_OutOfAScopeThatCloses_EndsItsClose()
    {
        BackgroundTask task = _window.Run(task => task.Delay(Hour), new TaskOptions { OnClose = ClosePolicy.Finish(Hour) });
        Task<CloseReport> close = _window.CloseAsync();
        _loop.RunUntilIdle();

        bool hasMoved = task.MoveTo(_app);
        _loop.RunUntilIdle();

        Assert.True(hasMoved);
        Assert.True(close.IsCompletedSuccessfully);
        Assert.Empty(close.Result.Survivors);
        Assert.Equal(BackgroundTaskState.Running, task.State);
    }

    [Fact]
    [Trait("Behaviour", "B21")]
    public void MoveTo_OfATaskThatWasTold_IsFalse()
    {
        BackgroundTask task = _window.Run(async task => await task.Delay(Hour));
        task.Cancel();

        Assert.False(task.MoveTo(_other));
        Assert.Same(_window, task.Scope);
    }

    [Fact]
    [Trait("Behaviour", "B21")]
    public void MoveTo_OfATaskThatHasEnded_IsFalse()
    {
        BackgroundTask task = _window.Run(() => Task.CompletedTask);

        Assert.False(task.MoveTo(_other));
    }

    [Fact]
    [Trait("Behaviour", "B21")]
    public void MoveTo_IntoAClosedScope_IsFalse()
    {
        BackgroundTask task = _window.Run(task => task.Delay(Hour));
        _loop.RunUntilEnded(_other.CloseAsync());

        Assert.False(task.MoveTo(_other));
        Assert.Same(_window, task.Scope);
        Assert.Equal(BackgroundTaskState.Running, task.State);
    }

    [Fact]
    [Trait("Behaviour", "B21")]
    public void MoveTo_ChildrenMoveAlong()
    {
        BackgroundTask? child = null;
        BackgroundTask? grandchild = null;
        BackgroundTask task = _window.Run(async task =>
        {
            child = task.Run(async child =>
            {
                grandchild = child.Run(grandchild => grandchild.Delay(Hour));
                await child.Delay(Hour);
            });
            await task.Delay(Hour);
        });

        task.MoveTo(_other);
        _loop.RunUntilEnded(_window.CloseAsync());

        Assert.Equal((_other, _other), (child!.Scope, grandchild!.Scope));
        Assert.Equal(BackgroundTaskState.Running, grandchild.State);
        Assert.Equal(3, _other.Snapshot().Tasks.Count);
    }

    [Fact]
    [Trait("Behaviour", "B19")]
    [Trait("Behaviour", "B21")]
    public void Current_FollowsTheTask()
    {
        TaskScope? seen = null;
        BackgroundTask task = _window.Run(async task =>
        {
            await task.Delay(TimeSpan.FromSeconds(1));
            seen = TaskScope.Current;
        });

        task.MoveTo(_other);
        _loop.RunUntilEnded(task);

        Assert.Same(_other, seen);
    }

    [Fact]
    [Trait("Behaviour", "B21")]
    public void MoveTo_AnotherLoop_SaysWhatToDo()
    {
        var far = new TaskScope(StartedLoop.Create(), "far");
        BackgroundTask task = _window.Run(task => task.Delay(Hour), new TaskOptions { Name = "Load" });

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => task.MoveTo(far));

        Assert.Equal("'Load' cannot move to 'far', which belongs to another app or loop. Start it there instead.", error.Message);
    }

    [Fact]
    [Trait("Behaviour", "B21")]
    public void MoveTo_OfAGroupsChild_SaysWhatToDo()
    {
        BackgroundTask? child = null;
        _window.Run(async task => await task.RunGroupAsync(
            group =>
            {
                child = group.Run(child => child.Delay(Hour), new TaskOptions { Name = "Part" });
                return Task.CompletedTask;
            },
            new TaskOptions { Name = "Whole" }));

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => child!.MoveTo(_other));

        Assert.Equal("'Part' belongs to 'Whole' and moves with it only. Move that.", error.Message);
    }

    [Fact]
    [Trait("Behaviour", "B21")]
    public void MoveTo_OfATaskThatIsNotReady_SaysWhatToDo()
    {
        BackgroundTask? started = null;
        _window.TaskStarted += task => started = task;
        _ = _window.StartAsync<int>((task, _) => task.Delay(Hour), new TaskOptions { Name = "Serve" });

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => started!.MoveTo(_other));

        Assert.Equal("'Serve' is not ready yet. Await StartAsync, then move it.", error.Message);
    }

    private void Note(TaskFault fault, string where)
    {
        fault.Handled = true;
        _told.Add($"{fault.Name} of {where}");
    }
}
