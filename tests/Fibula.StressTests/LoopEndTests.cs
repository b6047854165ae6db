using System.Collections.Concurrent;
using Fibula.Diagnostics;
using Fibula.Testing;

namespace Fibula.StressTests;

public sealed class LoopEndTests
{
    private const int Rounds = 60;

    [Fact]
    public void LoopEnds_WhileTwoThreadsStartAndPost_EveryHandleEndsAndNoneIsLost()
    {
        for (int round = 0; round < Rounds; round++)
        {
            var race = new EndRace(round);
            race.Run();
            race.AssertNothingIsLost();
        }
    }

    private sealed class EndRace(int seed)
    {
        private readonly TestLoop _loop = new();
        private readonly ConcurrentBag<BackgroundTask> _started = [];
        private UiApp? _app;
        private int _accepted;
        private int _ran;
        private int _ranAfterTheEnd;
        private volatile bool _hasEnded;

        public void Run()
        {
            _app = _loop.UseFibula();
            TaskScope window = _app.Tasks.CreateChild("window");
            _started.Add(_app.Tasks.Run(task => task.Delay(TimeSpan.FromHours(1))));
            _loop.RunUntilIdle();
            Thread[] threads = Races.Start(2, seed, random => Use(window, random));
            int startedBefore = new Random(seed).Next(60);
            _loop.RunUntil(() => _started.Count >= startedBefore || Races.AreOver(threads));
            _loop.End();
            _hasEnded = true;
            Races.Join(threads);
        }

        public void AssertNothingIsLost()
        {
            var all = Task.WhenAll(_started.Select(task => task.AsTask()));
            Assert.True(((IAsyncResult)all).AsyncWaitHandle.WaitOne(Races.Limit), $"Round {seed}: {string.Join(", ", _started.Where(task => !task.IsCompleted))}");
            Assert.All(_started, task => Assert.True(task.State is BackgroundTaskState.Succeeded or BackgroundTaskState.Canceled, $"Round {seed}: {task}"));
            Assert.Equal(0, _app!.CloseReport!.LostCount);
            Assert.Empty(_app.Tasks.Snapshot().Tasks);
            Assert.Empty(_app.Tasks.Snapshot().Children);
            Assert.Equal(0, _ranAfterTheEnd);
            Assert.InRange(_ran, 0, _accepted);
            Assert.False(_loop.Post(() => { }));
        }

        private void Use(TaskScope window, Random random)
        {
            for (int step = 0; step < 100; step++)
            {
                switch (random.Next(5))
                {
                    case 0:
                        _started.Add(window.Run(WorkAsync));
                        break;
                    case 1:
                        _started.Add(window.RunOnThreadPool(WorkAsync));
                        break;
                    case 2:
                        _started.Add(window.Run(task => task.Run(WorkAsync).AsTask()));
                        break;
                    case 3:
                        _started.Add(window.Own(Task.Run(() => { })));
                        break;
                    default:
                        Interlocked.Add(ref _accepted, _loop.Post(NotePost) ? 1 : 0);
                        break;
                }
            }
        }

        private static async Task WorkAsync(TaskContext task)
        {
            await Task.Yield();
            await task.Delay(TimeSpan.FromHours(1));
        }

        private void NotePost()
        {
            Interlocked.Increment(ref _ran);
            Interlocked.Add(ref _ranAfterTheEnd, _hasEnded ? 1 : 0);
        }
    }
}
