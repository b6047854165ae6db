namespace Fibula.Testing;

/// <summary>The window whose close ends the loop: it waits for all tasks of the app, and the app is asked first.</summary>
internal static class MainWindowPromises
{
    [Behaviour("B96", LoopFeature.Windows, LoopFeature.HeldEnd, LoopFeature.RealTime)]
    public static async Task AMainWindowThatWaitsForTheAppSaysSoAndTakesNoInput(LoopTrial trial)
    {
        trial.WaitForEver();
        await trial.StartAsync();
        LoopWindow window = await trial.FindMainWindowAsync();
        SlowEnd[] works = [new(), new()];
        BackgroundTask[] tasks = [window.Tasks.Run(works[0].RunAsync), trial.Tasks.Run(works[1].RunAsync)];
        (string? title, bool tookInput) = await trial.OnUiAsync(() => (window.Title, window.TakesInput));

        window.ClickClose();
        await Expect.HappensAsync(Task.WhenAll(works[0].CleansUp, works[1].CleansUp), "The main window was to close, and not all tasks were told.");
        await trial.UntilAsync(() => window.Title == $"Waiting for tasks: {title}", "A main window that waits for the app does not say so in its title.");
        bool takesInput = await trial.OnUiAsync(() => window.TakesInput);
        works[0].Finish();
        await Expect.EndsAsync(tasks[0]);
        await trial.CalmAsync();
        Expect.Equal((0, false), (window.ClosedCount, trial.Ended.IsCompleted), "The main window was closed before all tasks of the app had ended.");
        works[1].Finish();
        await Expect.HappensAsync(trial.Ended, "All tasks of the app have ended, and the loop of the main window has not.");

        Expect.True(tookInput, "An open main window takes no input.");
        Expect.False(takesInput, "A main window that waits for the app takes input.");
        Expect.Sequence(
            ["the last window", "the last window"],
            tasks.Select(static task => task.CancelReason?.RequestedBy),
            "The reasons of the tasks do not name the last window.");
    }

    [Behaviour("B82", LoopFeature.Windows, LoopFeature.HeldEnd, LoopFeature.RefusableEnd)]
    public static async Task ANoOfTheExitHookLeavesTheMainWindowAsItWas(LoopTrial trial)
    {
        await trial.StartAsync();
        LoopWindow window = await trial.FindMainWindowAsync();
        bool mayExit = false;
        var causes = new List<ExitCause>();
        trial.App.AtExit = cause =>
        {
            causes.Add(cause);
            return Task.FromResult(mayExit);
        };
        BackgroundTask task = window.Tasks.Run(SlowEnd.ForeverAsync);
        string? title = await trial.OnUiAsync(() => window.Title);

        window.ClickClose();
        await trial.UntilAsync(() => causes.Count > 0, "The main window was to close, and the exit hook was not asked.");
        Expect.Equal(ExitDecision.Refused, await trial.App.RequestExitAsync(), "The exit hook says no, and a request to exit came to something else.");
        await trial.CalmAsync();
        Expect.Sequence([ExitCause.WindowClosed, ExitCause.Requested], causes, "The exit hook was asked with other causes.");
        Expect.Equal(BackgroundTaskState.Running, task.State, "The exit hook said no, and a task of the main window is in another state.");
        Expect.Equal(
            (0, title, true),
            await trial.OnUiAsync(() => (window.ClosedCount, window.Title, window.TakesInput)),
            "The exit hook said no, and the main window is not as it was.");

        mayExit = true;
        window.ClickClose();
        await Expect.HappensAsync(trial.Ended, "The exit hook said yes, and the loop of the main window has not ended.");
        Expect.Sequence(
            [ExitCause.WindowClosed, ExitCause.Requested, ExitCause.WindowClosed], causes, "The exit hook was not asked again when the main window was closed again.");
        Expect.Equal(BackgroundTaskState.Canceled, task.State, "A task of a closed main window is in the wrong state.");
    }

    [Behaviour("B82", LoopFeature.Windows, LoopFeature.HeldEnd)]
    public static async Task ACloseOfAnotherWindowDoesNotAskTheApp(LoopTrial trial)
    {
        await trial.StartAsync();
        LoopWindow main = await trial.FindMainWindowAsync();
        LoopWindow other = await trial.OpenWindowAsync("Settings");
        var causes = new List<ExitCause>();
        trial.App.AtExit = cause =>
        {
            causes.Add(cause);
            return Task.FromResult(true);
        };
        BackgroundTask told = other.Tasks.Run(SlowEnd.ForeverAsync);
        BackgroundTask untold = trial.Tasks.Run(SlowEnd.ForeverAsync);

        other.ClickClose();
        await Expect.HappensAsync(other.Closed, "A window beside the main one did not close.");
        await Expect.EndsAsync(told);
        await trial.CalmAsync();
        Expect.Sequence([], causes, "A window beside the main one was closed, and the exit hook was asked.");
        Expect.Equal(BackgroundTaskState.Running, untold.State, "A window beside the main one was closed, and a task of the app is in another state.");

        main.ClickClose();
        await Expect.HappensAsync(trial.Ended, "The main window was closed, and the loop has not ended.");
        Expect.Sequence([ExitCause.WindowClosed], causes, "The main window was closed, and the exit hook was not asked once.");
    }

    [Behaviour("B23", LoopFeature.Windows, LoopFeature.MinimizedWindows)]
    public static async Task WorkWhileAWindowIsShownGoesOnWhileItIsMinimized(LoopTrial trial)
    {
        await trial.StartAsync();
        LoopWindow window = await trial.OpenWindowAsync("Prices");
        var work = new ShownWork();
        await trial.OnUiAsync(() => window.Tasks.RunWhileShown(work.RunAsync));
        await trial.UntilAsync(() => work.Begun == 1, "A window is shown, and its work did not begin.");

        await trial.OnUiAsync(window.Minimize);
        await trial.CalmAsync();
        Expect.Equal((1, 0), await trial.OnUiAsync(() => (work.Begun, work.Ended)), "A window was minimized, and its work did not go on.");

        await trial.OnUiAsync(() => window.SetShown(false));
        await trial.UntilAsync(() => work.Ended == 1, "A minimized window was hidden, and its work was not stopped.");
    }

    [Behaviour("B90", LoopFeature.Windows, LoopFeature.Input, LoopFeature.HandlerErrors)]
    public static async Task ACancellationThatLeavesAnAsyncVoidHandlerDisturbsNobody(LoopTrial trial)
    {
        await trial.StartAsync();
        TaskScope scope = trial.Tasks.CreateChild("Import");
        BackgroundTask task = scope.Run(SlowEnd.ForeverAsync);

        await InHandlerAsync(trial, () => Click(task));
        await scope.CloseAsync();
        await Expect.EndsAsync(task);
        await trial.CalmAsync();
        await InHandlerAsync(trial, static () => Click(null));
        Exception error = await trial.UnhandledAsync("A handler of a click has thrown, and nobody was told.");

        Expect.Equal("disk full", error.Message, "A cancellation has left a handler of a click, and somebody was told.");
    }

    private static async Task InHandlerAsync(LoopTrial trial, Action handler)
    {
        var received = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        trial.Host.InjectInput(() =>
        {
            handler();
            received.SetResult();
        });
        await Expect.HappensAsync(received.Task, "Input did not arrive.");
    }

#pragma warning disable FIB0003 // As handlers of the toolkit's events are.
    private static async void Click(BackgroundTask? task)
#pragma warning restore FIB0003
    {
        if (task is not null)
        {
            await task;
        }

        throw new IOException("disk full");
    }
}
