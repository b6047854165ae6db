namespace Fibula.Testing;

/// <summary>What is left once the loop has ended: posts are refused, work cleans up on the thread pool.</summary>
internal static class EndedPromises
{
    [Behaviour("B57")]
    public static async Task AfterTheEndPostIsFalseAndPostsNeverRun(LoopTrial trial)
    {
        await trial.StartAsync();
        bool isRun = false;
        await trial.LeaveAsync();

        Expect.False(trial.Loop.Post(() => isRun = true), "The loop has ended, and Post has said true.");
        Expect.False(trial.App.Post(() => isRun = true), "The loop has ended, and the app's Post has said true.");
        Expect.Equal(
            BackgroundTaskState.Canceled,
            trial.Tasks.Run(() =>
            {
                isRun = true;
                return Task.CompletedTask;
            }).State,
            "The loop has ended, and a task was taken.");
        PoolFence.Pass();
        Expect.False(isRun, "Something was run that came after the loop's end.");
    }

    [Behaviour("B57", LoopFeature.OwnContext)]
    public static async Task WorkThatOutlivesTheLoopResumesOnThePoolWithItsTokenSignaled(LoopTrial trial)
    {
        await trial.StartAsync();
        trial.Tasks.CloseGrace = TimeSpan.Zero;
        var survivor = new Survivor(trial.Loop);
        BackgroundTask task = survivor.StartIn(trial.Tasks);
        await Expect.HappensAsync(survivor.Waits, "A task did not run.");

        await trial.LeaveAsync();
        Expect.Sequence([task.Name], trial.Report.Survivors.Select(static entry => entry.Name), "The close report does not name the task that lives on.");
        Expect.Equal(BackgroundTaskState.Canceling, task.State, "A task that outlives the loop is in the wrong state.");
        survivor.GoOn();
        await Expect.EndsAsync(task);

        Expect.Equal(true, survivor.WasTold, "A task that outlived the loop went on without its token signaled.");
        Expect.True(survivor.WasOnPool, "A task that outlived the loop did not go on on the thread pool.");
        Expect.True(survivor.IsCleanedUp, "The finally of a task that outlived the loop did not run.");
    }

    [Behaviour("B57", LoopFeature.SuddenEnd, LoopFeature.OwnContext)]
    public static async Task WhatIsQueuedWhenTheLoopEndsResumesOnThePoolAndPostsAreDropped(LoopTrial trial)
    {
        await trial.StartAsync();
        bool isPostRun = false;

        // The first to be told takes its time, so that whoever went on before it was told is seen.
        BackgroundTask slow = trial.Tasks.Run(static async task =>
        {
            await using CancellationTokenRegistration registration = task.CancellationToken.Register(PoolFence.Pass);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, task.CancellationToken);
        });
        List<Survivor> survivors = [.. Enumerable.Range(0, 20).Select(_ => new Survivor(trial.Loop))];
        List<BackgroundTask> tasks = [.. survivors.Select(survivor => survivor.StartIn(trial.Tasks))];
        await Expect.HappensAsync(Task.WhenAll(survivors.Select(static survivor => survivor.Waits)), "A task did not run.");

        using (await trial.HoldUiAsync())
        {
            trial.Loop.Post(() => isPostRun = true);
            survivors.ForEach(static survivor => survivor.GoOn());
            PoolFence.Pass();
            trial.Host.EndByItself();
        }

        await Expect.HappensAsync(trial.Ended, "The host has ended its loop, and its thread is not done.");
        await Task.WhenAll(tasks.Append(slow).Select(Expect.EndsAsync));

        Expect.False(isPostRun, "A post that was queued when the loop ended was run.");
        Expect.True(survivors.TrueForAll(static survivor => survivor.WasOnPool), "What was to resume when the loop ended did not do so on the thread pool.");
        Expect.True(survivors.TrueForAll(static survivor => survivor.WasTold == true), "What was to resume when the loop ended went on without its token signaled.");
        Expect.True(survivors.TrueForAll(static survivor => survivor.IsCleanedUp), "The finally of what was to resume when the loop ended did not run.");
    }

    [Behaviour("B57")]
    public static async Task ManyPostersDuringTheEndAreToldTheTruth(LoopTrial trial)
    {
        await trial.StartAsync();
        int taken = 0, run = 0;
        bool isOver = false;
        var posting = Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            // No more than some are outstanding: the loop would be busy with these posts alone.
            while (!Volatile.Read(ref isOver) && (Volatile.Read(ref taken) - Volatile.Read(ref run) > 100 || trial.Loop.Post(() => Interlocked.Increment(ref run))))
            {
                Interlocked.Increment(ref taken);
            }
        })));

        await trial.LeaveAsync();
        int runAtTheEnd = Volatile.Read(ref run);
        isOver = true;
        await Expect.HappensAsync(posting, "Post did not return false after the loop's end, or did not return.");
        PoolFence.Pass();

        Expect.True(run <= taken, "More posts were run than were taken.");
        Expect.Equal(runAtTheEnd, run, "Posts were run after the loop's end.");
    }

    [Behaviour("B87")]
    public static async Task SwitchToUiThrowsOnceTheLoopHasEnded(LoopTrial trial)
    {
        await trial.StartAsync();
        trial.Tasks.CloseGrace = TimeSpan.Zero;
        var onUi = new Survivor(trial.Loop);
        var onPool = new Survivor(trial.Loop);
        BackgroundTask<string>[] tasks = [onUi.StartIn(trial.Tasks), onPool.StartIn(trial.Tasks, onPool: true)];
        await Expect.HappensAsync(Task.WhenAll(onUi.Waits, onPool.Waits), "A task did not run.");

        await trial.LeaveAsync();
        onUi.GoOn();
        onPool.GoOn();

        string[] thrown = await Expect.HappensAsync(Task.WhenAll(tasks.Select(static task => task.AsTask())), "A survivor did not end.");
        Expect.Sequence(
            Enumerable.Repeat(nameof(BackgroundTaskCanceledException), 2),
            thrown,
            "SwitchToUiAsync did not throw after the loop's end.");
    }
}
