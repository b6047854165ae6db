using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Progress;

/// <summary>Progress of which no value is lost.</summary>
public sealed class BatchedProgressTests
{
    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _window;
    private readonly List<string> _seen = [];
    private IProgress<string>? _progress;

    public BatchedProgressTests()
    {
        _window = new TaskScope(_loop, "window");
    }

    [Fact, Trait("Behaviour", "B133")]
    public void Values_FromSeveralThreads_AllArriveOnceInTheOrderOfTheirThread()
    {
        const int Threads = 4;
        const int Values = 50_000;
        List<(int Thread, int Value)> seen = [];
        bool isAlwaysOnTheUiThread = true;
        BackgroundTask task = _window.RunOnThreadPool(task =>
        {
            IProgress<(int, int)> progress = task.AsBatchedProgress<(int, int)>(batch =>
            {
                isAlwaysOnTheUiThread &= _loop.CheckAccess();
                seen.AddRange(batch);
            });
            Parallel.For(0, Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads }, thread =>
            {
                for (int value = 0; value < Values; value++)
                {
                    progress.Report((thread, value));
                }
            });
        });

        _loop.RunUntil(() => task.IsCompleted && seen.Count >= Threads * Values);

        Assert.True(isAlwaysOnTheUiThread);
        Assert.Equal(Threads * Values, seen.Count);
        Assert.All(seen.GroupBy(static entry => entry.Thread), static thread => Assert.Equal(Enumerable.Range(0, Values), thread.Select(static entry => entry.Value)));
    }

    [Fact, Trait("Behaviour", "B133")]
    public void Values_OfTwoTurns_AreTwoLists()
    {
        Start();

        _progress!.Report("a");
        _progress.Report("b");
        _loop.RunUntilIdle();
        _progress.Report("c");
        _loop.RunUntilIdle();

        Assert.Equal(["a b", "c"], _seen);
    }

    [Fact, Trait("Behaviour", "B133")]
    public void Values_AnyNumber_CostOneTurn()
    {
        Start();
        long before = _loop.TurnsRequested;

        for (int i = 0; i < 10_000; i++)
        {
            _progress!.Report("value");
        }

        Assert.Equal(1, _loop.TurnsRequested - before);
    }

    [Theory, Trait("Behaviour", "B133")]
    [InlineData(true)]
    [InlineData(false)]
    public void Values_JustBeforeTheEnd_ArriveBeforeItIsRaised(bool endsOnThePool)
    {
        BackgroundTask task = _window.Run(async task =>
        {
            IProgress<string> progress = task.AsBatchedProgress<string>(Show);
            await task.Delay(TimeSpan.FromSeconds(1)).ConfigureAwait(!endsOnThePool);
            progress.Report("first");
            progress.Report("last");
        });
        task.StateChanged += (_, now) => _seen.Add($"{now}");

        _loop.RunUntilEnded(task);
        _loop.RunUntilIdle();

        // The first may come alone where the work is on another thread.
        Assert.Equal("first last Succeeded", string.Join(' ', _seen));
    }

    [Fact, Trait("Behaviour", "B133")]
    public void Values_AfterTheEnd_AreIgnored()
    {
        TaskContext? context = null;
        _window.Run(task =>
        {
            context = task;
            _progress = task.AsBatchedProgress<string>(Show);
            return Task.CompletedTask;
        });

        _progress!.Report("too late");
        context!.AsBatchedProgress<string>(Show).Report("far too late");
        _loop.RunUntilIdle();

        Assert.Empty(_seen);
    }

    [Fact, Trait("Behaviour", "B133")]
    public void Values_AfterAHandlerThatThrew_StillArrive()
    {
        _window.Run(task =>
        {
            _progress = task.AsBatchedProgress<string>(batch =>
            {
                Show(batch);
                throw new InvalidOperationException("The list is full.");
            });
            return task.Delay(TimeSpan.FromHours(1));
        });

        string[] lines = StandardError.Of(() =>
        {
            _progress!.Report("a");
            _loop.RunUntilIdle();
            _progress.Report("b");
            _loop.RunUntilIdle();
        });

        Assert.Equal(["a", "b"], _seen);
        Assert.Equal(2, lines.Count(static line => line.EndsWith("threw InvalidOperationException: The list is full.", StringComparison.Ordinal)));
    }

    [Fact, Trait("Behaviour", "B133")]
    public void Values_OfAHandlerOfTheSameTask_ArriveAlsoAtItsEnd()
    {
        BackgroundTask task = _window.Run(task =>
        {
            IProgress<string> lines = task.AsBatchedProgress<string>(Show);
            IProgress<int> numbers = task.AsBatchedProgress<int>(batch => lines.Report($"{batch.Count} numbers"));
            numbers.Report(1);
            numbers.Report(2);
            return Task.CompletedTask;
        });

        _loop.RunUntilEnded(task);
        _loop.RunUntilIdle();

        Assert.Equal(["2 numbers"], _seen);
    }

    [Fact, Trait("Behaviour", "B133")]
    public void Values_OfAScopeThatHasClosed_AreNotShown()
    {
        var finish = new TaskCompletionSource();
        _window.Run(
            async task =>
            {
                _progress = task.AsBatchedProgress<string>(Show);
                await finish.Task;
            },
            new TaskOptions { OnClose = ClosePolicy.Abandon });
        _loop.RunUntilEnded(_window.CloseAsync());

        _progress!.Report("late");
        _loop.RunUntilIdle();
        finish.SetResult();
        _loop.RunUntilIdle();

        Assert.Empty(_seen);
    }

    private void Start() => _window.Run(task =>
    {
        _progress = task.AsBatchedProgress<string>(Show);
        return task.Delay(TimeSpan.FromHours(1));
    });

    private void Show(IReadOnlyList<string> batch) => _seen.Add(string.Join(' ', batch));
}
