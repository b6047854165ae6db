using System.Collections.Concurrent;
using System.Globalization;
using Fibula.Diagnostics;

namespace Fibula.StressTests.Fuzz;

/// <summary>A fresh loop and app, random calls by one to three threads, the end of everything, and a look at what is left.</summary>
internal sealed class Episode(IReadOnlyList<Member> members, Deck deck, int seed)
{
    private const int Calls = 400;
    private static readonly TimeSpan Limit = Races.Limit;
    private static readonly TimeSpan CloseLimit = TimeSpan.FromMilliseconds(300);

    private readonly Random _random = new(seed);
    private readonly int _kind = seed % 9;
    private readonly ConcurrentQueue<(BackgroundTask Task, Transitions Seen)> _followed = new();
    private World? _world;
    private readonly List<(TaskScope Scope, Task Close)> _closes = [];
    private bool _isOver;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Seed {seed}");

    /// <summary>Plays on a thread of its own, which is the UI thread.</summary>
    /// <returns>False where it hangs: then no further episode can be played.</returns>
    public bool Play()
    {
        Findings.Episode = ToString();
        var thread = new Thread(PlayHere) { IsBackground = true, Name = ToString() };
        thread.Start();
        bool isOver = thread.Join(Limit * 3);
        if (!isOver)
        {
            Findings.Add("An episode hangs", Dump());
        }

        return isOver && _isOver;
    }

    private void PlayHere()
    {
        try
        {
            _world = new World(members, deck, Calls);
            Stage stage = NewStage(_world);
            UiApp app = Props.Put(_world, stage.Loop, _random);
            app.Tasks.TaskStarted += Follow;
            Thread[] others = _kind < 4 ? [] : [.. OtherApps(_world)];
            stage.RunSome(_random);
            _world.IsPlaying = true;
            Play(stage);
            Finish(stage, app, others);
            _world.Dispose();
            _isOver = true;
        }
        catch (Exception error)
        {
            Findings.Add($"{error.GetType().Name} out of the episode itself", $"{Findings.Show(error)}\n{Dump()}");
            _world?.Release();
            _isOver = true;
        }
    }

    // By a player, so that its hooks misbehave.
    private Stage NewStage(World world)
    {
        using var player = new Player(world, new Random(seed));
        return new Stage(_kind, seed);
    }

    private void Follow(BackgroundTask task)
    {
        var seen = new Transitions();
        seen.Follow(task);
        _followed.Enqueue((task, seen));
    }

    // An app and a program with loops of their own, on threads of their own.
    private static IEnumerable<Thread> OtherApps(World world)
    {
        using var isRunning = new CountdownEvent(2);
        var app = new UiApp("other");
        var loop = new EventLoop();
        app.Post(() => isRunning.Signal());
        yield return Start(() => app.Run(loop));
        yield return Start(() => EventLoop.Run(async task =>
        {
            world.Add(task);
            isRunning.Signal();
            await world.Released;
        }));
        isRunning.Wait(Limit);
        world.Add(app);
        world.Add(app.Tasks);
        world.Add(loop);
        world.Main.Add(app);
    }

    private static Thread Start(Action body)
    {
        var thread = new Thread(() => body()) { IsBackground = true };
        thread.Start();
        return thread;
    }

    private void Play(Stage stage)
    {
        World world = _world!;
        int seedOfThreads = _random.Next();
        Thread[] threads = _kind < 4 ? [] : [.. Enumerable.Range(0, 1 + (seed % 2)).Select(index => Start(() => PlayOn(world, new Random(seedOfThreads + index))))];
        while (world.Budget > 0)
        {
            if (_random.Next(3) == 0)
            {
                StepHere();
            }
            else
            {
                stage.Loop.Post(StepHere);
            }

            stage.RunSome(_random);
        }

        if (!stage.RunUntil(() => Races.AreOver(threads), Limit))
        {
            Findings.Add("A call does not return", Dump());
        }

        world.Release();

        void StepHere()
        {
            using var player = new Player(world, new Random(_random.Next()));
            player.Step();
        }
    }

    private static void PlayOn(World world, Random random)
    {
        while (world.Budget > 0)
        {
            using var player = new Player(world, random);
            player.Step();
        }
    }

    private void Finish(Stage stage, UiApp app, Thread[] others)
    {
        World world = _world!;
        UiApp[] apps = [.. world.Apps.Distinct()];
        Array.ForEach(apps, other => world.Add(other.Tasks));
        foreach (TaskScope scope in world.Scopes.Distinct())
        {
            _closes.Add((scope, scope.CloseAsync(within: CloseLimit)));
        }

        Array.ForEach(apps, static other => other.Exit());

        foreach (UiLoop loop in world.Loops.Distinct().Where(loop => loop != stage.Loop))
        {
            Stage.End(loop);
        }

        if (!stage.RunUntil(() => IsAllOver() && Races.AreOver(others), Limit))
        {
            Findings.Add("Something never ends", Dump());
        }

        Stage.End(stage.Loop);
        LookAtWhatIsLeft(app);
    }

    private bool IsAllOver() =>
        _closes.TrueForAll(static closing => closing.Close.IsCompleted) && _world!.Handles.Keys.All(static task => task.IsCompleted) && _world.Tasks.All(static call => call.Task.IsCompleted || call.Call.Member.MayOutlast);

    private void LookAtWhatIsLeft(UiApp app)
    {
        ScopeSnapshot[] left = [];
        Thread looking = Start(() => left = [.. _world!.Scopes.Distinct().Select(static scope => scope.Snapshot()).Where(static scope => scope.Tasks.Count + scope.Children.Count > 0)]);
        if (!looking.Join(Limit))
        {
            Findings.Add("A lock is held after the end", Dump());
            return;
        }

        if (left.Length > 0)
        {
            Findings.Add("Something is listed after the end", string.Join('\n', left.SelectMany(static scope => scope.Tasks).Select(static task => $"{task.Name} in {task.ScopeName}: {task.State}, waits for {task.WaitsFor}")) + "\n" + Dump());
        }

        if (app.CloseReport is not { LostCount: 0 })
        {
            Findings.Add("The report of the app's close is missing, or counts lost tasks", $"{app.CloseReport}\n{Dump()}");
        }

        foreach ((BackgroundTask task, Transitions seen) in _followed)
        {
            if (seen.Mistake() is { } mistake)
            {
                Findings.Add("A task goes from one state to another that does not follow", $"{task}: {mistake}\n{Dump()}");
            }
        }
    }

    private string Dump()
    {
        if (_world is not { } world)
        {
            return "It has not begun.";
        }

        var lines = new List<string> { "Not ended:" };
        var looking = Start(() =>
        {
            lines.AddRange(world.Handles.Keys.Where(static task => !task.IsCompleted).Select(static task => task.Explain()));
        });
        if (!looking.Join(TimeSpan.FromSeconds(5)))
        {
            lines = ["Not ended: cannot be read, a lock is held."];
        }

        lines.Add("Closes not ended:");
        lines.AddRange(_closes.Where(static closing => !closing.Close.IsCompleted).Select(static closing => $"'{closing.Scope}', closing: {closing.Scope.IsClosing}, closed: {closing.Scope.IsClosed}"));
        return string.Join('\n', [.. lines, "Tasks not ended:", .. world.Tasks.Where(static call => !call.Task.IsCompleted && !call.Call.Member.MayOutlast).Select(static call => call.Call.ToString()), "Last calls:", .. world.LastCalls]);
    }
}
