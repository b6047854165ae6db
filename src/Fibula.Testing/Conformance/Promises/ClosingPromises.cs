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
        List<BackgroundTask> told = [import.Run(SlowEnd.ForeverAsync), import.RunOnThreadPool(SlowEnd.ForeverAsync), import.CreateChild("a view in it").Run(SlowEnd.ForeverAsync)];
        List<BackgroundTask> untold = [other.Run(SlowEnd.ForeverAsync), trial.Tasks.Run(SlowEnd.ForeverAsync)];
        await trial.SettleAsync();

        CloseReport report = await Expect.HappensAsync(trial.OnUiAsync(() => import.CloseAsync()).Unwrap(), "A window with running tasks did not close.");

        foreach (BackgroundTask task in told)
        {
            Expect.Equal(BackgroundTaskState.Canceled, task.State, "A task of a closed window is in the wrong state.");
            Expect.Contains("Import window", task.CancelReason?.Message, "The reason of a task of a closed window does not name the window.");
        }

        Expect.True(untold.TrueForAll(task => task is { State: BackgroundTaskState.Running, CancelReason: null }), "A task of another window was asked to cancel.");
        Expect.Equal(3, report.Canceled.Count, "The close report does not list the tasks that were canceled.");
        Expect.Equal(0, report.Survivors.Count, "The close report names survivors.");
    }

    [Behaviour("B39", LoopFeature.RealTime)]
    public static async Task TheLoopPumpsWhileAWindowWaitsForItsTasks(LoopTrial trial)
    {
        await trial.StartAsync();
        TaskScope window = trial.Tasks.CreateChild("window");
        var end = new SlowEnd();
        bool? isOnUi = null;
        BackgroundTask task = window.Run(async task =>
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

        Task<CloseReport> close = trial.OnUiAsync(() => window.CloseAsync()).Unwrap();
        await Expect.HappensAsync(end.CleansUp, "A task of a window that closes was not told.");
        await trial.SettleAsync();
        Expect.Equal(BackgroundTaskState.Canceling, task.State, "A task that cleans up is in the wrong state.");
        Expect.False(close.IsCompleted, "A window was closed before its task had ended.");

        end.Finish();
        await Expect.HappensAsync(close, "A window did not close after its last task had ended.");
        Expect.Equal(true, isOnUi, "The clean-up of a window that closes went on off the UI thread.");
    }

    [Behaviour("B89")]
    public static async Task ACancelResumesNobodyInside(LoopTrial trial)
    {
        await trial.StartAsync();
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int canceling = 0;
        bool wasInside = false;
        BackgroundTask task = trial.Tasks.RunOnThreadPool(EndInTheCallbackAsync);
        await Expect.HappensAsync(started.Task, "Work on the thread pool did not begin.");
        Task onUi = await trial.OnUiAsync(ObserveAsync);
        var onPool = Task.Run(ObserveAsync);
        await trial.SettleAsync();

        await trial.OnUiAsync(() =>
        {
            canceling = Environment.CurrentManagedThreadId;
            task.Cancel();
            canceling = 0;
        });
        await Expect.HappensAsync(Task.WhenAll(onUi, onPool), "A canceled task did not resume those who await it.");

        Expect.False(wasInside, "Somebody who awaits a task was resumed inside the call that canceled it.");

        async Task ObserveAsync()
        {
            try
            {
                await task;
            }
            catch (OperationCanceledException)
            {
                wasInside |= Volatile.Read(ref canceling) == Environment.CurrentManagedThreadId;
            }
        }

        // A plain source resumes its awaiter inside the call that completes it.
        async Task EndInTheCallbackAsync(CancellationToken cancellationToken)
        {
            var stopped = new TaskCompletionSource();
            using CancellationTokenRegistration registration = cancellationToken.Register(() => stopped.TrySetCanceled(cancellationToken));
            started.SetResult();
            await stopped.Task;
        }
    }

    [Behaviour("B44")]
    public static async Task NoTaskGoesOnWhileACloseTellsTheOthers(LoopTrial trial)
    {
        await trial.StartAsync();
        TaskScope window = trial.Tasks.CreateChild("window");
        bool isAsked = false;
        int[] lateSteps = new int[40];
        await trial.OnUiAsync(() =>
        {
            for (int i = 0; i < lateSteps.Length; i++)
            {
                int index = i;
                window.Run(task => StepAsync(index, task.CancellationToken));
            }
        });

        Task<CloseReport> close = window.CloseAsync();
        Volatile.Write(ref isAsked, true);
        CloseReport report = await Expect.HappensAsync(close, "A window with many tasks did not close.");

        // A toolkit that orders the steps itself has queued one of each.
        Expect.Equal(lateSteps.Length, report.Canceled.Count, "The close report does not list the tasks that were canceled.");
        Expect.True(lateSteps.Max() <= 1, $"A task of a window that closes made {lateSteps.Max()} steps before it was told.");

        async Task StepAsync(int index, CancellationToken cancellationToken)
        {
            // So slow that the close makes pauses.
            using CancellationTokenRegistration registration = cancellationToken.Register(static () => TurnPromises.BeBusy(TimeSpan.FromMilliseconds(1)));
            while (true)
            {
                await Task.Yield();
                cancellationToken.ThrowIfCancellationRequested();
                lateSteps[index] += Volatile.Read(ref isAsked) ? 1 : 0;
            }
        }
    }

    [Behaviour("B93")]
    public static async Task AChildWithTimeToFinishIsLeftAloneWhenItsWindowCloses(LoopTrial trial)
    {
        await trial.StartAsync();
        TaskScope window = trial.Tasks.CreateChild("window");
        var saved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        BackgroundTask? save = null;
        BackgroundTask parent = window.Run(task =>
        {
            save = task.Run(() => saved.Task, new TaskOptions { OnClose = ClosePolicy.Finish(TimeSpan.FromMinutes(5)) });
            return SlowEnd.ForeverAsync(task);
        });
        await trial.SettleAsync();

        Task<CloseReport> close = trial.OnUiAsync(() => window.CloseAsync()).Unwrap();
        await trial.CalmAsync();
        Expect.Equal(BackgroundTaskState.Canceling, parent.State, "A task of a window that closes is in the wrong state.");
        Expect.Equal(BackgroundTaskState.Running, save!.State, "A child that may finish is in the wrong state.");
        Expect.False(close.IsCompleted, "A window was closed before a task that may finish had ended.");

        saved.SetResult();
        CloseReport report = await Expect.HappensAsync(close, "A window did not close after its last task had ended.");
        Expect.Equal(BackgroundTaskState.Succeeded, save.State, "A child that may finish did not succeed.");
        Expect.Equal(0, report.Survivors.Count, "The close report names survivors.");
    }

    [Behaviour("B94")]
    public static async Task RepeatedWorkBetweenItsRunsEndsWhenItsWindowCloses(LoopTrial trial)
    {
        await trial.StartAsync();
        TaskScope window = trial.Tasks.CreateChild("window");
        var options = new TaskOptions { OnClose = ClosePolicy.Finish(TimeSpan.FromMinutes(5)) };
        BackgroundTask every = window.RunEvery(TimeSpan.FromHours(1), () => Task.CompletedTask, options);
        TaskScope view = window.CreateChild("view");
        view.IsShown = false;
        BackgroundTask shown = view.RunWhileShown(SlowEnd.ForeverAsync, options);
        await trial.SettleAsync();

        await Expect.HappensAsync(trial.OnUiAsync(() => window.CloseAsync()).Unwrap(), "A window waited for work that was between its runs.");

        Expect.Equal(BackgroundTaskState.Canceled, every.State, "Work that repeats is in the wrong state.");
        Expect.Equal(BackgroundTaskState.Canceled, shown.State, "Work that runs while its view is shown is in the wrong state.");
    }
}
