using System.Collections.Concurrent;

namespace Fibula.Testing;

/// <summary>What happens while a callback sits in a modal loop.</summary>
internal static class NestingPromises
{
    [Behaviour("B56", LoopFeature.NestedLoops)]
    public static async Task ItemsBehindACallbackRunInTheNestedLoopItSitsIn(LoopTrial trial)
    {
        await trial.StartAsync();
        var order = new ConcurrentQueue<int>();
        var close = new TaskCompletionSource();
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        using (await trial.HoldUiAsync())
        {
            trial.Loop.Post(() =>
            {
                trial.Host.RunNestedLoop(close.Task);
                order.Enqueue(int.MaxValue);
                closed.SetResult();
            });
            QueueNumbers(trial, order, 0, 10);
        }

        // Reached only if the nested loop has run what stood behind its callback.
        await trial.SettleAsync();
        QueueNumbers(trial, order, 10, 10);
        await trial.SettleAsync();
        Expect.Sequence(Enumerable.Range(0, 20), order, "A nested loop did not run the items behind its callback once each, in order.");

        close.SetResult();
        await Expect.HappensAsync(closed.Task, "The nested loop was closed, and its callback did not go on.");
        QueueNumbers(trial, order, 20, 10);
        await trial.SettleAsync();
        Expect.Sequence([.. Enumerable.Range(0, 20), int.MaxValue, .. Enumerable.Range(20, 10)], order, "After a nested loop items were lost or run again.");
    }

    [Behaviour("B56", LoopFeature.NestedLoops)]
    public static async Task ATaskGoesOnInANestedLoopAndMayCloseIt(LoopTrial trial)
    {
        await trial.StartAsync();
        var close = new TaskCompletionSource();
        BackgroundTask<bool> work = trial.Tasks.Run(async task =>
        {
            await task.Delay(TimeSpan.FromMilliseconds(10));
            await task.SwitchToThreadPoolAsync();
            await task.SwitchToUiAsync();
            close.SetResult();
            return trial.Loop.CheckAccess();
        });

        await trial.OnUiAsync(() => trial.Host.RunNestedLoop(close.Task));

        Expect.True(await Expect.HappensAsync(work.AsTask(), "A task did not go on in a nested loop."), "In a nested loop a task went on off the UI thread.");
    }

    [Behaviour("B56", LoopFeature.NestedLoops)]
    public static async Task NestedLoopsNestAndEachRunsWhatIsQueued(LoopTrial trial)
    {
        const int Depth = 3;
        await trial.StartAsync();
        var close = Enumerable.Range(0, Depth).Select(static _ => new TaskCompletionSource()).ToList();
        var order = new ConcurrentQueue<int>();
        var allClosed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        for (int depth = 0; depth < Depth; depth++)
        {
            int level = depth;
            trial.Loop.Post(() =>
            {
                trial.Host.RunNestedLoop(close[level].Task);
                order.Enqueue(level);
                if (level == 0)
                {
                    allClosed.SetResult();
                }
            });
            await trial.SettleAsync();
        }

        for (int depth = Depth - 1; depth >= 0; depth--)
        {
            close[depth].SetResult();
            await trial.SettleAsync();
        }

        await Expect.HappensAsync(allClosed.Task, "The outermost of three nested loops was closed, and its callback did not go on.");
        Expect.Sequence([2, 1, 0], order, "Three nested loops were not closed one by one, the innermost first.");
    }

    [Behaviour("B56", LoopFeature.NestedLoops)]
    public static async Task APostThatThrowsInANestedLoopDoesNotCloseIt(LoopTrial trial)
    {
        await trial.StartAsync();
        var close = new TaskCompletionSource();
        bool isClosed = false;
        trial.Loop.Post(() =>
        {
            trial.Host.RunNestedLoop(close.Task);
            isClosed = true;
        });

        trial.Loop.Post(static () => throw new InvalidOperationException("The post is broken."));
        await trial.FaultAsync("A post that threw in a nested loop was no fault.");
        await trial.SettleAsync();

        Expect.False(isClosed, "A post that threw has closed the nested loop it ran in.");
        close.SetResult();
        await trial.SettleAsync();
    }

    private static void QueueNumbers(LoopTrial trial, ConcurrentQueue<int> order, int first, int count)
    {
        for (int index = first; index < first + count; index++)
        {
            int number = index;
            trial.Loop.Post(() => order.Enqueue(number));
        }
    }
}
