namespace Fibula.Testing;

/// <summary>The end of the user's session, which waits for as long as the toolkit's event takes.</summary>
internal static class SessionPromises
{
    [Behaviour("B11", LoopFeature.Windows, LoopFeature.SessionEnd)]
    public static async Task TheEndOfTheSessionRunsTheCleanUpBeforeItReturns(LoopTrial trial)
    {
        var causes = new List<ExitCause>();
        trial.App.AtExit = cause =>
        {
            causes.Add(cause);
            return Task.FromResult(false);
        };
        await ExpectToCleanUpAsync(trial);

        Expect.Sequence([ExitCause.SessionEnding], causes, "The exit hook was not told once of the end of the session.");
    }

    [Behaviour("B11", LoopFeature.Windows, LoopFeature.SessionEnd, LoopFeature.RealTime)]
    public static async Task TheEndOfTheSessionWaitsForNoAnswerOfTheExitHook(LoopTrial trial)
    {
        trial.App.ForcedExitLimit = TimeSpan.FromMilliseconds(400);
        trial.App.AtExit = static _ => new TaskCompletionSource<bool>().Task;

        await ExpectToCleanUpAsync(trial);
    }

    private static async Task ExpectToCleanUpAsync(LoopTrial trial)
    {
        await trial.StartAsync();
        LoopWindow window = await trial.FindMainWindowAsync();
        bool? isCleanedUpOnUi = null;
        BackgroundTask task = window.Tasks.Run(async task =>
        {
            try
            {
                await SlowEnd.ForeverAsync(task);
            }
            finally
            {
                isCleanedUpOnUi = trial.Loop.CheckAccess();
            }
        });
        await trial.SettleAsync();

        var ended = new TaskCompletionSource<(bool IsAccepted, bool? IsCleanedUpOnUi)>(TaskCreationOptions.RunContinuationsAsynchronously);
        trial.Host.EndSession(isAccepted => ended.SetResult((isAccepted, isCleanedUpOnUi)));
        (bool isAccepted, bool? wasCleanedUpOnUi) = await Expect.HappensAsync(ended.Task, "The end of the session has not returned.");
        Expect.True(isAccepted, "The end of the session was refused although the app cannot refuse it.");
        Expect.Equal(true, wasCleanedUpOnUi, "The end of the session has returned before a task had cleaned up on the UI thread.");

        await Expect.HappensAsync(trial.Ended, "The session has ended, and the loop has not.");
        Expect.Equal(BackgroundTaskState.Canceled, task.State, "The session has ended, and a task is in the wrong state.");
    }
}
