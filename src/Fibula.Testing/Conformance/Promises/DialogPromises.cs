using Fibula.Diagnostics;

namespace Fibula.Testing;

/// <summary>The ready dialog: what it asks when something with a running task closes, and what comes of each answer.</summary>
internal static class DialogPromises
{
    private const string Wait = "Wait for it";
    private const string Cancel = "Cancel it";
    private const string KeepRunning = "Keep it running";
    private const string Stay = "Stay";

    [Behaviour("B40", LoopFeature.Windows, LoopFeature.Dialogs)]
    public static async Task ADialogAsksAboutATaskAndShowsHowFarItComes(LoopTrial trial)
    {
        var further = new TaskCompletionSource();
        await trial.StartAsync();
        (_, _, LoopDialog dialog) = await AskAboutAsync(trial, async task =>
        {
            task.Report(1, 4);
            await further.Task;
            task.Report(3, 4);
            await SlowEnd.ForeverAsync(task);
        });
        (string? question, string[] answers) = await trial.OnUiAsync(() => (dialog.Question, dialog.Answers.ToArray()));
        await trial.UntilAsync(() => Says(dialog, "25 %"), "A dialog does not say how far a task is.");
        further.SetResult();
        await trial.UntilAsync(() => Says(dialog, "75 %"), "A task came further, and a dialog that asks about it does not say so.");

        Expect.Equal("A task is still running. Close 'Report'?", question, "A dialog asks something else about a window.");
        Expect.Sequence([Wait, Cancel, KeepRunning, Stay], answers, "A dialog offers other answers about a window.");
    }

    [Behaviour("B40", LoopFeature.Windows, LoopFeature.Dialogs)]
    public static async Task EachWayToStayKeepsTheWindowAndItsTask(LoopTrial trial)
    {
        trial.WaitForEver();
        await trial.StartAsync();
        (LoopWindow window, BackgroundTask task, LoopDialog dialog) = await AskAboutAsync(trial, SlowEnd.ForeverAsync);

        foreach (string way in await trial.OnUiAsync(() => dialog.WaysTo(Stay)))
        {
            await AnswerAsync(trial, dialog, Stay, way);
            await trial.CalmAsync();

            Expect.Equal(0, window.ClosedCount, $"The user wants to stay, by the {way}, and the window was closed.");
            Expect.Equal(BackgroundTaskState.Running, task.State, $"The user wants to stay, by the {way}, and the task is in the wrong state.");
            dialog = await AskAgainAsync(trial, window);
        }
    }

    [Behaviour("B40", LoopFeature.Windows, LoopFeature.Dialogs)]
    public static async Task EachWayToWaitClosesTheWindowAfterItsTask(LoopTrial trial)
    {
        trial.WaitForEver();
        await trial.StartAsync();
        int count = 1;
        for (int way = 0; way < count; way++)
        {
            var work = new TaskCompletionSource();
            (LoopWindow window, BackgroundTask task, LoopDialog dialog) = await AskAboutAsync(trial, task => work.Task.WaitAsync(task.CancellationToken));
            IReadOnlyList<string> ways = await trial.OnUiAsync(() => dialog.WaysTo(Wait));
            count = ways.Count;

            await AnswerAsync(trial, dialog, Wait, ways[way]);
            await trial.CalmAsync();
            Expect.Equal(0, window.ClosedCount, $"The user wants to wait, by the {ways[way]}, and the window was closed before its task had ended.");
            Expect.Equal(BackgroundTaskState.Running, task.State, $"The user wants to wait, by the {ways[way]}, and the task is in the wrong state.");
            work.SetResult();
            await Expect.HappensAsync(window.Closed, "A window whose user wants to wait did not close after its last task had ended.");

            Expect.Equal(BackgroundTaskState.Succeeded, task.State, "A window whose user wants to wait was closed, and its task is in the wrong state.");
        }
    }

    [Behaviour("B40", LoopFeature.Windows, LoopFeature.Dialogs)]
    public static async Task TheAnswerToCancelTellsTheTaskAndClosesTheWindow(LoopTrial trial)
    {
        trial.WaitForEver();
        await trial.StartAsync();
        (LoopWindow window, BackgroundTask task, LoopDialog dialog) = await AskAboutAsync(trial, SlowEnd.ForeverAsync);

        await AnswerAsync(trial, dialog, Cancel);
        await Expect.HappensAsync(window.Closed, "The user wants to cancel a task, and its window did not close.");

        Expect.Equal(BackgroundTaskState.Canceled, task.State, "The user wants to cancel a task, and it is in the wrong state.");
    }

    [Behaviour("B40", LoopFeature.Windows, LoopFeature.Dialogs)]
    public static async Task TheAnswerToKeepATaskRunningClosesTheWindowAndGivesTheTaskToTheApp(LoopTrial trial)
    {
        trial.WaitForEver();
        await trial.StartAsync();
        (LoopWindow window, BackgroundTask task, LoopDialog dialog) = await AskAboutAsync(trial, SlowEnd.ForeverAsync);

        await AnswerAsync(trial, dialog, KeepRunning);
        await Expect.HappensAsync(window.Closed, "The user wants to keep a task running, and its window did not close.");

        Expect.Equal(BackgroundTaskState.Running, task.State, "The user wants to keep a task running, and it is in the wrong state.");
        Expect.True(task.Scope == trial.Tasks, "The user wants to keep a task running, and the app does not own it.");
        Expect.True(trial.Tasks.Snapshot().Tasks.Any(static known => known.Name == "my_export"), "A task that was kept running is not in the app's snapshot.");

        // The app would ask about it.
        task.Cancel();
        await Expect.EndsAsync(task);
    }

    [Behaviour("B40", LoopFeature.Windows, LoopFeature.Dialogs)]
    public static async Task TheEndOfTheTaskTakesTheQuestionBackAndClosesTheWindow(LoopTrial trial)
    {
        trial.WaitForEver();
        var work = new TaskCompletionSource();
        await trial.StartAsync();
        (LoopWindow window, BackgroundTask task, _) = await AskAboutAsync(trial, task => work.Task.WaitAsync(task.CancellationToken));

        work.SetResult();
        await Expect.HappensAsync(window.Closed, "A task that was asked about has ended, and its window did not close.");
        await GoneAsync(trial, "A task has ended, and the dialog that asks about it is still shown.");

        Expect.Equal(BackgroundTaskState.Succeeded, task.State, "A task that ends while it is asked about is in the wrong state.");
    }

    [Behaviour("B40", LoopFeature.Windows, LoopFeature.Dialogs)]
    public static async Task TwoClicksOnACloseBoxAskOnce(LoopTrial trial)
    {
        trial.WaitForEver();
        await trial.StartAsync();
        (LoopWindow window, _, LoopDialog dialog) = await AskAboutAsync(trial, SlowEnd.ForeverAsync);

        window.ClickClose();
        await trial.CalmAsync();
        await trial.CalmAsync();
        int asked = await trial.OnUiAsync(() => trial.Host.FindDialogs().Count);
        await AnswerAsync(trial, dialog, Stay);
        await trial.CalmAsync();
        await trial.CalmAsync();
        int askedAgain = await trial.OnUiAsync(() => trial.Host.FindDialogs().Count);

        Expect.Equal((1, 0), (asked, askedAgain), "A window was told to close twice, and did not ask once.");
        Expect.Equal(0, window.ClosedCount, "The user wants to stay, and the window was closed.");
    }

    [Behaviour("B40", LoopFeature.Windows, LoopFeature.Dialogs, LoopFeature.HeldEnd)]
    public static async Task ADialogAsksBeforeTheToolkitEndsItsLoop(LoopTrial trial)
    {
        trial.WaitForEver();
        await trial.StartAsync();
        BackgroundTask task = await trial.OnUiAsync(() => trial.Tasks.Run(SlowEnd.ForeverAsync, Asking()));

        trial.Host.EndByItself();
        LoopDialog dialog = await DialogAsync(trial);
        (string? question, string[] answers) = await trial.OnUiAsync(() => (dialog.Question, dialog.Answers.ToArray()));
        await dialog.AnswerAsync(Cancel, "button");
        await Expect.HappensAsync(trial.Ended, "The user wants to cancel the last task, and the loop did not end.");

        Expect.Contains("A task is still running. Exit '", question, "A dialog asks something else about the end of the app.");
        Expect.Sequence([Wait, Cancel, Stay], answers, "A dialog offers other answers about the end of the app.");
        Expect.Equal(BackgroundTaskState.Canceled, task.State, "The user wants to cancel a task, and it is in the wrong state.");
    }

    [Behaviour("B40", LoopFeature.Windows, LoopFeature.Dialogs)]
    public static async Task ADialogAsksBeforeARequestedExit(LoopTrial trial)
    {
        trial.WaitForEver();
        await trial.StartAsync();
        BackgroundTask task = await trial.OnUiAsync(() => trial.Tasks.Run(SlowEnd.ForeverAsync, Asking()));

        Task<ExitDecision> exit = trial.App.RequestExitAsync();
        LoopDialog dialog = await DialogAsync(trial);
        string? question = await trial.OnUiAsync(() => dialog.Question);
        await dialog.AnswerAsync(Cancel, "button");
        await Expect.HappensAsync(trial.Ended, "The user wants to cancel the last task, and the app has not left.");

        Expect.Contains("A task is still running. Exit '", question, "A dialog asks something else about the end of the app.");
        Expect.Equal(ExitDecision.Leaving, await exit, "The user wants to cancel the last task, and the exit was decided otherwise.");
        Expect.Equal(BackgroundTaskState.Canceled, task.State, "The user wants to cancel a task, and it is in the wrong state.");
    }

    [Behaviour("B40", LoopFeature.Windows, LoopFeature.Dialogs)]
    public static async Task AnExitWhileADialogIsShownNeedsNoAnswer(LoopTrial trial)
    {
        // Nothing can wait for the end of a grace.
        trial.WaitForEver();
        await trial.StartAsync();
        (_, BackgroundTask task, _) = await AskAboutAsync(trial, SlowEnd.ForeverAsync);

        await trial.LeaveAsync();

        Expect.Equal(BackgroundTaskState.Canceled, task.State, "The app has left while a task was asked about, and the task is in the wrong state.");
        Expect.Equal(0, trial.Report.LivingCount, "The app has left while a task was asked about, and the report counts living tasks.");
    }

    private static TaskOptions Asking() => new() { Name = "my_export", OnClose = ClosePolicy.Ask };

    private static bool Says(LoopDialog dialog, string progress) => dialog.Lines is [var line] && line.StartsWith($"my_export: {progress}, ", StringComparison.Ordinal);

    private static async Task<(LoopWindow Window, BackgroundTask Task, LoopDialog Dialog)> AskAboutAsync(LoopTrial trial, Func<TaskContext, Task> work)
    {
        LoopWindow window = await trial.OpenWindowAsync("Report");
        BackgroundTask task = await trial.OnUiAsync(() => window.Tasks.Run(work, Asking()));
        window.ClickClose();
        return (window, task, await DialogAsync(trial));
    }

    // The answer to the question before takes some turns to arrive; a click meanwhile asks nothing.
    private static async Task<LoopDialog> AskAgainAsync(LoopTrial trial, LoopWindow window)
    {
        await trial.UntilAsync(
            () =>
            {
                bool isAsked = trial.Host.FindDialogs().Count > 0;
                if (!isAsked)
                {
                    window.ClickClose();
                }

                return isAsked;
            },
            "The user wanted to stay, and the next close did not ask again.");
        return await DialogAsync(trial);
    }

    private static async Task<LoopDialog> DialogAsync(LoopTrial trial)
    {
        LoopDialog? dialog = null;
        await trial.UntilAsync(
            () =>
            {
                dialog = trial.Host.FindDialogs().FirstOrDefault();
                return dialog?.Question is not null;
            },
            "Something with a running task was to close, and no dialog asked.");
        return dialog!;
    }

    private static async Task AnswerAsync(LoopTrial trial, LoopDialog dialog, string answer, string way = "button")
    {
        await Expect.HappensAsync(dialog.AnswerAsync(answer, way), $"A dialog could not be answered '{answer}' by the {way}.");
        await GoneAsync(trial, $"A dialog was answered '{answer}' by the {way}, and is still shown.");
    }

    private static Task GoneAsync(LoopTrial trial, string broken) => trial.UntilAsync(() => trial.Host.FindDialogs().Count == 0, broken);
}
