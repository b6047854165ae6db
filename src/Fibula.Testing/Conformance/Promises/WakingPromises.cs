using Fibula.Diagnostics;

namespace Fibula.Testing;

/// <summary>How a post reaches a loop that sleeps or is busy.</summary>
internal static class WakingPromises
{
    private const int Rounds = 50;

    [Behaviour("B51")]
    public static Task AnIdleLoopRunsAPostSoon(LoopTrial trial) => WakesBeforeATimerAsync(trial, TimeSpan.FromMilliseconds(200));

    [Behaviour("B51", LoopFeature.ImmediateWake)]
    public static Task AnIdleLoopIsWokenAtOnce(LoopTrial trial) => WakesBeforeATimerAsync(trial, TimeSpan.FromMilliseconds(15));

    [Behaviour("B51")]
    public static async Task NobodyWaitsForABusyUiThread(LoopTrial trial)
    {
        await trial.StartAsync();
        BackgroundTask? task = null;

        using (await trial.HoldUiAsync())
        {
            var posting = Task.Run(() =>
            {
                for (int round = 0; round < 100; round++)
                {
                    trial.Loop.Post(static () => { });
                }

                task = trial.Tasks.Run(static () => Task.CompletedTask);
                trial.Loop.Context.Post(static _ => { }, null);
                trial.Tasks.Snapshot();
            });
            await Expect.HappensAsync(posting, "Posting to a busy UI thread has blocked the poster.");
            Expect.Equal(BackgroundTaskState.Queued, task!.State, "A task that waits for the busy UI thread is in the wrong state.");
        }

        await Expect.EndsAsync(task);
        Expect.Equal(BackgroundTaskState.Succeeded, task.State, "What was started while the UI thread was busy has not succeeded.");
    }

    [Behaviour("B54")]
    public static async Task ASinglePostCostsOneWakeUp(LoopTrial trial)
    {
        await trial.StartAsync();
        await trial.CalmAsync();
        long before = trial.Loop.TurnsRequested;

        for (int round = 0; round < Rounds; round++)
        {
            await trial.SettleAsync();
        }

        Expect.Equal(Rounds, trial.Loop.TurnsRequested - before, $"{Rounds} single posts, each to an idle loop, cost another number of wake-ups.");
    }

    [Behaviour("B54")]
    public static async Task ABurstCostsAtMostTwoWakeUps(LoopTrial trial)
    {
        await trial.StartAsync();

        (TimeSpan took, long cost) = await BurstAsync(trial);

        // A busy machine can take the processor away in the middle. A turn that is cut for that has lasted at least this long.
        int cuts = (int)(took / TimeSpan.FromMilliseconds(5));
        Expect.True(cost >= 1 && cost <= 2 + cuts, $"A burst of 1000 posts cost {cost} wake-ups, in {took.TotalMilliseconds:0.0} ms.");
    }

    [Behaviour("B54")]
    public static async Task TurnsDuringADelayCostNoFurtherWakeUps(LoopTrial trial)
    {
        const int Turns = 100;
        await trial.StartAsync();
        await trial.CalmAsync();
        long before = trial.Loop.TurnsRequested;

        BackgroundTask delay = await trial.OnUiAsync(() => trial.Tasks.Run(static async task => await task.Delay(TimeSpan.FromSeconds(0.5))));
        for (int turn = 1; turn < Turns; turn++)
        {
            await trial.SettleAsync();
        }

        await Expect.EndsAsync(delay);
        long cost = trial.Loop.TurnsRequested - before - Turns;
        Expect.True(cost is >= 0 and <= 1, $"A delay of 0.5 s with {Turns} turns of other work cost {cost} wake-ups besides those.");
    }

    // Most posts to an idle loop run before a timer that was set just before them. A busy machine delays both, and polling only the posts.
    private static async Task WakesBeforeATimerAsync(LoopTrial trial, TimeSpan time)
    {
        await trial.StartAsync();
        int late = 0;
        for (int round = 0; round < Rounds; round++)
        {
            using var timer = new CancellationTokenSource();
            var rings = Task.Delay(time, TimeProvider.System, timer.Token);
            late += await trial.OnUiAsync(() => rings.IsCompleted) ? 1 : 0;
            timer.Cancel();
        }

        Expect.True(late <= Rounds / 2, $"{late} of {Rounds} posts to an idle loop ran after a timer of {time.TotalMilliseconds:0} ms that was set just before.");
    }

    // What 1000 posts to a busy UI thread cost, with one more turn for what comes late; and how long they took once it was free.
    private static async Task<(TimeSpan Took, long Cost)> BurstAsync(LoopTrial trial)
    {
        long released, ended = 0, before, atLastPost = 0;
        await trial.CalmAsync();
        using (await trial.HoldUiAsync())
        {
            before = trial.Loop.TurnsRequested;
            await Task.Run(() =>
            {
                for (int index = 0; index < 999; index++)
                {
                    trial.Loop.Post(static () => { });
                }

                trial.Loop.Post(() =>
                {
                    ended = TimeProvider.System.GetTimestamp();
                    atLastPost = trial.Loop.TurnsRequested;
                });
            });
            released = TimeProvider.System.GetTimestamp();
        }

        await trial.SettleAsync();
        long afterwards = trial.Loop.TurnsRequested - 1;
        return (TimeProvider.System.GetElapsedTime(released, ended), Math.Max(atLastPost, afterwards) - before);
    }
}
