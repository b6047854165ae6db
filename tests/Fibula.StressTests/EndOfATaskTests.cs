using Fibula.Diagnostics;
using Fibula.Testing;

namespace Fibula.StressTests;

public sealed class EndOfATaskTests : IDisposable
{
    private const int Rounds = 500;

    private readonly TestLoop _loop = new();
    private readonly TaskScope _window;
    private readonly Duel _duel = new();

    public EndOfATaskTests()
    {
        _window = new TaskScope(_loop, "window");
        _loop.RunUntilIdle();
    }

    public void Dispose() => _duel.Dispose();

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

            int reports = round % 8;
            _duel.Begin(finish.SetResult, () =>
            {
                for (int i = 0; i <= reports; i++)
                {
                    progress!.Report(i);
                    context!.Advance();
                }
            });
            Crowd(task);
            _loop.RunUntil(() => _duel.IsDecided && seen.IsEndRaised);
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

            _duel.Begin(() => task.Cancel(), finish.SetResult);
            Crowd(task);
            _loop.RunUntil(() => _duel.IsDecided && seen.IsEndRaised);
            _loop.RunUntilIdle();

            Assert.Equal(BackgroundTaskState.Succeeded, task.State);
            seen.AssertAreAChain($"task {round}");
        }
    }

    [Fact]
    public void Awaiters_ThatComeWhileTheTaskEnds_EachResumeOnce()
    {
        for (int round = 0; round < Rounds; round++)
        {
            const int Awaiters = 3;
            var finish = new TaskCompletionSource();
            BackgroundTask task = _window.Run(async () => await finish.Task.ConfigureAwait(false));
            int resumed = 0;

            _duel.Begin(finish.SetResult, () =>
            {
                for (int i = 0; i < Awaiters; i++)
                {
                    _ = WaitAsync();
                }
            });
            _ = WaitOnTheLoopAsync();
            _loop.RunUntil(() => Volatile.Read(ref resumed) >= Awaiters + 1 && _duel.IsDecided);

            Assert.Equal(Awaiters + 1, resumed);

            async Task WaitAsync()
            {
                await task.ConfigureAwait(false);
                Interlocked.Increment(ref resumed);
            }

            async Task WaitOnTheLoopAsync() => await _window.Run(async () =>
            {
                await task;
                Interlocked.Increment(ref resumed);
            });
        }

        Assert.Empty(_loop.UnhandledFaults);
    }

    [Fact]
    public void Boards_MadeAndDisposedByTwoThreads_NoneIsForgotten()
    {
        for (int round = 0; round < Rounds; round++)
        {
            TaskBoard? kept = null;
            _duel.Begin(() => kept = new TaskBoard(_window, TimeSpan.FromTicks(1)), MakeAndDisposeSome);
            SpinWait.SpinUntil(() => _duel.IsDecided);
            _loop.RunUntilIdle();
            int changes = 0;
            kept!.Changed += () => changes++;

            _window.Run(() => Task.CompletedTask);
            _loop.Advance(TimeSpan.FromTicks(1));
            kept.Dispose();

            Assert.True(changes > 0, $"Board {round} is not told any more.");
        }

        void MakeAndDisposeSome()
        {
            for (int i = 0; i < 20; i++)
            {
                new TaskBoard(_window).Dispose();
            }
        }
    }

    // Makes the duelling threads wait inside the library, where they may overtake each other.
    private void Crowd(BackgroundTask task)
    {
        while (!_duel.IsDecided)
        {
            task.StateChanged += Ignore;
            task.StateChanged -= Ignore;
        }

        static void Ignore(BackgroundTaskState old, BackgroundTaskState now)
        {
        }
    }
}
