using System.Collections.Concurrent;

namespace Fibula.Testing;

/// <summary>What the UI sees of reports, at whatever rate they come.</summary>
internal static class ProgressPromises
{
    [Behaviour("B68")]
    public static async Task ValuesArriveInOrderOnTheUiThreadAndTheLastAlwaysDoes(LoopTrial trial)
    {
        const int Reports = 20_000;
        await trial.StartAsync();
        var seen = new ConcurrentQueue<int>();
        int offUi = 0;

        BackgroundTask task = trial.Tasks.RunOnThreadPool(task =>
        {
            IProgress<int> progress = task.AsProgress<int>(value =>
            {
                seen.Enqueue(value);
                offUi += trial.Loop.CheckAccess() ? 0 : 1;
            });
            for (int value = 1; value <= Reports; value++)
            {
                progress.Report(value);
            }

            return Task.CompletedTask;
        });
        await Expect.EndsAsync(task);
        await trial.SettleAsync();

        Expect.Equal(0, offUi, "Progress was shown off the UI thread.");
        Expect.Sequence(seen.Distinct().Order(), seen, "Progress was shown in another order than it was reported, or twice.");
        Expect.Equal(Reports, seen.LastOrDefault(), "The last progress was not shown.");
    }

    [Behaviour("B68")]
    public static async Task OnlyTheLatestValueIsShownAtEachRefresh(LoopTrial trial)
    {
        await trial.StartAsync();
        var seen = new ConcurrentQueue<int>();
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reported = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        BackgroundTask task = trial.Tasks.RunOnThreadPool(async task =>
        {
            IProgress<int> progress = task.AsProgress<int>(seen.Enqueue);
            await goOn.Task;
            for (int value = 1; value <= 1000; value++)
            {
                progress.Report(value);
            }

            reported.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, task.CancellationToken);
        });

        long before;
        using (await trial.HoldUiAsync())
        {
            before = trial.Loop.TurnsRequested;
            goOn.SetResult();
            await Expect.HappensAsync(reported.Task, "Reporting progress to a busy UI thread has blocked the reporter.");
            Expect.True(trial.Loop.TurnsRequested - before <= 1, "Reports to a busy UI thread cost more than one wake-up.");
        }

        await trial.SettleAsync();
        Expect.Sequence([1000], seen, "After a busy time the UI thread was shown more than the latest progress.");
        task.Cancel();
    }

    [Behaviour("B68")]
    public static async Task TheLastValueIsShownBeforeTheEndIsRaised(LoopTrial trial)
    {
        await trial.StartAsync();
        await CheckEndAsync(trial, onPool: true);
        await CheckEndAsync(trial, onPool: false);
    }

    [Behaviour("B68")]
    public static async Task TheLastValueIsShownBeforeAnAwaitThatFindsTheTaskEnded(LoopTrial trial)
    {
        await trial.StartAsync();
        int shown = 0;
        int shownAtTheAwait = -1;
        BackgroundTask task = trial.Tasks.Run(async task =>
        {
            BackgroundTask reporting = task.RunOnThreadPool(pool =>
            {
                pool.AsProgress<int>(value => shown = value).Report(9);
                return Task.CompletedTask;
            });

            // The UI thread is held, so that the value still waits for it when the await comes.
            SpinWait.SpinUntil(() => reporting.IsCompleted, Expect.Limit);
            await reporting;
            shownAtTheAwait = shown;
        });
        await Expect.EndsAsync(task);

        Expect.Equal(9, shownAtTheAwait, "An await that found its task ended went on before the last progress was shown.");
    }

    [Behaviour("B68")]
    public static async Task NothingIsShownAfterTheEnd(LoopTrial trial)
    {
        await trial.StartAsync();
        var seen = new ConcurrentQueue<int>();
        IProgress<int>? progress = null;
        TaskContext? context = null;
        BackgroundTask task = trial.Tasks.Run(async task =>
        {
            (context, progress) = (task, task.AsProgress<int>(seen.Enqueue));
            await Task.Yield();
            progress.Report(1);
            task.Report(1, 2);
        });
        await Expect.EndsAsync(task);
        var changes = new ConcurrentQueue<string?>();
        task.PropertyChanged += (_, e) => changes.Enqueue(e.PropertyName);
        await trial.CalmAsync();
        changes.Clear();

        progress!.Report(2);
        context!.AsProgress<int>(seen.Enqueue).Report(3);
        context.Report(2, 2);
        context.Advance(5);
        await trial.CalmAsync();

        Expect.Sequence([1], seen, "Progress was shown after the end.");
        Expect.Equal(0, changes.Count, "Changes were raised after the end.");
        Expect.Equal(1, task.Progress.Completed, "Progress has changed after the end.");
    }

    [Behaviour("B68")]
    public static async Task AdvanceAddsUpExactlyFromManyThreads(LoopTrial trial)
    {
        const int Threads = 8, Steps = 5000;
        await trial.StartAsync();
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        long shown = 0;

        BackgroundTask task = trial.Tasks.Run(async task =>
        {
            await goOn.Task;
            task.Report(0, Threads * Steps);
            await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Run(() =>
            {
                for (int step = 0; step < Steps; step++)
                {
                    task.Advance();
                }
            })));
        });
        task.PropertyChanged += (_, e) => shown = e.PropertyName == nameof(task.Progress) ? task.Progress.Completed : shown;
        goOn.SetResult();
        await Expect.EndsAsync(task);
        await trial.SettleAsync();

        Expect.Equal(Threads * Steps, task.Progress.Completed, "What many threads advanced does not add up.");
        Expect.Equal(1.0, task.Progress.Fraction, "What many threads advanced does not come to the whole.");
        Expect.Equal(Threads * Steps, shown, "The last progress was not raised.");
    }

    private static async Task CheckEndAsync(LoopTrial trial, bool onPool)
    {
        var order = new ConcurrentQueue<string>();
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        BackgroundTask task = onPool ? trial.Tasks.RunOnThreadPool(WorkAsync) : trial.Tasks.Run(WorkAsync);
        task.StateChanged += (_, now) => order.Enqueue(now.ToString());
        task.PropertyChanged += (_, e) => order.Enqueue(e.PropertyName == nameof(task.Progress) ? $"Progress {task.Progress.Completed}" : "-");
        using (onPool ? await trial.HoldUiAsync() : null)
        {
            goOn.SetResult();
            await Expect.EndsAsync(task);
        }

        await trial.SettleAsync();

        var shown = order.Where(static entry => entry != "-").ToList();
        Expect.True(shown.IndexOf("value 9") >= 0, "The last progress was not shown.");
        Expect.True(shown.IndexOf("value 9") < shown.IndexOf("Succeeded"), $"The last progress was not shown before the end: {string.Join(", ", shown)}.");
        Expect.True(shown.IndexOf("Progress 9") >= 0, "The last progress was not raised.");
        Expect.Equal("Succeeded", shown[^1], "Something was raised after the end.");

        async Task WorkAsync(TaskContext task)
        {
            IProgress<int> progress = task.AsProgress<int>(value => order.Enqueue($"value {value}"));
            await goOn.Task;
            for (int value = 1; value < 10; value++)
            {
                task.Report(value, 9);
                progress.Report(value);
            }
        }
    }
}
