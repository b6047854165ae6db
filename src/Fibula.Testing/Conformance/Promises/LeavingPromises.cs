namespace Fibula.Testing;

/// <summary>How an app leaves: by itself, and where the toolkit ends the loop.</summary>
internal static class LeavingPromises
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(100);

    [Behaviour("B10")]
    public static async Task ADelayedExitEndsTheLoopWithoutAnyInput(LoopTrial trial)
    {
        trial.App.WhenRunning = () =>
        {
            trial.Tasks.Run(async task =>
            {
                await task.Delay(Delay);
                trial.App.Exit();
            });
            return Task.CompletedTask;
        };

        trial.Launch();
        await Expect.HappensAsync(trial.Ended, "A delayed Exit was due, and the loop did not end.");

        Expect.Equal(0, trial.Report.Survivors.Count, "An app that left by itself left tasks behind.");
    }

    [Behaviour("B10")]
    public static async Task ADelayedRequestToExitEndsTheLoopWithoutAnyInput(LoopTrial trial)
    {
        var decision = new TaskCompletionSource<ExitDecision>(TaskCreationOptions.RunContinuationsAsynchronously);
        trial.App.AtExit = static async _ =>
        {
            await Task.Delay(Delay, TimeProvider.System);
            return true;
        };
        trial.App.WhenRunning = async () =>
        {
            await Task.Delay(Delay, TimeProvider.System);
            decision.SetResult(await trial.App.RequestExitAsync());
        };

        trial.Launch();
        await Expect.HappensAsync(trial.Ended, "A delayed RequestExitAsync was due, and the loop did not end.");

        Expect.Equal(ExitDecision.Leaving, await Expect.HappensAsync(decision.Task, "RequestExitAsync did not go on."), "A request to exit came to something else.");
    }

    [Behaviour("B10")]
    public static async Task AnExitFromATimerEndsAnIdleLoop(LoopTrial trial)
    {
        await trial.StartAsync();
        await trial.CalmAsync();

        using ITimer timer = TimeProvider.System.CreateTimer(_ => trial.App.Exit(), null, Delay, Timeout.InfiniteTimeSpan);
        await Expect.HappensAsync(trial.Ended, "A timer has called Exit, and the loop did not end.");
    }

    [Behaviour("B82", LoopFeature.HeldEnd)]
    public static Task AnEndOfTheToolkitIsHeldBackUntilTheTasksHaveEnded(LoopTrial trial) =>
        trial.InEachWayAsync(trial.Host.WaysToEnd, ExpectToHoldTheEndAsync);

    [Behaviour("B82", LoopFeature.HeldEnd, LoopFeature.RefusableEnd)]
    public static async Task ANoOfTheExitHookKeepsTheLoop(LoopTrial trial)
    {
        await trial.StartAsync();
        var causes = new List<ExitCause>();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        trial.App.AtExit = cause =>
        {
            causes.Add(cause);
            asked.TrySetResult();
            return Task.FromResult(false);
        };
        BackgroundTask task = trial.Tasks.Run(SlowEnd.ForeverAsync);

        trial.Host.EndByItself();
        await Expect.HappensAsync(asked.Task, "The toolkit's loop was to end, and the exit hook was not asked.");
        await trial.CalmAsync();
        Expect.Sequence([ExitCause.WindowClosed], causes, "The exit hook was not asked once whether the toolkit's loop may end.");
        Expect.Equal(BackgroundTaskState.Running, task.State, "The exit hook said no, and a task is in another state.");
    }

    [Behaviour("B82", LoopFeature.SuddenEnd)]
    public static async Task AnEndThatCannotBeHeldBackTellsAndNamesAllTasks(LoopTrial trial)
    {
        await trial.StartAsync();
        var survivor = new Survivor(trial.Loop);
        BackgroundTask deaf = survivor.StartIn(trial.Tasks.CreateChild("window"));
        BackgroundTask finishing = trial.Tasks.Run(SlowEnd.ForeverAsync, new TaskOptions { Name = "finishing", OnClose = ClosePolicy.Finish(TimeSpan.FromHours(1)) });
        await Expect.HappensAsync(survivor.Waits, "A task did not run.");

        trial.Host.EndByItself();
        await Expect.HappensAsync(trial.Ended, "The host has ended its loop, and its thread is not done.");
        await Expect.EndsAsync(finishing);

        Expect.Equal(BackgroundTaskState.Canceling, deaf.State, "The loop has ended, and a task that does not react was not told.");
        Expect.Equal(BackgroundTaskState.Canceled, finishing.State, "The loop has ended, and a task that may finish was not told.");
        Expect.Sequence([deaf.Name], trial.Report.Survivors.Select(static entry => entry.Name).Except([finishing.Name]), "The close report does not name the task that lives on.");
        survivor.GoOn();
        await Expect.EndsAsync(deaf);
    }

    private static async Task ExpectToHoldTheEndAsync(LoopTrial trial, string way)
    {
        await trial.StartAsync();
        var end = new SlowEnd();
        bool? isOnUi = null;
        BackgroundTask task = trial.Tasks.Run(async task =>
        {
            try
            {
                await end.RunAsync(task);
            }
            finally
            {
                isOnUi = trial.Loop.CheckAccess();
            }
        });
        await trial.SettleAsync();

        trial.Host.EndBy(way);
        await Expect.HappensAsync(end.CleansUp, $"The toolkit wanted to end its loop ({way}), and a task was not told.");
        await trial.CalmAsync();
        Expect.False(trial.Ended.IsCompleted, $"The toolkit has ended its loop ({way}) before a task had ended.");

        end.Finish();
        await Expect.HappensAsync(trial.Ended, $"All tasks have ended, and the toolkit's loop has not ({way}).");
        Expect.Equal(BackgroundTaskState.Canceled, task.State, $"The toolkit has ended its loop ({way}), and a task is in the wrong state.");
        Expect.Equal(true, isOnUi, $"When the toolkit ended its loop ({way}), clean-up went on off the UI thread.");
        Expect.Sequence([task.Name], trial.Report.Canceled.Select(static entry => entry.Name), $"The close report does not list the task that was canceled ({way}).");
    }
}
