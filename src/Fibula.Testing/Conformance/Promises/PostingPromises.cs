using System.Collections.Concurrent;

namespace Fibula.Testing;

/// <summary>Order, completeness and errors of posts.</summary>
internal static class PostingPromises
{
    [Behaviour("B50")]
    public static async Task PostsFromOneThreadRunInOrder(LoopTrial trial)
    {
        await trial.StartAsync();
        var order = new List<int>();

        await Task.Run(() =>
        {
            for (int index = 0; index < 2000; index++)
            {
                int number = index;
                trial.Loop.Post(() => order.Add(number));
            }
        });
        await trial.SettleAsync();

        Expect.Sequence(Enumerable.Range(0, 2000), order, "Posts from one thread did not run once each, in order.");
    }

    [Behaviour("B50")]
    public static async Task PostsFromManyThreadsAllRunOnceEach(LoopTrial trial)
    {
        const int Threads = 8, Posts = 500;
        await trial.StartAsync();
        var order = new List<int>[Threads];
        var together = new Barrier(Threads);

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(
            () =>
            {
                order[thread] = [];
                together.SignalAndWait();
                for (int index = 0; index < Posts; index++)
                {
                    int number = index;
                    trial.Loop.Post(() => order[thread].Add(number));
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
        await trial.SettleAsync();

        for (int thread = 0; thread < Threads; thread++)
        {
            Expect.Sequence(Enumerable.Range(0, Posts), order[thread], "The posts of one of many threads did not run once each, in order.");
        }
    }

    [Behaviour("B50")]
    public static async Task PostsAndTasksFromOneThreadKeepTheirOrder(LoopTrial trial)
    {
        await trial.StartAsync();
        var order = new ConcurrentQueue<int>();

        for (int index = 0; index < 100; index += 2)
        {
            int number = index;
            trial.Loop.Post(() => order.Enqueue(number));
            trial.Tasks.Run(() =>
            {
                order.Enqueue(number + 1);
                return Task.CompletedTask;
            });
        }

        await trial.SettleAsync();

        Expect.Sequence(Enumerable.Range(0, 100), order, "Posts and tasks from one thread did not run in order.");
    }

    [Behaviour("B52")]
    public static async Task APostFromTheUiThreadRunsAfterTheCallbackThatPostedIt(LoopTrial trial)
    {
        await trial.StartAsync();
        var order = new ConcurrentQueue<string>();

        await trial.OnUiAsync(() =>
        {
            trial.Loop.Post(() => order.Enqueue("post"));
            trial.Loop.Context.Post(_ => order.Enqueue("resume"), null);
            order.Enqueue("callback");
        });
        await trial.SettleAsync();

        Expect.Sequence(["callback", "post", "resume"], order, "What the UI thread posted ran inline or in another order.");
    }

    [Behaviour("B52")]
    public static async Task APostFromATaskRunsAfterItsStep(LoopTrial trial)
    {
        await trial.StartAsync();
        var order = new ConcurrentQueue<string>();

        BackgroundTask task = trial.Tasks.Run(async () =>
        {
            trial.Loop.Post(() => order.Enqueue("first post"));
            order.Enqueue("first step");
            await Task.Yield();
            trial.Loop.Post(() => order.Enqueue("second post"));
            order.Enqueue("second step");
        });
        await Expect.EndsAsync(task);
        await trial.SettleAsync();

        Expect.Sequence(["first step", "first post", "second step", "second post"], order, "What a task posted ran inline or in another order.");
    }

    [Behaviour("B52", LoopFeature.Input)]
    public static async Task APostFromAHandlerOfTheToolkitRunsAfterTheHandler(LoopTrial trial)
    {
        await trial.StartAsync();
        bool isOver = false;
        var wasOver = new TaskCompletionSource<bool>();

        trial.Host.InjectInput(() =>
        {
            trial.Loop.Post(() => wasOver.SetResult(isOver));
            isOver = true;
        });

        Expect.True(await Expect.HappensAsync(wasOver.Task, "A post from a handler did not run."), "A post from a handler ran inline.");
    }

    [Behaviour("B55")]
    public static async Task AfterAPostThatThrowsTheNextStillRuns(LoopTrial trial)
    {
        await trial.StartAsync();
        bool isNextRun = false;

        using (await trial.HoldUiAsync())
        {
            trial.Loop.Post(static () => throw new InvalidOperationException("The post is broken."));
            trial.Loop.Post(() => isNextRun = true);
        }

        await trial.FaultAsync("A post that threw was no fault.");
        await trial.SettleAsync();
        Expect.True(isNextRun, "After a post that threw the next one did not run.");
    }

    [Behaviour("B55")]
    public static async Task APostThatThrowsIsAFaultOnTheUiThread(LoopTrial trial)
    {
        await trial.StartAsync();
        var broken = new InvalidOperationException("The post is broken.");
        bool? isOnUi = null;
        trial.Tasks.Faulted += _ => isOnUi = trial.Loop.CheckAccess();

        trial.Loop.Post(BrokenPost);
        TaskFault fault = await trial.FaultAsync("A post that threw was no fault.");
        await trial.SettleAsync();

        Expect.True(fault.Exception == broken, "The fault of a post has another exception than was thrown.");
        Expect.Contains(nameof(BrokenPost), fault.Name, "The fault of a post does not name it.");
        Expect.Equal(true, isOnUi, "The fault of a post was not raised on the UI thread.");

        void BrokenPost() => throw broken;
    }
}
