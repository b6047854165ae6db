namespace Fibula.Testing;

/// <summary>Turns are bounded and polite: nobody starves behind Fibula's work.</summary>
internal static class TurnPromises
{
    [Behaviour("B53", LoopFeature.RealTime)]
    public static async Task OtherWorkRunsBesideAPostThatRepostsItself(LoopTrial trial)
    {
        await trial.StartAsync();
        using var reposter = new Reposter(trial.Loop);
        await reposter.RunsAsync();

        BackgroundTask task = trial.Tasks.Run(static async task =>
        {
            for (int step = 0; step < 20; step++)
            {
                await Task.Yield();
                await task.Delay(TimeSpan.FromMilliseconds(1));
            }
        });
        await trial.SettleAsync();
        await Expect.HappensAsync(task.AsTask(), "A task did not go on beside a post that re-posts itself.");

        await reposter.RunsAsync();
    }

    [Behaviour("B53")]
    public static async Task TheAppLeavesBesideAPostThatRepostsItself(LoopTrial trial)
    {
        await trial.StartAsync();
        using var reposter = new Reposter(trial.Loop);
        await reposter.RunsAsync();
        BackgroundTask task = trial.Tasks.Run(static task => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, task.CancellationToken));

        await trial.LeaveAsync();

        Expect.Equal(BackgroundTaskState.Canceled, task.State, "A task was not canceled beside a post that re-posts itself.");
    }

    [Behaviour("B53", LoopFeature.Input)]
    public static async Task InputArrivesBesideAPostThatRepostsItself(LoopTrial trial)
    {
        await trial.StartAsync();
        using var reposter = new Reposter(trial.Loop);
        await reposter.RunsAsync();

        for (int times = 0; times < 3; times++)
        {
            var received = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            trial.Host.InjectInput(received.SetResult);
            await Expect.HappensAsync(received.Task, "Input did not arrive beside a post that re-posts itself.");
        }
    }

    [Behaviour("B53", LoopFeature.Paint)]
    public static async Task PaintGoesOnBesideAPostThatRepostsItself(LoopTrial trial)
    {
        await trial.StartAsync();
        using var reposter = new Reposter(trial.Loop);
        await reposter.RunsAsync();

        for (int times = 0; times < 3; times++)
        {
            await Expect.HappensAsync(trial.Host.RepaintAsync(), "Nothing was painted beside a post that re-posts itself.");
        }
    }

    [Behaviour("B53")]
    public static async Task EachRepostWaitsForATurnOfItsOwn(LoopTrial trial)
    {
        const int Reposts = 200;
        await trial.StartAsync();
        await trial.CalmAsync();
        long before = trial.Loop.TurnsRequested;

        using (var reposter = new Reposter(trial.Loop))
        {
            await reposter.RunsAsync(Reposts);
        }

        long turns = trial.Loop.TurnsRequested - before;
        Expect.True(turns >= Reposts, $"A post that re-posted itself {Reposts} times had {turns} turns.");
    }

    [Behaviour("B53")]
    public static async Task ALongBurstIsCutIntoSeveralTurns(LoopTrial trial)
    {
        await trial.StartAsync();
        await trial.CalmAsync();
        long before;
        using (await trial.HoldUiAsync())
        {
            before = trial.Loop.TurnsRequested;
            for (int index = 0; index < 30; index++)
            {
                trial.Loop.Post(static () => BeBusy(TimeSpan.FromMilliseconds(4)));
            }
        }

        await trial.SettleAsync();
        long turns = trial.Loop.TurnsRequested - before;
        Expect.True(turns >= 10, $"30 posts of 4 ms each were run in {turns} turns; none may go on for longer than 8 ms.");
    }

    [Behaviour("B53", LoopFeature.Input)]
    public static async Task InputArrivesAmidALongBurst(LoopTrial trial)
    {
        await trial.StartAsync();
        int done = 0;
        var received = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);

        using (await trial.HoldUiAsync())
        {
            for (int index = 0; index < 100; index++)
            {
                trial.Loop.Post(() =>
                {
                    BeBusy(TimeSpan.FromMilliseconds(4));
                    done++;
                });
            }

            trial.Host.InjectInput(() => received.SetResult(done));
        }

        int doneBefore = await Expect.HappensAsync(received.Task, "Input did not arrive amid a burst of posts.");
        Expect.True(doneBefore < 100, "Input had to wait for all of a burst of posts.");
        await trial.SettleAsync();
    }

    internal static void BeBusy(TimeSpan time)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < time)
        {
            Thread.SpinWait(100);
        }
    }
}
