using System.Collections.Concurrent;
using System.Globalization;
using Fibula.Diagnostics;
using Fibula.Testing;

namespace Fibula.StressTests;

/// <summary>Two threads start, cancel, move and close, a million times in all; with FIBULA_HAMMER_MINUTES set, for as long as that.</summary>
public sealed class HammerTests
{
    private const int Rounds = 20;
    private const int StepsOfEach = 25_000;

    [Fact]
    [Trait("Behaviour", "B21")]
    public void TwoThreads_StartCancelMoveAndClose_NothingIsLost()
    {
        var minutes = TimeSpan.FromMinutes(double.Parse(Environment.GetEnvironmentVariable("FIBULA_HAMMER_MINUTES") ?? "0", CultureInfo.InvariantCulture));
        long began = TimeProvider.System.GetTimestamp();
        for (int round = 0; round < Rounds || TimeProvider.System.GetElapsedTime(began) < minutes; round++)
        {
            new Round(seed: 7 * round).Play();
        }
    }

    private sealed class Round(int seed)
    {
        // On a real clock, whose deadlines nobody comes near: work that takes its token is over at once.
        private readonly TestLoop _loop = new(TimeProvider.System);
        private readonly ConcurrentBag<BackgroundTask> _started = [];
        private readonly ConcurrentBag<Task<CloseReport>> _closes = [];
        private TaskScope _root = null!;

        public void Play()
        {
            _root = new TaskScope(_loop, "app");
            _loop.RunUntilIdle();
            TaskCommand[] commands =
            [
                .. Enum.GetValues<CommandPolicy>().Select(policy => new TaskCommand(_root, WaitAsync) { Policy = policy }),
                new TaskCommand(_root, WaitAsync) { Policy = CommandPolicy.KeepLatest, Debounce = TimeSpan.FromMilliseconds(1) },
                new TaskCommand(_root, WaitAsync) { Policy = CommandPolicy.Restart, Throttle = TimeSpan.FromMilliseconds(1) },
            ];
            Thread[] threads = Races.Start(2, seed, random => Use(new Player(_root, commands, random, _started, _closes)));
            _loop.RunUntil(() => Races.AreOver(threads));
            Races.Join(threads);
            Task<CloseReport> close = _root.CloseAsync();
            _loop.RunUntilEnded(close);
            _loop.RunUntil(() => _closes.All(other => other.IsCompleted));
            _loop.RunUntilIdle();
            AssertNothingIsLost(close.Result, commands);
        }

        private static void Use(Player player)
        {
            for (int step = 0; step < StepsOfEach; step++)
            {
                player.Step();
            }
        }

        private void AssertNothingIsLost(CloseReport report, TaskCommand[] commands)
        {
            Assert.All(_started, task => Assert.True(task.IsCompleted, $"Round {seed}: {task.Explain()}"));
            Assert.Equal((0, 0), (report.LostCount, report.LivingCount));
            Assert.All(_closes, close => Assert.Equal((0, 0), (close.Result.LostCount, close.Result.LivingCount)));
            Assert.All(commands, command => Assert.Equal((0, 0), (command.RunningCount, command.QueuedCount)));
            Assert.Empty(_root.Snapshot().Tasks);
            Assert.Empty(_root.Snapshot().Children);
            Assert.Empty(_loop.UnhandledFaults);
        }
    }

    private sealed class Player
    {
        private readonly TaskScope[] _scopes;
        private readonly BackgroundTask?[] _tasks = new BackgroundTask?[64];
        private readonly TaskScope _root;
        private readonly TaskCommand[] _commands;
        private readonly Random _random;
        private readonly ConcurrentBag<BackgroundTask> _started;
        private readonly ConcurrentBag<Task<CloseReport>> _closes;

        public Player(TaskScope root, TaskCommand[] commands, Random random, ConcurrentBag<BackgroundTask> started, ConcurrentBag<Task<CloseReport>> closes)
        {
            (_root, _commands, _random, _started, _closes) = (root, commands, random, started, closes);
            _scopes = new TaskScope[12];
            Array.Fill(_scopes, root);
        }

        public void Step()
        {
            int index = _random.Next(_scopes.Length);
            TaskScope scope = _scopes[index];
            switch (_random.Next(24))
            {
                case < 5:
                    Keep(scope.Run(WaitAsync));
                    break;
                case 5:
                    Keep(scope.RunOnThreadPool(YieldAsync));
                    break;
                case 6:
                    Keep(scope.Run(async task => await task.RunGroupAsync(GroupAsync)));
                    break;
                case 7:
                    Keep(scope.Run(async task => await task.ShieldAsync(YieldAsync)));
                    break;
                case < 11:
                    _tasks[_random.Next(_tasks.Length)]?.Cancel();
                    break;
                case < 17:
                    _tasks[_random.Next(_tasks.Length)]?.MoveTo(scope);
                    break;
                case < 19:
                    _scopes[index] = AnyScope().CreateChild("view");
                    break;
                case 19 when scope != _root:
                    _closes.Add(scope.CloseAsync());
                    break;
                case 20:
                    Keep(_commands[_random.Next(_commands.Length)].ExecuteAsync());
                    break;
                case 21:
                    _commands[_random.Next(_commands.Length)].Cancel();
                    break;
                case 22 when _random.Next(10) == 0:
                    scope.Cancel();
                    break;
                case 22 when _random.Next(20) == 0:
                    ListOnce(_root.Snapshot());
                    break;
                default:
                    Keep(scope.Run(YieldAsync, new TaskOptions { OnClose = ClosePolicy.Finish(TimeSpan.FromSeconds(1)) }));
                    break;
            }
        }

        // It is read in several holds of the lock, between which tasks move.
        private static void ListOnce(ScopeSnapshot snapshot)
        {
            var ids = new HashSet<int>();
            var waiting = new Stack<ScopeSnapshot>([snapshot]);
            while (waiting.TryPop(out ScopeSnapshot? scope))
            {
                foreach (TaskSnapshot task in scope.Tasks)
                {
                    if (!ids.Add(task.Id))
                    {
                        Assert.Fail($"'{task.Name}' is listed twice.");
                    }
                }

                foreach (ScopeSnapshot child in scope.Children)
                {
                    waiting.Push(child);
                }
            }
        }

        private TaskScope AnyScope() => _random.Next(3) == 0 ? _scopes[_random.Next(_scopes.Length)] : _root;

        private void Keep(BackgroundTask task)
        {
            _started.Add(task);
            _tasks[_random.Next(_tasks.Length)] = task;
        }
    }

    private static async Task WaitAsync(TaskContext task) => await task.Delay(Timeout.InfiniteTimeSpan);

    private static async Task YieldAsync(TaskContext task)
    {
        await Task.Yield();
        task.Advance();
    }

    private static async Task GroupAsync(TaskGroup group)
    {
        _ = group.Run(WaitAsync);
        _ = group.RunOnThreadPool(YieldAsync);
        await group.Delay(TimeSpan.FromMilliseconds(1));
    }
}
