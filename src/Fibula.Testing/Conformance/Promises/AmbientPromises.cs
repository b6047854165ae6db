namespace Fibula.Testing;

/// <summary>What flows with work, and what must not leak into other people's.</summary>
internal static class AmbientPromises
{
    [Behaviour("B81")]
    public static async Task TasksPostedInOneBurstSeeTheContextOfTheirOwnPoster(LoopTrial trial)
    {
        await trial.StartAsync();
        var tasks = new List<BackgroundTask<string>>();
        var posts = new List<string>();

        using (await trial.HoldUiAsync())
        {
            foreach (string mark in new[] { "red", "green", "blue" })
            {
                AmbientMark.OnANewThread(mark, () =>
                {
                    tasks.Add(trial.Tasks.Run(SeeTwiceAsync));
                    trial.Loop.Post(() => posts.Add(AmbientMark.Seen));
                    trial.App.Post(() => posts.Add(AmbientMark.Seen));
                });
            }
        }

        string[] seen = await Expect.HappensAsync(Task.WhenAll(tasks.Select(task => task.AsTask())), "A task of a burst did not run.");
        await trial.SettleAsync();

        Expect.Sequence(
            ["red red, red red", "green green, green green", "blue blue, blue blue"],
            seen,
            "Tasks posted from different threads do not see their own poster's context.");
        Expect.Sequence(Enumerable.Repeat(AmbientMark.Nothing, 6), posts, "A Post callback sees a poster's context.");
    }

    [Behaviour("B81")]
    public static async Task APostThatWakesTheLoopSeesNoContext(LoopTrial trial)
    {
        await trial.StartAsync();
        await trial.CalmAsync();
        var seen = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);

        AmbientMark.OnANewThread("red", () => trial.Loop.Post(() => seen.SetResult(AmbientMark.Seen)));

        Expect.Equal(AmbientMark.Nothing, await Expect.HappensAsync(seen.Task, "A posted callback did not run."), "A Post callback sees its poster's context.");
    }

    [Behaviour("B81")]
    public static async Task NothingThatACallbackSetsIsLeftForTheNext(LoopTrial trial)
    {
        await trial.StartAsync();
        var seen = new List<string>();

        using (await trial.HoldUiAsync())
        {
            trial.Loop.Post(static () => AmbientMark.Set("red"));
            trial.Loop.Post(() => seen.Add(AmbientMark.Seen));
            trial.Tasks.Run(() =>
            {
                seen.Add(AmbientMark.Seen);
                AmbientMark.Set("green");
                return Task.CompletedTask;
            });
            trial.Loop.Post(() => seen.Add(AmbientMark.Seen));
        }

        await trial.SettleAsync();
        seen.Add(await trial.OnUiAsync(static () => AmbientMark.Seen));

        Expect.Sequence(Enumerable.Repeat(AmbientMark.Nothing, 4), seen, "What one callback has set is seen by the next.");
    }

    [Behaviour("B81")]
    public static async Task TheCallerOfRunFindsItsOwnContextUnchanged(LoopTrial trial)
    {
        await trial.StartAsync();
        var own = new SynchronizationContext();

        await trial.OnUiAsync(() => RunAndLook("on the UI thread"));
        await Task.Run(() => RunAndLook("on the thread pool"));

        void RunAndLook(string where)
        {
            AmbientMark.Set("red");
            SynchronizationContext.SetSynchronizationContext(own);
            TaskScope? scope = TaskScope.Current;

            trial.Tasks.CreateChild("window").Run(() =>
            {
                AmbientMark.Set("green");
                SynchronizationContext.SetSynchronizationContext(trial.Loop.Context);
                return Task.CompletedTask;
            });
            trial.Tasks.RunOnThreadPool(static () => AmbientMark.Set("blue"));

            Expect.Equal("red red", AmbientMark.Seen, $"The caller of Run {where} finds its context changed.");
            Expect.True(SynchronizationContext.Current == own, $"The caller of Run {where} finds its SynchronizationContext changed.");
            Expect.True(TaskScope.Current == scope, $"The caller of Run {where} finds its TaskScope.Current changed.");
            SynchronizationContext.SetSynchronizationContext(null);
        }
    }

    [Behaviour("B81")]
    public static async Task ACallerOfRunThatHasSuppressedTheFlowFindsItStillSuppressed(LoopTrial trial)
    {
        await trial.StartAsync();

        await trial.OnUiAsync(() =>
        {
            AmbientMark.Set("red");
            using (ExecutionContext.SuppressFlow())
            {
                trial.Tasks.Run(static () => Task.CompletedTask);
                Expect.True(ExecutionContext.IsFlowSuppressed(), "The caller of Run had suppressed the flow of its context, and finds it restored.");
            }

            Expect.Equal("red red", AmbientMark.Seen, "The caller of Run had suppressed the flow of its context, and finds it changed.");
        });
    }

    [Behaviour("B81")]
    public static async Task InterleavedTasksSeeTheirOwnContextAfterEachAwait(LoopTrial trial)
    {
        await trial.StartAsync();
        List<BackgroundTask<bool>> tasks = [];

        foreach (string mark in new[] { "red", "green" })
        {
            AmbientMark.OnANewThread(mark, () => tasks.Add(trial.Tasks.Run(async task =>
            {
                for (int step = 0; step < 20; step++)
                {
                    await (step % 5 == 4 ? task.Delay(TimeSpan.FromMilliseconds(1)) : YieldAsync());
                    if (AmbientMark.Seen != $"{mark} {mark}" || TaskScope.Current != trial.Tasks)
                    {
                        return false;
                    }
                }

                return true;
            })));
        }

        bool[] kept = await Expect.HappensAsync(Task.WhenAll(tasks.Select(task => task.AsTask())), "One of two interleaved tasks did not go on.");
        Expect.Sequence([true, true], kept, "One of two interleaved tasks has seen the other's context.");
    }

    [Behaviour("B81", LoopFeature.Input, LoopFeature.OwnContext)]
    public static async Task AHandlerOfTheToolkitSeesNothingOfATurn(LoopTrial trial)
    {
        await trial.StartAsync();
        var seen = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);

        AmbientMark.OnANewThread("red", () => trial.Tasks.Run(static () =>
        {
            AmbientMark.Set("green");
            return Task.CompletedTask;
        }));
        await trial.OnUiAsync(static () => AmbientMark.Set("blue"));
        trial.Host.InjectInput(() => seen.SetResult(SynchronizationContext.Current == trial.Loop.Context ? "the loop's context" : AmbientMark.Seen));

        Expect.Equal(AmbientMark.Nothing, await Expect.HappensAsync(seen.Task, "Input did not arrive."), "A turn has left its context behind for the toolkit.");
    }

    private static async Task YieldAsync() => await Task.Yield();

    private static async Task<string> SeeTwiceAsync()
    {
        string before = AmbientMark.Seen;
        await Task.Yield();
        return $"{before}, {AmbientMark.Seen}";
    }
}
