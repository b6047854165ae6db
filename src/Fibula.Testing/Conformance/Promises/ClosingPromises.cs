namespace Fibula.Testing;

/// <summary>A window with running tasks closes. Here its scope does, which is the same with and without a toolkit that has windows.</summary>
internal static class ClosingPromises
{
    [Behaviour("B39")]
    public static async Task TasksOfAClosedWindowAreToldWithItsNameAndOthersRunOn(LoopTrial trial)
    {
        await trial.StartAsync();
        TaskScope import = trial.Tasks.CreateChild("Import window");
        TaskScope other = trial.Tasks.CreateChild("Other window");
        List<BackgroundTask> told = [import.Run(ForeverAsync), import.RunOnThreadPool(ForeverAsync), import.CreateChild("a view in it").Run(ForeverAsync)];
        List<BackgroundTask> untold = [other.Run(ForeverAsync), trial.Tasks.Run(ForeverAsync)];
        await trial.SettleAsync();

        CloseReport report = await Expect.HappensAsync(trial.OnUiAsync(() => import.CloseAsync()).Unwrap(), "A window with running tasks did not close.");

        foreach (BackgroundTask task in told)
        {
            Expect.Equal(BackgroundTaskState.Canceled, task.State, "A task of a closed window is in the wrong state.");
            Expect.Contains("Import window", task.CancelReason?.Message, "The reason of a task of a closed window does not name the window.");
        }

        Expect.True(untold.TrueForAll(task => task is { State: BackgroundTaskState.Running, CancelReason: null }), "A task of another window was told to cancel.");
        Expect.Equal(3, report.Canceled.Count, "The close report does not list the tasks that were canceled.");
        Expect.Equal(0, report.Survivors.Count, "The close report names survivors.");
    }

    [Behaviour("B39", LoopFeature.RealTime)]
    public static async Task TheLoopPumpsWhileAWindowWaitsForItsTasks(LoopTrial trial)
    {
        await trial.StartAsync();
        TaskScope window = trial.Tasks.CreateChild("window");
        var cleanUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cleansUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bool? isOnUi = null;
        BackgroundTask task = window.Run(async task =>
        {
            try
            {
                await ForeverAsync(task);
            }
            finally
            {
                cleansUp.SetResult();
                await cleanUp.Task;
                isOnUi = trial.Loop.CheckAccess();
            }
        });

        Task<CloseReport> close = trial.OnUiAsync(() => window.CloseAsync()).Unwrap();
        await Expect.HappensAsync(cleansUp.Task, "A task of a window that closes was not told.");
        await trial.SettleAsync();
        Expect.Equal(BackgroundTaskState.Canceling, task.State, "A task that cleans up is in the wrong state.");
        Expect.False(close.IsCompleted, "A window was closed before its task had ended.");

        cleanUp.SetResult();
        await Expect.HappensAsync(close, "A window did not close after its last task had ended.");
        Expect.Equal(true, isOnUi, "The clean-up of a window that closes went on off the UI thread.");
    }

    private static Task ForeverAsync(TaskContext task) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, task.CancellationToken);
}
