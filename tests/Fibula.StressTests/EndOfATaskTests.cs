using Fibula.Testing;

namespace Fibula.StressTests;

public sealed class EndOfATaskTests
{
    private const int Rounds = 2000;

    private readonly TestLoop _loop = new();
    private readonly TaskScope _window;

    public EndOfATaskTests()
    {
        _window = new TaskScope(_loop, "window");
        _loop.RunUntilIdle();
    }

    [Fact]
    public void Progress_ReportedWhileTheTaskEnds_IsNeverRaisedAfterTheEnd()
    {
        for (int round = 0; round < Rounds; round++)
        {
            var seen = new Transitions();
            var finish = new TaskCompletionSource();
            int late = 0;
            IProgress<int>? progress = null;
            TaskContext? context = null;
            BackgroundTask task = _window.Run(async task =>
            {
                context = task;
                progress = task.AsProgress<int>(_ => late += seen.IsEndRaised ? 1 : 0);
                await finish.Task.ConfigureAwait(false);
            });
            task.PropertyChanged += (_, e) => late += seen.IsEndRaised && e.PropertyName == nameof(BackgroundTask.Progress) ? 1 : 0;
            seen.Follow(task);

            Thread[] threads = Races.Start(2, round, random =>
            {
                if (random.Next(2) == round % 2)
                {
                    finish.TrySetResult();
                }

                for (int i = 0; i < 20; i++)
                {
                    progress!.Report(i);
                    context!.Advance();
                }

                finish.TrySetResult();
            });
            _loop.RunUntil(() => Races.AreOver(threads));
            _loop.RunUntil(() => seen.IsEndRaised);
            _loop.RunUntilIdle();

            Assert.Equal(0, late);
            seen.AssertAreAChain(task.Name);
        }
    }

    [Fact]
    public void StateChanged_CanceledWhileTheTaskEnds_IsInOrder()
    {
        for (int round = 0; round < Rounds; round++)
        {
            var seen = new Transitions();
            var finish = new TaskCompletionSource();
            BackgroundTask task = _window.Run(async () => await finish.Task.ConfigureAwait(false));
            seen.Follow(task);

            int turn = 0;
            Thread[] threads = Races.Start(2, round, _ =>
            {
                if (Interlocked.Increment(ref turn) == 1)
                {
                    task.Cancel();
                }
                else
                {
                    finish.SetResult();
                }
            });
            _loop.RunUntil(() => Races.AreOver(threads) && seen.IsEndRaised);

            Assert.Equal(BackgroundTaskState.Succeeded, task.State);
            seen.AssertAreAChain(task.Name);
        }
    }

    [Fact]
    public void Awaiters_ThatComeWhileTheTaskEnds_EachResumeOnce()
    {
        for (int round = 0; round < Rounds; round++)
        {
            var finish = new TaskCompletionSource();
            BackgroundTask task = _window.Run(async () => await finish.Task.ConfigureAwait(false));
            int resumed = 0;
            int began = 0;

            Thread[] threads = Races.Start(2, round, random =>
            {
                for (int i = 0; i < 10; i++)
                {
                    Interlocked.Increment(ref began);
                    _ = WaitAsync();
                }

                finish.TrySetResult();
            });
            Races.Join(threads);

            Assert.Equal(began, Volatile.Read(ref resumed));

            async Task WaitAsync()
            {
                await task.ConfigureAwait(false);
                Interlocked.Increment(ref resumed);
            }
        }

        Assert.Empty(_loop.UnhandledFaults);
    }

    [Fact]
    public void Boards_MadeAndDisposedByTwoThreads_NoneIsForgottenAndNoneIsKept()
    {
        var kept = new List<TaskBoard>();
        Thread[] threads = Races.Start(2, 1, random =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                var board = new TaskBoard(_window, TimeSpan.Zero);
                if (i == Rounds / 2)
                {
                    lock (kept)
                    {
                        kept.Add(board);
                    }
                }
                else
                {
                    board.Dispose();
                }
            }
        });
        _loop.RunUntil(() => Races.AreOver(threads));

        _window.Run(() => new TaskCompletionSource().Task, new TaskOptions { Name = "Import" });
        _loop.RunUntilIdle();

        Assert.All(kept, board => Assert.Equal("Import", Assert.Single(board.Rows).Name));
        Assert.Equal(2, kept.Count);
    }
}
