using System.Collections.Concurrent;
using Fibula.Diagnostics;
using Fibula.Testing;

namespace Fibula.StressTests;

public sealed class TreeTests
{
    private const int Steps = 3000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void OneTree_TwoThreadsStartCancelCloseAndOwn_NothingIsLost(int seed)
    {
        var loop = new TestLoop();
        var root = new TaskScope(loop, "app");
        var started = new ConcurrentBag<(BackgroundTask Task, Transitions Seen)>();
        var closes = new ConcurrentBag<Task<CloseReport>>();
        var finish = new TaskCompletionSource();

        Thread[] threads = Races.Start(2, seed, random => Play(new Player(root, random, started, closes, finish.Task)));
        loop.RunUntil(() => Races.AreOver(threads));
        Task<CloseReport> close = root.CloseAsync();
        loop.RunUntilEnded(close);
        finish.SetResult();
        loop.RunUntil(() => started.All(start => start.Task.IsCompleted));
        loop.RunUntilEnded(Task.WhenAll(closes));
        loop.RunUntilIdle();

        Assert.Equal(0, close.Result.LostCount);
        Assert.All(closes, close => Assert.Equal(0, close.Result.LostCount));
        Assert.All(started, start => start.Seen.AssertAreAChain(start.Task.Name));
        Assert.Empty(root.Snapshot().Tasks);
        Assert.Empty(root.Snapshot().Children);
        Assert.Empty(loop.UnhandledFaults);
    }

    private static void Play(Player player)
    {
        for (int step = 0; step < Steps; step++)
        {
            player.Step();
        }
    }

    private sealed class Player(
        TaskScope root,
        Random random,
        ConcurrentBag<(BackgroundTask Task, Transitions Seen)> started,
        ConcurrentBag<Task<CloseReport>> closes,
        Task finish)
    {
        private readonly List<TaskScope> _scopes = [root];
        private readonly List<BackgroundTask> _tasks = [];

        public void Step()
        {
            TaskScope scope = _scopes[random.Next(_scopes.Count)];
            switch (random.Next(12))
            {
                case 0 or 1 or 2:
                    Keep(scope.Run(WorkAsync, Options()));
                    break;
                case 3:
                    Keep(scope.RunOnThreadPool(WorkAsync, Options()));
                    break;
                case 4:
                    Keep(scope.Run(() => finish, Options()));
                    break;
                case 5:
                    Keep(scope.Own(finish, Options(), random.Next(2) == 0 ? Ignore : null));
                    break;
                case 6:
                    Keep(scope.Run(ParentAsync, Options()));
                    break;
                case 7 or 8 when _tasks.Count > 0:
                    _tasks[random.Next(_tasks.Count)].Cancel();
                    break;
                case 9:
                    _scopes.Add(scope.CreateChild($"scope {_scopes.Count}"));
                    break;
                case 10 when scope != root && random.Next(10) == 0:
                    closes.Add(scope.CloseAsync(within: TimeSpan.FromSeconds(random.Next(3))));
                    break;
                case 11 when random.Next(20) == 0:
                    scope.Cancel();
                    break;
                default:
                    _ = root.Snapshot();
                    break;
            }
        }

        private static async Task WorkAsync(TaskContext task)
        {
            task.Advance();
            await Task.Yield();
            await task.Delay(TimeSpan.FromMilliseconds(10)).ConfigureAwait(false);
            task.Advance();
        }

        private static async Task ParentAsync(TaskContext task)
        {
            _ = task.Run(WorkAsync);
            await task.RunOnThreadPool(WorkAsync);
        }

        private static void Ignore()
        {
        }

        private TaskOptions Options() => new()
        {
            OnClose = random.Next(4) switch
            {
                0 => ClosePolicy.Abandon,
                1 => ClosePolicy.Finish(TimeSpan.FromSeconds(1)),
                _ => null,
            },
        };

        private void Keep(BackgroundTask task)
        {
            var seen = new Transitions();
            seen.Follow(task);
            started.Add((task, seen));
            _tasks.Add(task);
        }
    }
}
