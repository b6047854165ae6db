using System.Collections.Concurrent;
using System.Diagnostics;
using Fibula.Diagnostics;
using Fibula.Testing;

namespace Fibula.StressTests.Traces;

/// <summary>Two threads meet over the tasks of two views, which are new in each round.</summary>
internal sealed class Round
{
    private readonly TestLoop _loop;
    private readonly Duel _duel;
    private readonly Random _random;
    private readonly ConcurrentQueue<TracedTask> _traced = [];
    private readonly ConcurrentQueue<string> _broken = [];
    private int _moment;

    public Round(TestLoop loop, TaskScope root, Duel duel, Random random, int number)
    {
        (_loop, _duel, _random, Number) = (loop, duel, random, number);
        View = root.CreateChild("view");
        Other = root.CreateChild("other");
        View.TaskStarted += task => _traced.Enqueue(new TracedTask(this, task));
        View.Faulted += OnFaulted;
        Other.Faulted += OnFaulted;
    }

    public int Number { get; }

    public TaskScope View { get; }

    public TaskScope Other { get; }

    public int NextMoment() => Interlocked.Increment(ref _moment);

    public void Note(bool holds, string mistake)
    {
        if (!holds)
        {
            _broken.Enqueue(mistake);
        }
    }

    /// <summary>The trace of a task that the view has taken.</summary>
    public TracedTask TraceOf(BackgroundTask task) => _traced.Single(traced => traced.Task == task);

    /// <summary>Starts work that lasts as long as another task, and takes no token.</summary>
    public TracedTask Start(Task body) => TraceOf(View.Run(() => body, new TaskOptions { Name = "task" }));

    /// <summary>The same with children, each of which lasts as long as its own body.</summary>
    public (TracedTask Parent, TracedTask[] Children) StartFamily(Task parentBody, params Task[] childBodies)
    {
        TracedTask[] children = [];
        TracedTask parent = TraceOf(View.Run(
            context =>
            {
                children = [.. childBodies.Select((body, index) => TraceOf(context.Run(() => body, new TaskOptions { Name = $"child {index}" })))];
                return parentBody;
            },
            new TaskOptions { Name = "parent" }));
        return (parent, children);
    }

    /// <summary>Two threads act at the same moment, give or take a little, while the loop turns.</summary>
    public void Meet(Action one, Action other)
    {
        int first = _random.Next(100);
        int second = _random.Next(100);
        _duel.Begin(() => Act(first, one), () => Act(second, other));
        while (!_duel.IsDecided)
        {
            _loop.RunUntilIdle();
        }

        static void Act(int delay, Action action)
        {
            Thread.SpinWait(delay);
            action();
        }
    }

    /// <summary>Runs the loop until something has happened.</summary>
    public void RunUntil(Func<bool> condition)
    {
        long began = Stopwatch.GetTimestamp();
        do
        {
            _loop.RunUntilIdle();
            Assert.True(Stopwatch.GetElapsedTime(began) < Races.Limit, $"Round {Number} never ends: {string.Join(", ", _traced.Select(task => task.Task.Explain()))}");
        }
        while (!condition());
    }

    /// <summary>Closes both views once everything has ended, and checks what a user has seen.</summary>
    public void AssertKeepsTheRules()
    {
        RunUntil(() => _traced.All(static task => task.IsDone));
        Task<CloseReport>[] closes = [View.CloseAsync(), Other.CloseAsync()];
        RunUntil(() => Array.TrueForAll(closes, static close => close.IsCompleted));

        Assert.Empty(_broken);
        Assert.All(_traced, static task => task.AssertKeepsTheRules());
        Assert.Equal((Number, _traced.Count), (Number, closes.Sum(static close => close.Result.StartedCount)));
        int living = closes.Sum(static close => close.Result.LivingCount);
        AssertCounted(static report => report.SucceededCount, BackgroundTaskState.Succeeded);
        AssertCounted(static report => report.CanceledCount, BackgroundTaskState.Canceled);
        AssertCounted(static report => report.FaultedCount, BackgroundTaskState.Faulted);
        Assert.Empty(View.Snapshot().Tasks);
        Assert.Empty(Other.Snapshot().Tasks);

        // Survivors have ended since.
        void AssertCounted(Func<CloseReport, int> count, BackgroundTaskState state)
        {
            int counted = closes.Sum(close => count(close.Result));
            int ended = _traced.Count(task => task.Task.State == state);
            Assert.True(ended >= counted && ended <= counted + living, $"Round {Number}: {ended} tasks are {state}, {counted} were counted, {living} lived.");
        }
    }

    private void OnFaulted(TaskFault fault)
    {
        fault.Handled = true;
        _traced.Single(task => task.Task.Name == fault.Name).OnFault();
    }
}
