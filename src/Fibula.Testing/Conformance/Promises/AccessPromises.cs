namespace Fibula.Testing;

/// <summary>Who is on the UI thread, and how work gets there.</summary>
internal static class AccessPromises
{
    [Behaviour("B58")]
    public static async Task CheckAccessIsTrueWhereverTheUiThreadRunsCode(LoopTrial trial)
    {
        bool atStartup = false, whenRunning = false, inTask = false, afterAwait = false;
        trial.App.AtStartup = () => atStartup = trial.Loop.CheckAccess();
        trial.App.WhenRunning = () =>
        {
            whenRunning = trial.Loop.CheckAccess();
            return Task.CompletedTask;
        };
        await trial.StartAsync();

        bool inPost = await trial.OnUiAsync(trial.Loop.CheckAccess);
        BackgroundTask task = trial.Tasks.Run(async task =>
        {
            inTask = trial.Loop.CheckAccess();
            await task.SwitchToThreadPoolAsync();
            await task.SwitchToUiAsync();
            afterAwait = trial.Loop.CheckAccess();
        });
        await Expect.EndsAsync(task);

        Expect.True(atStartup, "CheckAccess is false in Startup.");
        Expect.True(whenRunning, "CheckAccess is false in OnRunningAsync.");
        Expect.True(inPost, "CheckAccess is false in a posted callback.");
        Expect.True(inTask, "CheckAccess is false in the first step of a task.");
        Expect.True(afterAwait, "CheckAccess is false after SwitchToUiAsync.");
    }

    [Behaviour("B58", LoopFeature.Input)]
    public static async Task CheckAccessIsTrueInAHandlerOfTheToolkit(LoopTrial trial)
    {
        await trial.StartAsync();
        var inHandler = new TaskCompletionSource<bool>();

        trial.Host.InjectInput(() => inHandler.SetResult(trial.Loop.CheckAccess()));

        Expect.True(await Expect.HappensAsync(inHandler.Task, "Input did not arrive."), "CheckAccess is false in a handler of the toolkit.");
    }

    [Behaviour("B58")]
    public static async Task CheckAccessIsFalseEverywhereElse(LoopTrial trial)
    {
        bool atStartup = true;
        trial.App.AtStartup = () => atStartup = OnANewThread(trial.Loop.CheckAccess);
        await trial.StartAsync();

        bool onPool = await Task.Run(trial.Loop.CheckAccess);
        bool inPoolWork = await Expect.HappensAsync(trial.Tasks.RunOnThreadPool(trial.Loop.CheckAccess).AsTask(), "Pool work did not run.");
        bool afterSwitch = await Expect.HappensAsync(
            trial.Tasks.Run(async task =>
            {
                await task.SwitchToThreadPoolAsync();
                return trial.Loop.CheckAccess();
            }).AsTask(),
            "SwitchToThreadPoolAsync did not go on.");

        Expect.False(atStartup, "CheckAccess is true on another thread during Startup.");
        Expect.False(OnANewThread(trial.Loop.CheckAccess), "CheckAccess is true on a new thread.");
        Expect.False(onPool, "CheckAccess is true on the thread pool.");
        Expect.False(inPoolWork, "CheckAccess is true in RunOnThreadPool.");
        Expect.False(afterSwitch, "CheckAccess is true after SwitchToThreadPoolAsync.");
    }

    [Behaviour("B87")]
    public static async Task SwitchToUiWorksWhileCanceling(LoopTrial trial)
    {
        await trial.StartAsync();
        var waits = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bool? isOnUi = null;
        BackgroundTask task = trial.Tasks.RunOnThreadPool(async task =>
        {
            try
            {
                waits.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, task.CancellationToken);
            }
            finally
            {
                await task.SwitchToUiAsync();
                isOnUi = trial.Loop.CheckAccess();
            }
        });

        await Expect.HappensAsync(waits.Task, "Pool work did not run.");
        task.Cancel();
        await Expect.EndsAsync(task);

        Expect.Equal(BackgroundTaskState.Canceled, task.State, "A task that cleans up on the UI thread has ended in the wrong way.");
        Expect.Equal(true, isOnUi, "Clean-up did not get to the UI thread.");
    }

    [Behaviour("B87")]
    public static async Task SwitchToUiThrowsOnceTheScopeIsClosed(LoopTrial trial)
    {
        await trial.StartAsync();
        TaskScope window = trial.Tasks.CreateChild("window");
        window.CloseGrace = TimeSpan.Zero;
        var survivor = new Survivor(trial.Loop);
        BackgroundTask<string> task = survivor.StartIn(window, onPool: true);
        await Expect.HappensAsync(survivor.Waits, "Pool work did not run.");

        await Expect.HappensAsync(window.CloseAsync(), "A scope with a task that does not react did not close.");
        survivor.GoOn();

        Expect.Equal(nameof(BackgroundTaskCanceledException), await Expect.HappensAsync(task.AsTask(), "The survivor did not end."), "SwitchToUiAsync did not throw in a closed scope.");
    }

    private static T OnANewThread<T>(Func<T> look)
    {
        T? seen = default;
        var thread = new Thread(() => seen = look()) { IsBackground = true };
        thread.Start();
        thread.Join();
        return seen!;
    }
}
