using Fibula.CompilerServices;
using Fibula.Diagnostics;

namespace Fibula.Testing;

/// <summary>Windows of a toolkit that has them: held back while their tasks end, closed once.</summary>
internal static class WindowPromises
{
    [Behaviour("B39", LoopFeature.Windows)]
    public static async Task ARealWindowTellsItsTasksAndNotThoseOfOthers(LoopTrial trial)
    {
        await trial.StartAsync();

        // The one that closes is opened last: where windows lie on each other, only the topmost can be closed.
        LoopWindow other = await trial.OpenWindowAsync("Other window");
        LoopWindow import = await trial.OpenWindowAsync("Import window");
        BackgroundTask told = import.Tasks.Run(SlowEnd.ForeverAsync);
        BackgroundTask untold = other.Tasks.Run(SlowEnd.ForeverAsync);
        await trial.SettleAsync();

        import.ClickClose();
        await Expect.HappensAsync(import.Closed, "A window with a running task did not close.");
        await Expect.EndsAsync(told);

        Expect.Equal(BackgroundTaskState.Canceled, told.State, "A task of a closed window is in the wrong state.");
        Expect.Contains("Import window", told.CancelReason?.Message, "The reason of a task of a closed window does not name the window.");
        Expect.Equal(BackgroundTaskState.Running, untold.State, "A task of another window is in the wrong state.");
    }

    [Behaviour("B43", LoopFeature.Windows)]
    public static async Task AWindowStaysUntilItsTasksHaveEndedAndIsThenClosedOnce(LoopTrial trial)
    {
        trial.WaitForEver();
        await trial.StartAsync();
        LoopWindow window = await trial.OpenWindowAsync("window");
        var end = new SlowEnd();
        BackgroundTask task = window.Tasks.Run(end.RunAsync);

        window.ClickClose();
        await Expect.HappensAsync(end.CleansUp, "A task of a window that closes was not told.");
        window.ClickClose();
        await trial.CalmAsync();
        Expect.Equal(0, window.ClosedCount, "A window was closed before its task had ended.");

        end.Finish();
        await Expect.HappensAsync(window.Closed, "A window did not close after its last task had ended.");
        await trial.CalmAsync();
        Expect.True(task.IsCompleted, "A window was closed before its task had ended.");
        ExpectClosedOnce(window);
    }

    [Behaviour("B43", LoopFeature.Windows)]
    public static async Task AWindowWithoutTasksIsClosedOnceToo(LoopTrial trial)
    {
        await trial.StartAsync();
        LoopWindow window = await trial.OpenWindowAsync("window");

        window.ClickClose();
        await Expect.HappensAsync(window.Closed, "A window without tasks did not close.");
        await trial.CalmAsync();

        ExpectClosedOnce(window);
        Expect.Equal(
            BackgroundTaskState.Canceled,
            window.Tasks.Run(static () => Task.CompletedTask).State,
            "The scope of a closed window has taken a task.");
    }

    [Behaviour("B96", LoopFeature.Windows)]
    public static async Task AWindowThatHasSaidNothingWaitsForEachOfItsTasks(LoopTrial trial)
    {
        await trial.StartAsync();
        LoopWindow other = await trial.OpenWindowAsync("Other window");
        LoopWindow window = await trial.OpenWindowAsync("window");
        BackgroundTask elsewhere = other.Tasks.Run(SlowEnd.ForeverAsync);
        var saved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        BackgroundTask save = window.Tasks.CreateChild("view").Run(
            () => saved.Task, new TaskOptions { OnClose = ClosePolicy.Finish(Timeout.InfiniteTimeSpan) });
        BackgroundTask told = window.Tasks.Run(SlowEnd.ForeverAsync);
        await trial.SettleAsync();

        window.ClickClose();
        await Expect.EndsAsync(told);
        window.ClickClose();
        await trial.CalmAsync();
        Expect.Equal(0, window.ClosedCount, "A window was closed under a task of its own.");
        Expect.Equal(BackgroundTaskState.Running, save.State, "A task that may finish is in another state while its window waits.");

        saved.SetResult();
        await Expect.HappensAsync(window.Closed, "A window did not close after its last task had ended.");
        await trial.CalmAsync();
        Expect.Equal(BackgroundTaskState.Succeeded, save.State, "A window was closed before its task had ended.");
        Expect.Equal(BackgroundTaskState.Running, elsewhere.State, "A task of another window is in the wrong state.");
        ExpectClosedOnce(window);
    }

    [Behaviour("B96", LoopFeature.Windows)]
    public static async Task AWindowWaitsForNoTaskThatIsAbandoned(LoopTrial trial)
    {
        await trial.StartAsync();
        LoopWindow window = await trial.OpenWindowAsync("window");
        var goesOn = new TaskCompletionSource();
        BackgroundTask abandoned = window.Tasks.Run(() => goesOn.Task, new TaskOptions { OnClose = ClosePolicy.Abandon });
        await trial.SettleAsync();

        window.ClickClose();
        await Expect.HappensAsync(window.Closed, "A window waited for a task that is abandoned.");
        Expect.False(abandoned.IsCompleted, "A task that goes on has ended with its window.");
        ExpectClosedOnce(window);
        goesOn.SetResult();
    }

    [Behaviour("B80", LoopFeature.Windows)]
    public static async Task ANoToTheCloseQuestionLeavesEverythingAsItWas(LoopTrial trial)
    {
        await trial.StartAsync();
        int asked = 0;
        var isAsked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        LoopWindow window = await trial.OpenWindowAsync("window", async () =>
        {
            await Task.Yield();
            isAsked.TrySetResult();
            return ++asked > 1;
        });
        BackgroundTask task = window.Tasks.Run(SlowEnd.ForeverAsync);

        window.ClickClose();
        await AskedAsync(isAsked);
        await trial.CalmAsync();

        Expect.Equal(BackgroundTaskState.Running, task.State, "Although the question was answered with no, the task is in another state.");
        Expect.Equal(0, window.ClosedCount, "Although the question was answered with no, the window was closed.");

        window.ClickClose();
        await Expect.HappensAsync(window.Closed, "The question was answered with yes, and the window did not close.");
        Expect.Equal(2, asked, "Two clicks, one after the answer to the other, have asked another number of times.");
        Expect.True(task.IsCompleted, "The window was closed before its task had ended.");
    }

    [Behaviour("B80", LoopFeature.Windows)]
    public static async Task TwoClicksAskOnceAndAYesClosesOnce(LoopTrial trial)
    {
        await trial.StartAsync();
        int asked = 0;
        var isAsked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        LoopWindow window = await trial.OpenWindowAsync("window", () =>
        {
            asked++;
            isAsked.TrySetResult();
            return answer.Task;
        });
        BackgroundTask task = window.Tasks.Run(SlowEnd.ForeverAsync);

        window.ClickClose();
        await AskedAsync(isAsked);
        window.ClickClose();
        await trial.CalmAsync();
        Expect.Equal(BackgroundTaskState.Running, task.State, "A task is in another state although the question was not answered yet.");

        answer.SetResult(true);
        await Expect.HappensAsync(window.Closed, "The question was answered with yes, and the window did not close.");
        await trial.CalmAsync();
        Expect.Equal(1, asked, "Two clicks have asked another number of times.");
        Expect.Equal(BackgroundTaskState.Canceled, task.State, "The window was closed before its task had ended.");
        ExpectClosedOnce(window);
    }

    [Behaviour("B78", LoopFeature.Windows)]
    public static async Task WhatAWindowHasForgottenIsItsOwnAndDoesNotHoldItUp(LoopTrial trial)
    {
        await trial.StartAsync();
        LoopWindow window = await trial.OpenWindowAsync("window");
        var forgotten = new TaskCompletionSource();

        // What the generated code does with a call that a method of the window drops.
        await trial.OnUiAsync(() => ForgottenTask.Own(forgotten.Task, window.View, "LoadAsync", null, 0));
        Expect.Sequence(["LoadAsync"], window.Tasks.Snapshot().Tasks.Select(static task => task.Name), "A window has other tasks than what it has forgotten.");

        window.ClickClose();
        await Expect.HappensAsync(window.Closed, "A window waited for a task that it had forgotten.");
        await trial.CalmAsync();
        Expect.True(
            trial.Tasks.Snapshot().Tasks.Any(static task => task.Name == "LoadAsync"), "What a closed window had forgotten is no longer listed.");
        forgotten.SetResult();
    }

    private static Task AskedAsync(TaskCompletionSource asked) =>
        Expect.HappensAsync(asked.Task, "A click on the close button did not ask the window's question.");

    private static void ExpectClosedOnce(LoopWindow window)
    {
        Expect.Equal(1, window.ClosedCount, "A window was not closed once.");
        Expect.Equal(0, window.ClosedInsideClosingCount, "A window was told to close from inside its own closing event.");
    }
}
