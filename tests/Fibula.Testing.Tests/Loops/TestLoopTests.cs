using System.Diagnostics;
using System.Security.Cryptography;

namespace Fibula.Testing.Tests.Loops;

public sealed class TestLoopTests : IDisposable
{
    private readonly TestLoop _loop = new();
    private readonly TaskScope _tasks;

    public TestLoopTests()
    {
        _tasks = new TaskScope(_loop, "test");
    }

    private TimeSpan Now => TimeSpan.FromTicks(_loop.TimeProvider.GetTimestamp());

    public void Dispose() => _loop.End();

    [Fact, Trait("Behaviour", "B75")]
    public void RunUntilEnded_450VirtualSeconds_TakeUnderARealSecond()
    {
        TimeSpan start = Now;

        // The fastest of three: what a busy machine adds is not the loop's.
        TimeSpan real = Enumerable.Range(0, 3).Min(_ =>
        {
            var watch = Stopwatch.StartNew();
            _loop.RunUntilEnded(_tasks.Run(SleepAsync));
            return watch.Elapsed;
        });

        Assert.Equal(TimeSpan.FromSeconds(3 * 450), Now - start);
        Assert.InRange(real, TimeSpan.Zero, TimeSpan.FromSeconds(1));

        static async Task SleepAsync(TaskContext task)
        {
            for (int second = 0; second < 450; second++)
            {
                await task.Delay(TimeSpan.FromSeconds(1));
            }
        }
    }

    [Fact, Trait("Behaviour", "B75")]
    public void RunUntilEnded_DelayOnTheLoopsTimeProvider_IsVirtualToo()
    {
        TimeSpan start = Now;

        _loop.RunUntilEnded(Task.Delay(TimeSpan.FromDays(1), _loop.TimeProvider));

        Assert.Equal(TimeSpan.FromDays(1), Now - start);
    }

    [Fact]
    public void Close_WithCallbacksThatTakeRealTime_TellsAllTasksAtOnce()
    {
        BackgroundTask[] tasks = [.. Enumerable.Range(0, 5).Select(_ => _tasks.Run(async task =>
        {
            using CancellationTokenRegistration slow = task.CancellationToken.Register(static () => SHA256.HashData(new byte[5_000_000]));
            await new TaskCompletionSource().Task;
        }))];

        _ = _tasks.CloseAsync();

        Assert.All(tasks, task => Assert.NotNull(task.CancelReason));
    }

    [Fact, Trait("Behaviour", "B75")]
    public void RunUntilEnded_WakeUpsWithNothingToDo_AreNotTakenForIdleness()
    {
        _tasks.Run(task => task.Delay(TimeSpan.FromHours(1)));
        TimeSpan start = Now;
        BackgroundTask hops = _tasks.Run(async task =>
        {
            for (int hop = 0; hop < 100; hop++)
            {
                // The second of two posts leaves a wake-up behind that finds nothing to do.
                _loop.Post(() => { });
                _loop.Post(() => { });
                await task.SwitchToThreadPoolAsync();
                await task.SwitchToUiAsync();
            }
        });

        _loop.RunUntilEnded(hops);

        Assert.Equal(TimeSpan.Zero, Now - start);
    }

    [Fact]
    public void RunUntilEnded_SeveralDelays_EndInTheOrderTheyAreDue()
    {
        List<int> order = [];
        BackgroundTask last = _tasks.Run(task => DelayAsync(task, 3));
        _tasks.Run(task => DelayAsync(task, 1));
        _tasks.Run(task => DelayAsync(task, 2));

        _loop.RunUntilEnded(last);

        Assert.Equal([1, 2, 3], order);

        async Task DelayAsync(TaskContext task, int seconds)
        {
            await task.Delay(TimeSpan.FromSeconds(seconds));
            order.Add(seconds);
        }
    }

    [Fact]
    public void RunUntilEnded_TaskThatFails_DoesNotThrow()
    {
        BackgroundTask task = _tasks.Run(async task =>
        {
            await task.Delay(TimeSpan.FromSeconds(1));
            throw new InvalidOperationException("No disk.");
        });

        _loop.RunUntilEnded(task);
        _loop.RunUntilIdle();

        Assert.Equal(BackgroundTaskState.Faulted, task.State);
        Assert.Equal("No disk.", Assert.Single(_loop.UnhandledFaults).Exception.Message);
    }

    [Fact]
    public void UnhandledFaults_ReadBeforeAnotherFault_StayAsTheyWere()
    {
        _tasks.Run(() => throw new IOException("first"));
        _loop.RunUntilIdle();
        IReadOnlyList<TaskFault> faults = _loop.UnhandledFaults;

        _tasks.Run(() => throw new IOException("second"));
        _loop.RunUntilIdle();

        Assert.Equal("first", Assert.Single(faults).Exception.Message);
        Assert.Equal(["first", "second"], _loop.UnhandledFaults.Select(fault => fault.Exception.Message));
    }

    [Fact]
    public void RunUntilEnded_PoolWorkWithoutATimer_IsWaitedFor()
    {
        using var begun = new ManualResetEventSlim();
        BackgroundTask<int> task = _tasks.RunOnThreadPool(() =>
        {
            begun.Wait();
            return 42;
        });
        var starter = new Thread(begun.Set);
        starter.Start();

        _loop.RunUntilEnded(task);

        Assert.Equal(BackgroundTaskState.Succeeded, task.State);
    }

    [Fact]
    public void RunUntilEnded_OwnedTaskThatNeverEnds_ThrowsAndExplainsTheTask()
    {
        _loop.Patience = TimeSpan.FromMilliseconds(20);
        BackgroundTask task = _tasks.Run(() => new TaskCompletionSource().Task, new TaskOptions { Name = "Import" });

        var stuck = Assert.Throws<TimeoutException>(() => _loop.RunUntilEnded(task));

        Assert.Contains("is left. 'Import' ", stuck.Message, StringComparison.Ordinal);
        Assert.EndsWith(" in 'test' and waits for something outside Fibula.", stuck.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RunUntilEnded_WhatNeverHappens_ThrowsAndSaysSo()
    {
        _loop.Patience = TimeSpan.FromMilliseconds(20);

        var stuck = Assert.Throws<TimeoutException>(() => _loop.RunUntilEnded(new TaskCompletionSource().Task));

        Assert.Equal("The test waits for something that never happens: no post, no timer and no work on the thread pool is left.", stuck.Message);
    }

    [Fact, Trait("Behaviour", "B75")]
    public void RunUntilEnded_OnlyRepeatedWorkGoesOn_ThrowsAndNamesIt()
    {
        _loop.Patience = TimeSpan.FromMilliseconds(50);
        BackgroundTask poll = _tasks.RunEvery(TimeSpan.FromMinutes(1), () => Task.CompletedTask, new TaskOptions { Name = "Poll" });

        var stuck = Assert.Throws<TimeoutException>(() => _loop.RunUntilEnded(new TaskCompletionSource().Task));

        Assert.StartsWith("The test has run for 0.05 s of real time, and what it waits for has not happened, although virtual time has gone on by ", stuck.Message, StringComparison.Ordinal);
        Assert.Contains("Live tasks: 'Poll' in 'test' (waits for ", stuck.Message, StringComparison.Ordinal);
        Assert.Contains("A timer is due in 60 s.", stuck.Message, StringComparison.Ordinal);
        Assert.False(poll.IsCompleted);
    }

    [Fact, Trait("Behaviour", "B75")]
    public void RunUntil_PostsThatNeverEnd_ThrowsAndSaysThatTimeStoodStill()
    {
        _loop.Patience = TimeSpan.FromMilliseconds(50);
        void PostAgain() => _loop.Post(PostAgain);
        PostAgain();

        var stuck = Assert.Throws<TimeoutException>(() => _loop.RunUntil(() => false));

        Assert.Contains("although virtual time has gone on by 0 s.", stuck.Message, StringComparison.Ordinal);
    }

    [Fact, Trait("Behaviour", "B75")]
    public void RunUntilEnded_OfWorkThatEnds_NeedsNoPatience()
    {
        _loop.Patience = TimeSpan.Zero;
        TimeSpan start = Now;
        _tasks.RunEvery(TimeSpan.FromMinutes(1), () => Task.CompletedTask);

        _loop.RunUntilEnded(_tasks.Run(task => task.Delay(TimeSpan.FromMinutes(10))));

        Assert.Equal(TimeSpan.FromMinutes(10), Now - start);
    }

    [Fact]
    public void Advance_RunsWhatBecomesDueAndNothingElse()
    {
        BackgroundTask due = _tasks.Run(task => task.Delay(TimeSpan.FromMinutes(4)));
        BackgroundTask later = _tasks.Run(task => task.Delay(TimeSpan.FromMinutes(6)));
        TimeSpan start = Now;

        _loop.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(TimeSpan.FromMinutes(5), Now - start);
        Assert.Equal(BackgroundTaskState.Succeeded, due.State);
        Assert.Equal(BackgroundTaskState.Running, later.State);
    }

    [Fact]
    public void RunUntilIdle_DoesNotMoveTheClock()
    {
        TimeSpan start = Now;
        BackgroundTask waiting = _tasks.Run(task => task.Delay(TimeSpan.FromMilliseconds(1)));
        bool ran = false;
        _loop.Post(() => _loop.Post(() => ran = true));

        _loop.RunUntilIdle();

        Assert.True(ran);
        Assert.Equal(TimeSpan.Zero, Now - start);
        Assert.Equal(BackgroundTaskState.Running, waiting.State);
    }

    [Fact]
    public void Run_OnAnotherThread_ThrowsAndNamesBoth()
    {
        InvalidOperationException? error = null;
        int thread = 0;
        var other = new Thread(() =>
        {
            thread = Environment.CurrentManagedThreadId;
            error = Assert.Throws<InvalidOperationException>(_loop.RunUntilIdle);
        });
        other.Start();
        other.Join();

        Assert.Equal(
            $"The test loop belongs to thread {Environment.CurrentManagedThreadId}, but is run on thread {thread}. Run it where it was created, in a test that is not async.",
            error!.Message);
    }

    [Fact]
    public void End_TellsLiveTasksAndTakesNoPosts()
    {
        BackgroundTask task = _tasks.Run(task => task.Delay(TimeSpan.FromHours(1)));
        _loop.RunUntilIdle();

        _loop.End();

        Assert.NotNull(task.CancelReason);
        Assert.False(_loop.Post(() => { }));
    }

    [Fact, Trait("Behaviour", "B75")]
    public void RunUntilEnded_OnTheSystemsClock_WaitsForRealWorkBeforeADeadline()
    {
        var loop = new TestLoop(TimeProvider.System);
        var scope = new TaskScope(loop, "window");
        BackgroundTask work = scope.RunOnThreadPool(async task =>
        {
            // A thread of its own, which no look at the pool could tell, and which takes its time to stop.
            await Task.Factory.StartNew(() => StopSlowly(task.CancellationToken), default, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            task.CancellationToken.ThrowIfCancellationRequested();
        });
        loop.RunUntil(() => work.State == BackgroundTaskState.Running);

        Task<CloseReport> close = scope.CloseAsync();
        loop.RunUntilEnded(close);
        loop.End();

        Assert.Equal(BackgroundTaskState.Canceled, work.State);

        static void StopSlowly(CancellationToken cancellationToken)
        {
            cancellationToken.WaitHandle.WaitOne();
            SHA256.HashData(new byte[50_000_000]);
        }
    }

    [Fact]
    public void Advance_OnAClockThatWasGiven_SaysWhatToDo()
    {
        var loop = new TestLoop(TimeProvider.System);

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => loop.Advance(TimeSpan.FromSeconds(1)));
        loop.End();

        Assert.Contains("create the loop without one", error.Message);
    }
}
