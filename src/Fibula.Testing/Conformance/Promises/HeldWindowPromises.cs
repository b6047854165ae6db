namespace Fibula.Testing;

/// <summary>A window that waits for its tasks: how it looks meanwhile, who waits with it, and how a program does without.</summary>
internal static class HeldWindowPromises
{
    [Behaviour("B96", LoopFeature.Windows, LoopFeature.RealTime)]
    public static async Task AWindowThatWaitsSaysSoAndTakesNoInput(LoopTrial trial)
    {
        trial.WaitForEver();
        await trial.StartAsync();
        LoopWindow window = await trial.OpenWindowAsync("Import");
        var work = new SlowEnd();
        BackgroundTask task = window.Tasks.Run(work.RunAsync);
        bool tookInput = await trial.OnUiAsync(() => window.TakesInput);

        window.ClickClose();
        await trial.UntilAsync(() => window.Title == "Waiting for tasks: Import", "A window that waits for a task does not say so in its title.");
        bool takesInput = await trial.OnUiAsync(() => window.TakesInput);
        Expect.Equal(0, window.ClosedCount, "A window was closed before its task had ended.");
        work.Finish();
        await Expect.HappensAsync(window.Closed, "A window did not close after its last task had ended.");

        Expect.True(tookInput, "An open window takes no input.");
        Expect.False(takesInput, "A window that waits for a task takes input.");
        Expect.True(task.IsCompleted, "A window was closed before its task had ended.");
        Expect.Equal("Import", await trial.OnUiAsync(() => window.Title), "A window that has waited was closed with another title.");
    }

    [Behaviour("B96", LoopFeature.Windows)]
    public static async Task AWindowThatIsToldNotToWaitClosesUnderItsTask(LoopTrial trial)
    {
        trial.WaitForEver();
        await trial.StartAsync();
        LoopWindow window = await trial.OpenWindowAsync("window");
        var work = new SlowEnd();
        BackgroundTask task = window.Tasks.Run(work.RunAsync);

        await trial.OnUiAsync(() => window.CloseAfterTasks(waits: false));
        window.ClickClose();
        await Expect.HappensAsync(window.Closed, "A window that is not to wait for its tasks has waited.");
        await Expect.HappensAsync(work.CleansUp, "A window was closed under its task, and that was not told.");
        Expect.Equal(BackgroundTaskState.Canceling, task.State, "A task whose window was closed is in the wrong state.");

        work.Finish();
        await Expect.EndsAsync(task);
    }

    [Behaviour("B96", LoopFeature.Windows, LoopFeature.OwnedWindows)]
    public static async Task AnOwnerWaitsOnceForTheTasksOfItsWindowsToo(LoopTrial trial)
    {
        trial.WaitForEver();
        await trial.StartAsync();
        LoopWindow owner = await trial.OpenWindowAsync("Owner");
        LoopWindow owned = await Expect.HappensAsync(trial.Host.OpenOwnedWindowAsync(owner, "Owned"), "A window with an owner was not opened.");
        SlowEnd[] works = [new(), new()];
        BackgroundTask own = owner.Tasks.Run(works[0].RunAsync);
        BackgroundTask other = owned.Tasks.Run(works[1].RunAsync);

        owner.ClickClose();
        await Expect.HappensAsync(Task.WhenAll(works[0].CleansUp, works[1].CleansUp), "An owner was to close, and not all tasks of its windows were told.");
        works[0].Finish();
        await Expect.EndsAsync(own);
        await trial.CalmAsync();
        Expect.Equal((0, 0), (owner.ClosedCount, owned.ClosedCount), "A window was closed before the task of a window that it owns had ended.");

        works[1].Finish();
        await Expect.HappensAsync(Task.WhenAll(owner.Closed, owned.Closed), "All tasks have ended, and an owner and its window were not closed.");
        await trial.CalmAsync();
        Expect.True(other.IsCompleted, "A window was closed before its task had ended.");
        Expect.Equal((1, 1), (owner.ClosedCount, owned.ClosedCount), "An owner and its window were not closed once each.");
    }

    [Behaviour("B96", LoopFeature.Windows, LoopFeature.Views)]
    public static async Task AWindowWaitsForTheTaskThatAViewHadBeforeItWasInTheWindow(LoopTrial trial)
    {
        trial.WaitForEver();
        await trial.StartAsync();
        LoopWindow window = await trial.OpenWindowAsync("window");
        var work = new SlowEnd();
        LoopView view = await trial.OnUiAsync(() => trial.Host.MakeView("view"));
        await trial.OnUiAsync(() =>
        {
            view.Tasks.Run(work.RunAsync);
            view.PutInto(window);
        });

        window.ClickClose();
        await Expect.HappensAsync(work.CleansUp, "A window closes, and the task that a view had before it was in the window was not told.");
        await trial.CalmAsync();
        Expect.Equal(0, window.ClosedCount, "A window was closed before the task of a view in it had ended.");

        work.Finish();
        await Expect.HappensAsync(window.Closed, "A window did not close after the last task of its views had ended.");
        Expect.True(work.IsCleanedUp, "A window was closed before the task of a view in it had ended.");
    }
}
