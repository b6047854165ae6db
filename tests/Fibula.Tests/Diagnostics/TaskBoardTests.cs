using System.Runtime.CompilerServices;
using Fibula.Diagnostics;
using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Diagnostics;

public sealed class TaskBoardTests
{
    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _app;
    private readonly TaskScope _window;

    public TaskBoardTests()
    {
        _app = new TaskScope(_loop, "app");
        _window = _app.CreateChild("window");
    }

    [Fact]
    public void Rows_FollowWhatLives()
    {
        using var board = new TaskBoard(_app);
        var finish = new TaskCompletionSource();

        _window.Run(() => finish.Task, new TaskOptions { Name = "Import" });
        _loop.RunUntilIdle();
        TaskSnapshot row = Assert.Single(board.Rows);
        finish.SetResult();
        _loop.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(("Import", "window", BackgroundTaskState.Running), (row.Name, row.ScopeName, row.State));
        Assert.Empty(board.Rows);
    }

    [Fact]
    public void Rows_ShowProgressAgeAndReason()
    {
        using var board = new TaskBoard(_app);
        BackgroundTask task = _window.Run(async task =>
        {
            task.Report(0.5, "hashing");
            await new TaskCompletionSource().Task;
        });

        _loop.Advance(TimeSpan.FromSeconds(3));
        task.Cancel("Enough.");
        _loop.Advance(TimeSpan.FromSeconds(1));

        TaskSnapshot row = Assert.Single(board.Rows);
        Assert.Equal(("50 % · hashing", "Enough.", BackgroundTaskState.Canceling), (row.Progress.ToString(), row.Reason!.Message, row.State));
        Assert.InRange(row.Age, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(4));
        Assert.Equal("something outside Fibula", row.WaitsFor);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Behaviour", "B79")]
    public void Rows_TaskStoppedByATokenOfItsOwn_StaysForTenSeconds(bool showsTime)
    {
        using var board = new TaskBoard(_app, showsTime: showsTime);
        using var elsewhere = new TaskBoard(_app.CreateChild("elsewhere"), showsTime: showsTime);
        using var own = new CancellationTokenSource();
        _window.Run(() => Task.Delay(Timeout.InfiniteTimeSpan, own.Token), new TaskOptions { Name = "Search" });
        _loop.Advance(TimeSpan.FromSeconds(2));

        own.Cancel();
        _loop.Advance(TimeSpan.FromSeconds(9));

        TaskSnapshot row = Assert.Single(board.Rows);
        Assert.Equal((BackgroundTaskState.Canceled, string.Empty), (row.State, row.WaitsFor));
        Assert.Equal("Search: stopped by a token of its own (window)", TaskText.Subject(row));
        Assert.Equal("0:02", TaskText.Time(row.Age));
        Assert.Equal("No task is running.", TaskText.Summary(board.Rows));
        Assert.Empty(elsewhere.Rows);
        _loop.Advance(TimeSpan.FromSeconds(2));
        Assert.Empty(board.Rows);
    }

    [Fact]
    [Trait("Behaviour", "B79")]
    public void Rows_ManyTasksStoppedByATokenOfTheirOwn_AreTheLastFiveBehindWhatRuns()
    {
        using var board = new TaskBoard(_app);
        using var own = new CancellationTokenSource();
        for (int search = 1; search <= 7; search++)
        {
            _window.Run(() => Task.Delay(Timeout.InfiniteTimeSpan, own.Token), new TaskOptions { Name = $"Search {search}" });
        }

        _window.Run(() => new TaskCompletionSource().Task, new TaskOptions { Name = "Import" });
        _loop.RunUntilIdle();

        own.Cancel();
        _loop.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(("Import", 6), (board.Rows[0].Name, board.Rows.Count));
        Assert.Equal("1 task is running.", TaskText.Summary(board.Rows));
        int id = board.Rows[1].Id;
        Assert.False(board.Cancel(id));
        _loop.Advance(TimeSpan.FromSeconds(1));
        Assert.DoesNotContain(board.Rows, row => row.Id == id);
        Assert.Equal(5, board.Rows.Count);
    }

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 0)]
    public void Changed_WhileNothingButTimeGoesOn_IsRaisedEachSecondWhereTimeIsShown(bool showsTime, int expected)
    {
        using var board = new TaskBoard(_app, showsTime: showsTime);
        var finish = new TaskCompletionSource();
        _window.Run(() => finish.Task);
        _loop.Advance(TimeSpan.FromMilliseconds(500));
        List<string> times = [];
        board.Changed += () => times.AddRange(board.Rows.Select(task => TaskText.Time(task.Age)));

        _loop.Advance(TimeSpan.FromSeconds(3));
        finish.SetResult();
        _loop.Advance(TimeSpan.FromHours(1));

        Assert.Equal(new[] { "0:01", "0:02", "0:03" }.Take(expected), times);
    }

    [Theory]
    [InlineData(0, "0:00")]
    [InlineData(65, "1:05")]
    [InlineData(360_000, "100:00:00")]
    public void Time_OfATask_IsTold(int seconds, string expected) => Assert.Equal(expected, TaskText.Time(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Changed_ManyChanges_IsRaisedOncePerInterval()
    {
        using var board = new TaskBoard(_app, TimeSpan.FromSeconds(1));
        int changes = 0;
        bool onUi = true;
        board.Changed += () =>
        {
            changes++;
            onUi &= _loop.CheckAccess();
        };
        _loop.RunUntilIdle();

        BackgroundTask task = _window.Run(CountAsync);
        _loop.RunUntilEnded(task);
        _loop.Advance(TimeSpan.FromSeconds(1));

        Assert.InRange(changes, 10, 12);
        Assert.True(onUi);
        Assert.Empty(board.Rows);

        static async Task CountAsync(TaskContext task)
        {
            for (int i = 0; i < 1000; i++)
            {
                task.Advance();
                await task.Delay(TimeSpan.FromMilliseconds(10));
            }
        }
    }

    [Fact]
    public void Cancel_ByTheIdOfARow_TellsThatTask()
    {
        using var board = new TaskBoard(_app);
        BackgroundTask one = _window.Run(task => task.Delay(TimeSpan.FromHours(1)), new TaskOptions { Name = "one" });
        BackgroundTask two = _window.Run(task => task.Delay(TimeSpan.FromHours(1)), new TaskOptions { Name = "two" });
        _loop.RunUntilIdle();
        int id = board.Rows.Single(row => row.Name == "two").Id;

        bool wasThere = board.Cancel(id);
        _loop.RunUntilEnded(two);

        Assert.True(wasThere);
        Assert.Equal("'two' was canceled in the task list.", two.CancelReason!.Message);
        Assert.Equal(BackgroundTaskState.Running, one.State);
        Assert.False(board.Cancel(id));
    }

    [Fact]
    public void Rows_OfAChildScope_LeaveOutTheOthers()
    {
        using var board = new TaskBoard(_window);
        _app.Run(() => new TaskCompletionSource().Task, new TaskOptions { Name = "of the app" });
        _window.Run(() => new TaskCompletionSource().Task, new TaskOptions { Name = "of the window" });

        _loop.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("of the window", Assert.Single(board.Rows).Name);
    }

    [Fact]
    public void Rows_OfTheRoot_KeepSurvivorsOfClosedScopes()
    {
        using var board = new TaskBoard(_app);
        var finish = new TaskCompletionSource();
        _window.Run(() => finish.Task, new TaskOptions { Name = "stubborn" });

        _loop.RunUntilEnded(_window.CloseAsync());
        _loop.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("stubborn", Assert.Single(board.Rows).Name);
        finish.SetResult();
        _loop.Advance(TimeSpan.FromSeconds(1));

        Assert.Empty(board.Rows);
    }

    [Fact]
    public void Dispose_StopsFollowing()
    {
        var board = new TaskBoard(_app);
        _loop.RunUntilIdle();
        int changes = 0;
        board.Changed += () => changes++;

        board.Dispose();
        _window.Run(() => new TaskCompletionSource().Task);
        _loop.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(0, changes);
    }

    [Fact]
    public void AfterTheLoopHasEnded_NothingIsRaised()
    {
        using var board = new TaskBoard(_app);
        var finish = new TaskCompletionSource();
        _window.Run(async () => await finish.Task.ConfigureAwait(false));
        _loop.Advance(TimeSpan.FromSeconds(1));
        int changes = 0;
        board.Changed += () => Interlocked.Increment(ref changes);

        _loop.End();
        finish.SetResult();
        PassThePool();

        Assert.Equal(0, changes);
    }

    [Fact]
    [Trait("Behaviour", "B14")]
    public void Rows_HoldTextOnly()
    {
        using var board = new TaskBoard(_app);

        WeakReference result = RunAndForget();
        Collector.Collect();

        Assert.NotEmpty(board.Rows);
        Assert.False(result.IsAlive);
    }

    // What was queued on the pool before has run once this item has: all of them are of the same queue.
    private static void PassThePool()
    {
        for (int i = 0; i < Environment.ProcessorCount * 4; i++)
        {
            using var passed = new ManualResetEventSlim();
            ThreadPool.UnsafeQueueUserWorkItem(static passed => passed.Set(), passed, preferLocal: false);
            Assert.True(passed.Wait(TimeSpan.FromSeconds(30)));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference RunAndForget()
    {
        object result = new();
        var finish = new TaskCompletionSource<object>();
        _window.Run(() => finish.Task);
        _loop.RunUntilIdle();
        finish.SetResult(result);
        return new WeakReference(result);
    }
}
