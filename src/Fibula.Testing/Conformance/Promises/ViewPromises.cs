using Fibula.Diagnostics;

namespace Fibula.Testing;

/// <summary>Views within windows: what runs while they are shown, and what becomes of their tasks when they go.</summary>
internal static class ViewPromises
{
    [Behaviour("B23", LoopFeature.Windows, LoopFeature.Views)]
    public static async Task WorkWhileAViewIsShownStopsWithEachWayOfHidingItAndBeginsAgain(LoopTrial trial)
    {
        await trial.StartAsync();
        LoopWindow window = await trial.OpenWindowAsync("window");
        var work = new ShownWork();
        LoopView view = await trial.OnUiAsync(() => trial.Host.MakeView("Prices"));
        await trial.OnUiAsync(() =>
        {
            view.PutInto(window);
            view.Tasks.RunWhileShown(work.RunAsync);
        });
        await trial.UntilAsync(() => work.Begun == 1, "A view is shown, and its work did not begin.");

        foreach (string way in view.WaysToHide)
        {
            await work.ExpectToStopAndBeginAsync(trial, isShown => view.SetShown(way, isShown), $"A view that is hidden by '{way}'", "Prices");
        }
    }

    [Behaviour("B23", LoopFeature.Windows, LoopFeature.Views)]
    public static async Task WorkWhileAWindowAndAViewInItAreShownStopsWithTheWindow(LoopTrial trial)
    {
        await trial.StartAsync();
        LoopWindow window = await trial.OpenWindowAsync("Details");
        var ofWindow = new ShownWork();
        var ofView = new ShownWork();
        LoopView view = await trial.OnUiAsync(() => trial.Host.MakeView("Prices"));
        await trial.OnUiAsync(() =>
        {
            view.PutInto(window);
            window.Tasks.RunWhileShown(ofWindow.RunAsync);
            view.Tasks.RunWhileShown(ofView.RunAsync);
        });
        await trial.UntilAsync(() => (ofWindow.Begun, ofView.Begun) == (1, 1), "A window is shown, and the work of it and of its view did not begin.");

        await ofWindow.ExpectToStopAndBeginAsync(trial, window.SetShown, "A window that is hidden", "Details");
        await trial.UntilAsync(() => ofView.Begun == 2, "A window is shown again, and the work of a view in it did not begin again.");

        Expect.Equal(1, ofView.Ended, "A window was hidden once, and the work of a view in it was stopped another number of times.");
    }

    [Behaviour("B23", LoopFeature.Windows, LoopFeature.Views)]
    public static async Task WorkWhileAViewIsShownWaitsForItsWindowAndEndsWithThat(LoopTrial trial)
    {
        await trial.StartAsync();
        LoopWindow window = await trial.OpenWindowAsync("Details");
        var work = new ShownWork();
        LoopView view = await trial.OnUiAsync(() => trial.Host.MakeView("Prices"));
        BackgroundTask task = await trial.OnUiAsync(() => view.Tasks.RunWhileShown(work.RunAsync));
        await trial.UntilAsync(
            () => task.Explain().EndsWith("waits for its view to be shown.", StringComparison.Ordinal),
            "Work of a view that is in no window does not say that it waits.");
        Expect.Equal(0, work.Begun, "A view is in no window, and its work has begun.");

        await trial.OnUiAsync(() => view.PutInto(window));
        await trial.UntilAsync(() => work.Begun == 1, "A view was put into a window, and its work did not begin.");
        window.ClickClose();
        await Expect.EndsAsync(task);

        Expect.Equal("'Details' was closed.", work.LastReason, "Work of a view whose window was closed has another reason.");
    }

    [Behaviour("B39", LoopFeature.Windows, LoopFeature.Views)]
    public static async Task AViewInAWindowHasAChildOfTheWindowsScope(LoopTrial trial)
    {
        await trial.StartAsync();
        LoopWindow window = await trial.OpenWindowAsync("Details");
        LoopView view = await trial.OnUiAsync(() => trial.Host.MakeView("Prices"));
        await trial.OnUiAsync(() =>
        {
            view.PutInto(window);
            view.Tasks.Run(SlowEnd.ForeverAsync);
        });

        ScopeSnapshot[] ofWindow = [.. trial.Tasks.Snapshot().Children.Where(static child => child.Name == "Details")];

        Expect.Equal(1, ofWindow.Length, "The app has another number of scopes with the name of a window.");
        Expect.Sequence(["Prices"], ofWindow[0].Children.Select(static child => child.Name), "The scope of a window has other children than that of its view.");
    }

    [Behaviour("B39", LoopFeature.Windows, LoopFeature.Views)]
    public static async Task AViewThatIsPutIntoAWindowLaterIsToldWhenThatCloses(LoopTrial trial)
    {
        await trial.StartAsync();
        LoopWindow window = await trial.OpenWindowAsync("Import");
        (BackgroundTask told, BackgroundTask untold) = await trial.OnUiAsync(() =>
        {
            LoopView view = trial.Host.MakeView("Prices");
            BackgroundTask told = view.Tasks.Run(SlowEnd.ForeverAsync);
            view.PutInto(window);
            return (told, trial.Host.MakeView("Other").Tasks.Run(SlowEnd.ForeverAsync));
        });

        window.ClickClose();
        await Expect.HappensAsync(window.Closed, "A window with a view that has a running task did not close.");
        await Expect.EndsAsync(told);

        Expect.Equal("'Import' was closed.", told.CancelReason?.Message, "A task of a view whose window was closed has another reason.");
        Expect.Equal(BackgroundTaskState.Running, untold.State, "A task of a view elsewhere is in the wrong state.");
    }

    [Behaviour("B16", LoopFeature.Windows, LoopFeature.Views)]
    public static async Task AViewThatGoesTellsItsTasksAndTakesNoNewOnes(LoopTrial trial)
    {
        await trial.StartAsync();
        LoopWindow window = await trial.OpenWindowAsync("window");
        LoopView view = await trial.OnUiAsync(() => trial.Host.MakeView("Prices"));
        (TaskScope scope, BackgroundTask told) = await trial.OnUiAsync(() =>
        {
            view.PutInto(window);
            return (view.Tasks, view.Tasks.Run(SlowEnd.ForeverAsync));
        });

        // A toolkit may say that a view has gone only where it has said before that the view is shown.
        var shown = new ShownWork();
        await trial.OnUiAsync(() => view.Tasks.RunWhileShown(shown.RunAsync));
        await trial.UntilAsync(() => shown.Begun == 1, "A view is shown, and its work did not begin.");
        await trial.OnUiAsync(view.End);
        await Expect.EndsAsync(told);
        BackgroundTask late = await trial.OnUiAsync(() => scope.Run(SlowEnd.ForeverAsync));

        Expect.Equal("'Prices' was closed.", told.CancelReason?.Message, "A task of a view that has gone has another reason.");
        Expect.Equal(BackgroundTaskState.Canceled, late.State, "The scope of a view that has gone has taken a task.");
    }
}
