namespace Fibula.Testing;

/// <summary>Handlers of the toolkit's closing event that the program adds after the first use of the window's tasks.</summary>
internal static class ClosingHandlerPromises
{
    private const string Click = "a click";
    private const string Call = "a call";
    private const string CallAtOnce = "a call in the callback that added the handler";

    private static readonly IReadOnlyList<string> Ways = [Click, Call, CallAtOnce];

    [Behaviour("B80", LoopFeature.Windows, LoopFeature.ClosingHandlers)]
    public static async Task ANoOfALateClosingHandlerKeepsTheWindowAndItsTasks(LoopTrial trial)
    {
        trial.WaitForEver();
        await trial.StartAsync();
        foreach (string way in Ways)
        {
            LoopWindow window = await trial.OpenWindowAsync("window");
            await ExpectToObeyAsync(trial, window, window.Closed, way, static (window, handler) => window.AddClosingHandler(handler));
        }
    }

    [Behaviour("B80", LoopFeature.Windows, LoopFeature.ModalWindows, LoopFeature.ClosingHandlers)]
    public static async Task ANoOfALateClosingHandlerKeepsAModalWindowAndItsTasks(LoopTrial trial)
    {
        trial.WaitForEver();
        await trial.StartAsync();
        foreach (string way in Ways)
        {
            LoopWindow window = await OpenModalAsync(trial, null);
            await ExpectToObeyAsync(trial, window, window.Closed, way, static (window, handler) => window.AddClosingHandler(handler));
        }
    }

    [Behaviour("B80", LoopFeature.Windows, LoopFeature.ModalWindows, LoopFeature.ClosingHandlers)]
    public static async Task ANoOfAClosingHandlerThatIsAddedAsTheWindowOpensKeepsIt(LoopTrial trial)
    {
        trial.WaitForEver();
        await trial.StartAsync();
        foreach (string way in (string[])[Click, Call])
        {
            Func<bool>? handler = null;
            LoopWindow window = await OpenModalAsync(trial, window => window.AddClosingHandler(() => handler!()));
            await ExpectToObeyAsync(trial, window, window.Closed, way, (_, given) => handler = given);
        }
    }

    [Behaviour("B80", LoopFeature.Windows, LoopFeature.HeldEnd, LoopFeature.ClosingHandlers)]
    public static Task ANoOfALateClosingHandlerKeepsTheMainWindowAndItsTasks(LoopTrial trial) =>
        trial.InEachWayAsync(Ways, static async (trial, way) =>
        {
            trial.WaitForEver();
            await trial.StartAsync();
            LoopWindow window = await trial.FindMainWindowAsync();
            await ExpectToObeyAsync(trial, window, trial.Ended, way, static (window, handler) => window.AddClosingHandler(handler));
        });

    [Behaviour("B80", LoopFeature.Windows, LoopFeature.ClosingHandlers)]
    public static async Task ANoOfALateClosingHandlerKeepsAWindowThatWaitsForNothing(LoopTrial trial)
    {
        trial.WaitForEver();
        await trial.StartAsync();
        LoopWindow window = await trial.OpenWindowAsync("window");
        bool mayClose = false;
        int asked = 0;
        BackgroundTask task = window.Tasks.Run(SlowEnd.ForeverAsync);
        await trial.OnUiAsync(() =>
        {
            window.CloseAfterTasks(waits: false);
            window.AddClosingHandler(() =>
            {
                asked++;
                return mayClose;
            });
        });

        await trial.OnUiAsync(window.Close);
        await trial.UntilAsync(() => asked > 0, "A window was closed, and a handler of its closing was not asked.");
        await trial.CalmAsync();
        Expect.Equal(0, window.ClosedCount, "A handler has said no, and a window that waits for nothing was closed.");
        Expect.Equal(BackgroundTaskState.Running, task.State, "A handler has said no, and a task of a window that waits for nothing is in another state.");

        mayClose = true;
        await trial.OnUiAsync(window.Close);
        await Expect.HappensAsync(window.Closed, "A handler has said yes, and a window that waits for nothing did not close.");
        await Expect.EndsAsync(task);
        Expect.Equal(BackgroundTaskState.Canceled, task.State, "A task of a closed window is in the wrong state.");
    }

    [Behaviour("B80", LoopFeature.Windows, LoopFeature.OwnedWindows, LoopFeature.ClosingHandlers)]
    public static async Task AClosingHandlerThatAsksTheUserAndClosesAgainAsksOnce(LoopTrial trial)
    {
        trial.WaitForEver();
        await trial.StartAsync();
        foreach (string way in Ways)
        {
            LoopWindow window = await trial.OpenWindowAsync("window");
            await ExpectToAskOnceAsync(trial, window, window.Closed, way);
        }
    }

    [Behaviour("B80", LoopFeature.Windows, LoopFeature.OwnedWindows, LoopFeature.HeldEnd, LoopFeature.ClosingHandlers)]
    public static Task AClosingHandlerOfTheMainWindowThatAsksTheUserAndClosesAgainAsksOnce(LoopTrial trial) =>
        trial.InEachWayAsync(Ways, static async (trial, way) =>
        {
            trial.WaitForEver();
            await trial.StartAsync();
            await ExpectToAskOnceAsync(trial, await trial.FindMainWindowAsync(), trial.Ended, way);
        });

    [Behaviour("B96", LoopFeature.Windows, LoopFeature.ClosingHandlers, LoopFeature.RepeatedClosing)]
    public static async Task ANoToTheCloseForRealLeavesAWindowThatGoesOn(LoopTrial trial)
    {
        await trial.StartAsync();
        LoopWindow window = await trial.OpenWindowAsync("window");
        bool mayClose = true;
        bool isRefused = false;
        BackgroundTask task = window.Tasks.Run(async task =>
        {
            try
            {
                await SlowEnd.ForeverAsync(task);
            }
            finally
            {
                mayClose = false;
            }
        });
        await trial.OnUiAsync(() => window.AddClosingHandler(() =>
        {
            isRefused |= !mayClose;
            return mayClose;
        }));

        await trial.OnUiAsync(window.Close);
        await Expect.EndsAsync(task);
        await trial.UntilAsync(() => isRefused, "All tasks of a window have ended, and a handler of its closing was not asked once more.");
        await trial.CalmAsync();
        (bool takesInput, BackgroundTask next) = await trial.OnUiAsync(() => (window.TakesInput, window.AskForTasks().Run(SlowEnd.ForeverAsync)));
        await trial.CalmAsync();
        Expect.Equal(0, window.ClosedCount, "A handler has said no to the close for real, and the window was closed.");
        Expect.True(takesInput, "A handler has said no to the close for real, and the window takes no input.");
        Expect.Equal(BackgroundTaskState.Running, next.State, "A handler has said no to the close for real, and the window takes no task.");

        mayClose = true;
        await trial.OnUiAsync(window.Close);
        await Expect.HappensAsync(window.Closed, "A window that has stayed did not close when it was closed again.");
        await Expect.EndsAsync(next);
        Expect.Equal(BackgroundTaskState.Canceled, next.State, "A task of a window that has stayed and was closed again is in the wrong state.");
    }

    // A no keeps everything; a yes, though it says so in the event, leaves the window held until its tasks have ended.
    private static async Task ExpectToObeyAsync(LoopTrial trial, LoopWindow window, Task end, string way, Action<LoopWindow, Func<bool>> add)
    {
        bool mayClose = false;
        int asked = 0;
        var work = new SlowEnd();
        BackgroundTask task = window.Tasks.Run(work.RunAsync);
        await trial.SettleAsync();
        await AddAndCloseAsync(trial, window, way, () => add(window, Handler));
        await trial.UntilAsync(() => asked > 0, $"A window was closed by {way}, and a handler of its closing was not asked.");
        await trial.CalmAsync();
        await trial.CalmAsync();
        Expect.Equal(0, window.ClosedCount, $"A handler has said no to {way}, and the window was closed.");
        Expect.Equal(BackgroundTaskState.Running, task.State, $"A handler has said no to {way}, and a task of the window is in another state.");
        BackgroundTask next = window.Tasks.Run(SlowEnd.ForeverAsync);
        await trial.SettleAsync();
        Expect.Equal(BackgroundTaskState.Running, next.State, $"A handler has said no to {way}, and the window takes no task.");

        mayClose = true;
        window.ClickClose();
        await Expect.HappensAsync(work.CleansUp, "A handler has said yes to a click, and a task of the window was not told.");
        await trial.CalmAsync();
        Expect.Equal(0, window.ClosedCount, "A handler has said yes to a click, and the window was closed before its task had ended.");
        work.Finish();
        await Expect.HappensAsync(end, "All tasks of a window that was to close have ended, and it did not close.");
        Expect.Equal(BackgroundTaskState.Canceled, task.State, "A window was closed before its task had ended.");

        bool Handler()
        {
            asked++;
            return mayClose;
        }
    }

    // The question is a window, as for a user.
    private static async Task ExpectToAskOnceAsync(LoopTrial trial, LoopWindow window, Task end, string way)
    {
        int asked = 0;
        bool mayClose = false;
        Task? question = null;
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        BackgroundTask task = window.Tasks.Run(SlowEnd.ForeverAsync);
        await AddAndCloseAsync(trial, window, way, () => window.AddClosingHandler(() =>
        {
            if (!mayClose)
            {
                asked++;
                question = AskAsync(trial.Host.OpenOwnedWindowAsync(window, "Really?"));
            }

            return mayClose;
        }));

        await trial.UntilAsync(() => asked > 0, $"A window was closed by {way}, and a handler of its closing was not asked.");
        await trial.CalmAsync();
        await trial.CalmAsync();
        Expect.Equal(BackgroundTaskState.Running, task.State, $"A handler asks the user after {way}, and a task of the window is in another state.");
        Expect.Equal(0, window.ClosedCount, $"A handler asks the user after {way}, and the window was closed.");

        answer.SetResult();
        await Expect.HappensAsync(question!, $"The user was asked after {way}, and the question was not shown.");
        await Expect.HappensAsync(end, $"The user has said yes after {way}, and the window that a handler closes again did not close.");
        Expect.Equal(1, asked, $"A handler that asks the user was asked another number of times after {way}.");
        Expect.Equal(BackgroundTaskState.Canceled, task.State, "A task of a closed window is in the wrong state.");

        async Task AskAsync(Task<LoopWindow> opening)
        {
            LoopWindow shown = await opening;
            await answer.Task;
            trial.Loop.Post(() =>
            {
                mayClose = true;
                shown.Close();
                window.Close();
            });
        }
    }

    private static async Task AddAndCloseAsync(LoopTrial trial, LoopWindow window, string way, Action add)
    {
        if (way == CallAtOnce)
        {
            await trial.OnUiAsync(() =>
            {
                add();
                window.Close();
            });
            return;
        }

        await trial.OnUiAsync(add);
        if (way == Click)
        {
            window.ClickClose();
        }
        else
        {
            await trial.OnUiAsync(window.Close);
        }
    }

    private static Task<LoopWindow> OpenModalAsync(LoopTrial trial, Action<LoopWindow>? beforeItIsShown) =>
        Expect.HappensAsync(trial.Host.OpenModalWindowAsync("dialog", beforeItIsShown), "A modal window was not opened.");
}
