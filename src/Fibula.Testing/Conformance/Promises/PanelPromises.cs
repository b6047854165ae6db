namespace Fibula.Testing;

/// <summary>The ready list of tasks: what it shows, and whom its user cancels.</summary>
internal static class PanelPromises
{
    [Behaviour("B71", LoopFeature.Windows, LoopFeature.Panels)]
    public static async Task APanelShowsWhatATaskDoesHowFarAndSinceWhen(LoopTrial trial)
    {
        (LoopWindow window, LoopPanel panel) = await ShowAsync(trial);

        await trial.OnUiAsync(() => Start(window.Tasks, "Hash", static task => task.Report(3, 4, "b.iso")));

        await UntilRowsAsync(
            trial,
            panel,
            static rows => rows is [var row]
                && row.StartsWith("Running | 75 % | 0:", StringComparison.Ordinal)
                && row.EndsWith(" | Hash (Main): b.iso", StringComparison.Ordinal),
            "A panel does not show a running task as it is.");
        await ExpectSummaryAsync(trial, panel, "1 task is running.");
    }

    [Behaviour("B71", LoopFeature.Windows, LoopFeature.Panels)]
    public static async Task APanelOfAScopeListsOnlyItsTasks(LoopTrial trial)
    {
        await trial.StartAsync();
        LoopWindow window = await trial.OpenWindowAsync("Main");
        LoopPanel panel = await PutAsync(trial, window, window.Tasks);
        await trial.OnUiAsync(() => Start(trial.Tasks, "Other"));

        await trial.OnUiAsync(() => Start(window.Tasks, "Own"));

        await UntilRowsAsync(trial, panel, static rows => rows.Count > 0, "A panel does not list a task of its scope.");
        Expect.Equal("Own (Main)", Subjects(await RowsAsync(trial, panel)), "A panel of a scope lists other tasks than those of the scope.");
    }

    [Behaviour("B71", LoopFeature.Windows, LoopFeature.Panels)]
    public static async Task APanelThatIsTakenOutAndPutInAgainFollowsTheTasksAgain(LoopTrial trial)
    {
        (LoopWindow window, LoopPanel panel) = await ShowAsync(trial);
        await trial.OnUiAsync(panel.TakeOut);
        await trial.CalmAsync();
        await trial.OnUiAsync(() => Start(window.Tasks, "Hash"));

        await trial.OnUiAsync(() => panel.PutInto(window));

        await UntilRowsAsync(
            trial,
            panel,
            static rows => rows is [var row] && row.StartsWith("Running |  | ", StringComparison.Ordinal) && Subjects(rows) == "Hash (Main)",
            "A panel was put into its window again, and does not follow the tasks.");
    }

    [Behaviour("B34", LoopFeature.Windows, LoopFeature.Panels)]
    public static async Task APanelWithoutTasksSaysSoAndHasNothingToCancel(LoopTrial trial)
    {
        (_, LoopPanel panel) = await ShowAsync(trial);

        await trial.UntilAsync(() => panel.Summary == "No task is running.", "A panel without tasks does not say so.");

        Expect.Sequence([], await RowsAsync(trial, panel), "A panel without tasks has rows.");
        Expect.False(await trial.OnUiAsync(() => panel.OffersCancel), "A panel without tasks offers to cancel one.");
        Expect.False(await trial.OnUiAsync(panel.CancelSelected), "A panel without tasks has canceled one.");
    }

    [Behaviour("B34", LoopFeature.Windows, LoopFeature.Panels)]
    public static async Task APanelOffersToCancelWhileATaskRuns(LoopTrial trial)
    {
        (LoopWindow window, LoopPanel panel) = await ShowAsync(trial);
        BackgroundTask task = await trial.OnUiAsync(() => Start(window.Tasks, "Hash"));

        await trial.UntilAsync(() => panel.OffersCancel, "A panel with a running task does not offer to cancel it.");
        bool isCanceled = await trial.OnUiAsync(panel.CancelSelected);
        await Expect.EndsAsync(task);

        Expect.True(isCanceled, "A panel has not canceled the only task, which is selected.");
        await trial.UntilAsync(() => !panel.OffersCancel, "The last task has ended, and a panel still offers to cancel it.");
        await trial.UntilAsync(() => panel.Summary == "No task is running.", "The last task has ended, and a panel does not say so.");
    }

    [Behaviour("B34", LoopFeature.Windows, LoopFeature.Panels)]
    public static async Task EachWayToCancelInAPanelCancelsTheSelectedTaskAndNoOther(LoopTrial trial)
    {
        (LoopWindow window, LoopPanel panel) = await ShowAsync(trial);
        BackgroundTask first = await trial.OnUiAsync(() => Start(window.Tasks, "First"));

        foreach (string way in await trial.OnUiAsync(() => panel.WaysToCancel))
        {
            BackgroundTask second = await trial.OnUiAsync(() => Start(window.Tasks, "Second"));
            await UntilRowsAsync(trial, panel, static rows => Subjects(rows) == "First (Main), Second (Main)", "A panel does not list two tasks that run.");
            await ExpectSummaryAsync(trial, panel, "2 tasks are running.");

            await trial.OnUiAsync(() => panel.Select(1));
            await trial.OnUiAsync(() => panel.Cancel(way));
            await Expect.EndsAsync(second);

            Expect.Equal("'Second' was canceled in the task list.", second.CancelReason?.Message, $"A task that was canceled by the {way} has another reason.");
            Expect.Equal(BackgroundTaskState.Running, first.State, $"A task was canceled by the {way}, and another one is in the wrong state.");
            await UntilRowsAsync(trial, panel, static rows => Subjects(rows) == "First (Main)", "A panel lists a task that has ended.");
        }
    }

    [Behaviour("B34", LoopFeature.Windows, LoopFeature.Panels)]
    public static async Task TheSelectionInAPanelStaysOnItsTaskWhenOneAboveEnds(LoopTrial trial)
    {
        (LoopWindow window, LoopPanel panel) = await ShowAsync(trial);
        BackgroundTask first = await trial.OnUiAsync(() => Start(window.Tasks, "First"));
        BackgroundTask second = await trial.OnUiAsync(() => Start(window.Tasks, "Second"));
        BackgroundTask third = await trial.OnUiAsync(() => Start(window.Tasks, "Third"));
        await UntilRowsAsync(trial, panel, static rows => rows.Count == 3, "A panel does not list three tasks that run.");
        await trial.OnUiAsync(() => panel.Select(1));

        first.Cancel();
        await UntilRowsAsync(trial, panel, static rows => Subjects(rows) == "Second (Main), Third (Main)", "A panel lists a task that has ended.");
        await trial.OnUiAsync(() => panel.Cancel(panel.WaysToCancel[^1]));
        await Expect.EndsAsync(second);

        Expect.Equal("'Second' was canceled in the task list.", second.CancelReason?.Message, "The task that was selected has ended for another reason.");
        Expect.Equal(BackgroundTaskState.Running, third.State, "The task below the selected one is in the wrong state.");
    }

    [Behaviour("B79", LoopFeature.Windows, LoopFeature.Panels)]
    public static async Task APanelListsATaskThatATokenOfItsOwnStoppedUntilItIsDismissed(LoopTrial trial)
    {
        using var own = new CancellationTokenSource();
        using var other = new CancellationTokenSource();
        (LoopWindow window, LoopPanel panel) = await ShowAsync(trial);
        await trial.OnUiAsync(() =>
        {
            StartWith(window.Tasks, "Get", own.Token);
            StartWith(window.Tasks, "Ask", other.Token);
        });
        await UntilRowsAsync(trial, panel, static rows => rows.Count == 2, "A panel does not list two tasks that run.");

        await own.CancelAsync();
        await UntilRowsAsync(
            trial,
            panel,
            static rows => rows is [_, var row]
                && row.StartsWith("Canceled | ", StringComparison.Ordinal)
                && row.EndsWith(" | Get: stopped by a token of its own (Main)", StringComparison.Ordinal),
            "A panel does not say that a task was stopped by a token of its own.");
        await ExpectSummaryAsync(trial, panel, "1 task is running.");
        await trial.OnUiAsync(() =>
        {
            panel.Select(1);
            panel.CancelSelected();
        });

        // The row would go by itself, later. That of another one comes after the dismissal.
        await other.CancelAsync();
        await UntilRowsAsync(trial, panel, static rows => rows.Any(IsStopped), "A panel does not list a second task that was stopped by a token of its own.");
        Expect.Equal("Ask: stopped by a token of its own (Main)", Subjects(await RowsAsync(trial, panel)), "A panel still lists a task that was dismissed.");
        await ExpectSummaryAsync(trial, panel, "No task is running.");
        await trial.OnUiAsync(() =>
        {
            panel.Select(0);
            panel.CancelSelected();
        });
        await trial.UntilAsync(() => panel.Rows.Count == 0 && panel.Summary == "No task is running.", "A panel does not say that no task runs any more.");

        static bool IsStopped(string row) => row.Contains(" | Ask: stopped", StringComparison.Ordinal);
    }

    private static async Task<(LoopWindow Window, LoopPanel Panel)> ShowAsync(LoopTrial trial)
    {
        await trial.StartAsync();
        LoopWindow window = await trial.OpenWindowAsync("Main");
        return (window, await PutAsync(trial, window, trial.Tasks));
    }

    private static Task<LoopPanel> PutAsync(LoopTrial trial, LoopWindow window, TaskScope scope) => trial.OnUiAsync(() =>
    {
        LoopPanel panel = trial.Host.MakePanel(scope);
        panel.PutInto(window);
        return panel;
    });

    private static BackgroundTask Start(TaskScope scope, string name, Action<TaskContext>? report = null) => scope.Run(
        task =>
        {
            report?.Invoke(task);
            return SlowEnd.ForeverAsync(task);
        },
        new TaskOptions { Name = name });

    private static BackgroundTask StartWith(TaskScope scope, string name, CancellationToken own) =>
        scope.Run(() => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, own), new TaskOptions { Name = name });

    private static Task<IReadOnlyList<string>> RowsAsync(LoopTrial trial, LoopPanel panel) => trial.OnUiAsync(() => panel.Rows);

    private static Task UntilRowsAsync(LoopTrial trial, LoopPanel panel, Func<IReadOnlyList<string>, bool> areSo, string broken) =>
        trial.UntilAsync(() => areSo(panel.Rows), broken);

    private static async Task ExpectSummaryAsync(LoopTrial trial, LoopPanel panel, string summary)
    {
        string shown = await trial.OnUiAsync(() => panel.Summary) ?? summary;
        Expect.Equal(summary, shown, "A panel says something else about all tasks.");
    }

    // The last part of each row: what the task is and does.
    private static string Subjects(IReadOnlyList<string> rows) => string.Join(", ", rows.Select(static row => row[(row.LastIndexOf(" | ", StringComparison.Ordinal) + 3)..]));
}
