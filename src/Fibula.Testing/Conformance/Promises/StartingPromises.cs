using System.Collections.Concurrent;

namespace Fibula.Testing;

/// <summary>The order in which an app comes to life.</summary>
internal static class StartingPromises
{
    [Behaviour("B1")]
    public static async Task StartupComesFirstThenWhatItQueuedInOrderThenOnRunning(LoopTrial trial)
    {
        var order = new ConcurrentQueue<string>();
        trial.App.AtStartup = () =>
        {
            order.Enqueue("Startup begins");
            trial.Tasks.Run(() => StepAsync(order, "first task"));
            trial.App.Post(() => order.Enqueue("callback"));
            trial.Tasks.Run(() => StepAsync(order, "second task"));
            trial.Loop.Post(() => order.Enqueue("callback of the loop"));
            order.Enqueue("Startup ends");
        };
        trial.App.WhenRunning = () => StepAsync(order, "OnRunningAsync");

        await trial.StartAsync();
        await trial.SettleAsync();

        Expect.Sequence(
            ["Startup begins", "Startup ends", "first task", "callback", "second task", "callback of the loop", "OnRunningAsync"],
            order,
            "The app did not come to life in order.");
    }

    [Behaviour("B1", LoopFeature.OneThread)]
    public static async Task EveryStepOfTheStartIsOnTheUiThread(LoopTrial trial)
    {
        var threads = new ConcurrentQueue<Thread>();
        trial.App.AtStartup = () =>
        {
            threads.Enqueue(Thread.CurrentThread);
            trial.Tasks.Run(() => NoteThreadAsync(threads));
            trial.App.Post(() => threads.Enqueue(Thread.CurrentThread));
        };
        trial.App.WhenRunning = () => NoteThreadAsync(threads);

        await trial.StartAsync();
        Thread uiThread = await trial.OnUiAsync(static () => Thread.CurrentThread);

        Expect.Equal(4, threads.Count, "A step of the start is missing.");
        Expect.True(threads.All(thread => thread == uiThread), "A step of the start ran on another thread than the UI thread.");
    }

    [Behaviour("B2")]
    public static async Task WorkStartedBeforeTheLoopIsQueuedAndBeginsOnTheUiThreadAfterStartup(LoopTrial trial)
    {
        bool isStarted = false;
        var began = new TaskCompletionSource<(bool AfterStartup, bool OnUi)>();
        BackgroundTask early = trial.Tasks.Run(() =>
        {
            began.SetResult((isStarted, trial.Loop.CheckAccess()));
            return Task.CompletedTask;
        });
        trial.App.AtStartup = () => isStarted = true;

        Expect.Equal(BackgroundTaskState.Queued, early.State, "Work started before the loop is in the wrong state.");
        await trial.StartAsync();
        await Expect.HappensAsync(early.AsTask(), "Work started before the loop did not run.");

        Expect.Equal((true, true), await began.Task, "Work started before the loop began too early or off the UI thread.");
    }

    [Behaviour("B2")]
    public static async Task PoolWorkStartedBeforeTheLoopIsQueuedUntilStartupHasReturned(LoopTrial trial)
    {
        bool isStarted = false;
        BackgroundTask<(bool AfterStartup, bool OnUi)>? duringStartup = null;
        BackgroundTask<(bool AfterStartup, bool OnUi)> early = trial.Tasks.RunOnThreadPool(Look);
        trial.App.AtStartup = () =>
        {
            duringStartup = trial.Tasks.RunOnThreadPool(Look);
            PoolFence.Pass();
            Expect.Equal(BackgroundTaskState.Queued, early.State, "Pool work started before the loop began during Startup.");
            Expect.Equal(BackgroundTaskState.Queued, duringStartup.State, "Pool work started during Startup began there.");
            isStarted = true;
        };

        PoolFence.Pass();
        Expect.Equal(BackgroundTaskState.Queued, early.State, "Pool work began before there was a loop.");
        await trial.StartAsync();

        (bool AfterStartup, bool OnUi)[] looks = await Expect.HappensAsync(
            Task.WhenAll(early.AsTask(), duringStartup!.AsTask()),
            "Pool work started before the loop did not run.");
        Expect.Sequence([(true, false), (true, false)], looks, "Pool work began too early or on the UI thread.");

        (bool AfterStartup, bool OnUi) Look() => (isStarted, trial.Loop.CheckAccess());
    }

    [Behaviour("B2")]
    public static async Task PostsAndTasksFromBeforeTheLoopRunInTheOrderTheyWereQueued(LoopTrial trial)
    {
        var order = new ConcurrentQueue<int>();
        for (int index = 0; index < 20; index += 2)
        {
            int number = index;
            bool isTaken = trial.App.Post(() => order.Enqueue(number));
            trial.Tasks.Run(() => StepAsync(order, number + 1));
            Expect.True(isTaken, "A post before there was a loop was refused.");
        }

        trial.App.AtStartup = () => trial.App.Post(() => order.Enqueue(20));

        await trial.StartAsync();
        await trial.SettleAsync();

        Expect.Sequence(Enumerable.Range(0, 21), order, "What was queued before there was a loop ran in another order.");
    }

    [Behaviour("B3")]
    public static async Task AnAwaitInWorkStartedFromStartupResumesOnTheUiThread(LoopTrial trial)
    {
        BackgroundTask<bool>? work = null;
        trial.App.AtStartup = () => work = trial.Tasks.Run(() => IsOnUiAfterAwaitAsync(trial));

        await trial.StartAsync();

        Expect.True(await Expect.HappensAsync(work!.AsTask(), "Work from Startup did not go on."), "Work from Startup went on off the UI thread.");
    }

    [Behaviour("B3")]
    public static async Task AnAwaitInStartupCodeItselfResumesOnTheUiThread(LoopTrial trial)
    {
        Task<bool>? plain = null;
        Task<bool>? running = null;
        trial.App.AtStartup = () => plain = IsOnUiAfterAwaitAsync(trial);
        trial.App.WhenRunning = () => running = IsOnUiAfterAwaitAsync(trial);

        await trial.StartAsync();

        Expect.True(await Expect.HappensAsync(plain!, "A plain await in Startup did not go on."), "A plain await in Startup went on off the UI thread.");
        Expect.True(await Expect.HappensAsync(running!, "OnRunningAsync did not go on."), "OnRunningAsync went on off the UI thread.");
    }

    private static Task StepAsync<T>(ConcurrentQueue<T> order, T step)
    {
        order.Enqueue(step);
        return Task.CompletedTask;
    }

    private static Task NoteThreadAsync(ConcurrentQueue<Thread> threads) => StepAsync(threads, Thread.CurrentThread);

    private static async Task<bool> IsOnUiAfterAwaitAsync(LoopTrial trial)
    {
        var fromThePool = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ThreadPool.UnsafeQueueUserWorkItem(static signal => signal.SetResult(), fromThePool, preferLocal: false);
        await fromThePool.Task;
        return trial.Loop.CheckAccess();
    }
}
