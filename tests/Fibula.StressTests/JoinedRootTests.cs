using System.Collections.Concurrent;

namespace Fibula.StressTests;

public sealed class JoinedRootTests
{
    private const int Steps = 2000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void TwoUiThreads_WindowsOpenAndCloseFromBothSides_NothingIsLost(int seed)
    {
        var owner = new UiApp("owner");
        var other = new UiApp("other thread");
        Thread ownersThread = Begin(owner);
        Thread othersThread = Begin(other);
        var started = new ConcurrentBag<BackgroundTask>();
        var closes = new ConcurrentBag<Task<CloseReport>>();

        Thread[] threads = Races.Start(2, seed, random => Play(new Player(owner.Tasks, other.Loop!, random, started, closes)));
        Races.Join(threads);
        owner.Exit();
        Races.Join([ownersThread]);
        other.Exit();
        Races.Join([othersThread]);

        Assert.All(started, task => Assert.True(task.IsCompleted, task.ToString()));
        Assert.All(closes, close => Assert.Equal((true, 0), (close.IsCompleted, close.Result.LostCount + close.Result.Survivors.Count)));
        Assert.Equal((0, 0), (owner.CloseReport!.LostCount, owner.CloseReport.LivingCount));
        Assert.Equal((0, 0), (other.CloseReport!.LostCount, other.CloseReport.LivingCount));
    }

    private static Thread Begin(UiApp app)
    {
        using var isRunning = new ManualResetEventSlim();
        app.Post(isRunning.Set);
        var thread = new Thread(() => app.Run(new EventLoop())) { IsBackground = true };
        thread.Start();
        Assert.True(isRunning.Wait(Races.Limit));
        return thread;
    }

    private static void Play(Player player)
    {
        for (int step = 0; step < Steps; step++)
        {
            player.Step();
        }
    }

    private sealed class Player(
        TaskScope app,
        UiLoop otherLoop,
        Random random,
        ConcurrentBag<BackgroundTask> started,
        ConcurrentBag<Task<CloseReport>> closes)
    {
        private readonly List<TaskScope> _owners = [app];
        private readonly List<TaskScope> _windows = [];

        public void Step()
        {
            switch (random.Next(10))
            {
                case 0:
                    _owners.Add(AnyOf(_owners).CreateChild("view"));
                    break;
                case 1 or 2:
                    _windows.Add(new TaskScope(otherLoop, "window", AnyOf(_owners)));
                    break;
                case 3 or 4 or 5 when _windows.Count > 0:
                    started.Add(AnyOf(_windows).Run(async task => await task.Delay(TimeSpan.FromHours(1))));
                    break;
                case 6 when _windows.Count > 0:
                    closes.Add(AnyOf(_windows).CloseAsync());
                    break;
                case 7 when _owners.Count > 1:
                    closes.Add(_owners[random.Next(1, _owners.Count)].CloseAsync());
                    break;
                case 8:
                    AnyOf(_owners).Cancel();
                    break;
                default:
                    started.Add(AnyOf(_owners).Run(async task => await task.Delay(TimeSpan.FromHours(1))));
                    break;
            }
        }

        private TaskScope AnyOf(List<TaskScope> scopes) => scopes[random.Next(scopes.Count)];
    }
}
