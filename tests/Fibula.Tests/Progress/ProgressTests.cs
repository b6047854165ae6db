using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Progress;

public sealed class ProgressTests
{
    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _window;
    private readonly List<string> _seen = [];

    public ProgressTests()
    {
        _window = new TaskScope(_loop, "window");
    }

    [Fact]
    [Trait("Behaviour", "B68")]
    public void AsProgress_ManyReports_HandlerSeesTheLatestOncePerTurnOnTheUiThread()
    {
        BackgroundTask task = _window.RunOnThreadPool(async task =>
        {
            IProgress<int> progress = task.AsProgress<int>(value => _seen.Add($"{value}, on the UI thread: {_loop.CheckAccess()}"));
            for (int i = 1; i <= 100_000; i++)
            {
                progress.Report(i);
            }

            await task.Delay(TimeSpan.FromSeconds(1));
        });

        _loop.RunUntil(() => _seen.Contains("100000, on the UI thread: True"));

        Assert.All(_seen, line => Assert.EndsWith("True", line));
        int[] values = [.. _seen.Select(line => int.Parse(line.Split(',')[0]))];
        Assert.Equal(values.Order(), values);
    }

    [Fact]
    [Trait("Behaviour", "B68")]
    public void AsProgress_TwoTurns_EachShowsItsLatest()
    {
        IProgress<int>? progress = null;
        _window.Run(async task =>
        {
            progress = task.AsProgress<int>(value => _seen.Add($"{value}"));
            await task.Delay(TimeSpan.FromHours(1));
        });

        progress!.Report(1);
        progress.Report(2);
        _loop.RunUntilIdle();
        progress.Report(3);
        progress.Report(4);
        _loop.RunUntilIdle();

        Assert.Equal(["2", "4"], _seen);
    }

    [Fact]
    [Trait("Behaviour", "B68")]
    public void AsProgress_AnyNumberOfReports_CostsOneTurn()
    {
        IProgress<int>? progress = null;
        _window.Run(async task =>
        {
            progress = task.AsProgress<int>(_ => { });
            await task.Delay(TimeSpan.FromHours(1));
        });
        long turns = _loop.TurnsRequested;

        for (int i = 0; i < 1000; i++)
        {
            progress!.Report(i);
        }

        Assert.Equal(turns + 1, _loop.TurnsRequested);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Behaviour", "B68")]
    public void AsProgress_TheLastValue_IsRaisedBeforeTheEndAndBeforeTheAwaiter(bool endsOnThePool)
    {
        BackgroundTask task = _window.Run(async task =>
        {
            IProgress<string> progress = task.AsProgress<string>(_seen.Add);
            await task.Delay(TimeSpan.FromSeconds(1)).ConfigureAwait(!endsOnThePool);
            progress.Report("first");
            progress.Report("last");
        });
        task.StateChanged += (_, now) => _seen.Add($"{now}");
        BackgroundTask waiter = _window.Run(async () =>
        {
            await task;
            _seen.Add("awaiter");
        });

        _loop.RunUntilEnded(waiter);
        _loop.RunUntilIdle();

        Assert.Equal("last", _seen[0]);
        Assert.Equal(["awaiter", "last", "Succeeded"], _seen.Order());
    }

    [Fact]
    [Trait("Behaviour", "B68")]
    public void AsProgress_WhileAnEarlierTransitionWaits_IsRaisedBeforeTheEnd()
    {
        var finish = new TaskCompletionSource();
        BackgroundTask task = _window.Run(async task =>
        {
            IProgress<string> progress = task.AsProgress<string>(_seen.Add);
            await finish.Task.ConfigureAwait(false);
            progress.Report("last");
        });
        task.StateChanged += (_, now) => _seen.Add($"{now}");

        OnAnotherThread(() =>
        {
            task.Cancel();
            finish.SetResult();
        });
        _loop.RunUntilIdle();

        Assert.Equal(["Canceling", "last", "Succeeded"], _seen);
    }

    [Fact]
    [Trait("Behaviour", "B68")]
    public void AsProgress_ReportedAfterTheEnd_IsWithoutEffect()
    {
        IProgress<string>? early = null;
        TaskContext? context = null;
        _window.Run(task =>
        {
            context = task;
            early = task.AsProgress<string>(_seen.Add);
            return Task.CompletedTask;
        });

        early!.Report("too late");
        context!.AsProgress<string>(_seen.Add).Report("far too late");
        _loop.RunUntilIdle();

        Assert.Empty(_seen);
    }

    [Fact]
    [Trait("Behaviour", "B68")]
    public void Report_AfterTheEnd_IsWithoutEffect()
    {
        TaskContext? context = null;
        BackgroundTask task = _window.Run(task =>
        {
            context = task;
            return Task.CompletedTask;
        });
        task.PropertyChanged += (_, e) => _seen.Add(e.PropertyName!);

        context!.Report(0.5, "too late");
        context.Advance(7);
        _loop.RunUntilIdle();

        Assert.Equal(TaskProgress.None, task.Progress);
        Assert.Empty(_seen);
    }

    [Fact]
    [Trait("Behaviour", "B68")]
    public void Report_JustBeforeTheEnd_IsRaisedBeforeIt()
    {
        BackgroundTask task = _window.Run(async task =>
        {
            await task.Delay(TimeSpan.FromSeconds(1)).ConfigureAwait(false);
            task.Report(1);
        });
        task.PropertyChanged += (_, e) => _seen.Add($"{e.PropertyName} {task.Progress.Fraction}");

        _loop.RunUntil(() => _seen.Contains("IsCompleted 1"));
        _loop.RunUntilIdle();

        Assert.Equal(["Progress 1", "State 1", "IsCompleted 1"], _seen.Where(line => !line.StartsWith("CancelReason", StringComparison.Ordinal)));
    }

    [Fact]
    [Trait("Behaviour", "B68")]
    public void Advance_FromManyThreads_AddsUpExactly()
    {
        const int Threads = 8;
        int times = Rounds.Of(20_000);
        TaskContext? context = null;
        BackgroundTask task = _window.Run(async task =>
        {
            context = task;
            task.Report(0, Threads * times * 3);
            await task.Delay(TimeSpan.FromHours(1));
        });

        Thread[] all = [.. Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
        {
            for (int i = 0; i < times; i++)
            {
                context!.Advance(3);
            }
        }))];
        Array.ForEach(all, thread => thread.Start());
        Array.ForEach(all, thread => thread.Join());

        Assert.Equal(Threads * times * 3, task.Progress.Completed);
        Assert.Equal(1.0, task.Progress.Fraction);
    }

    [Fact]
    public void Report_InAnyShape_ShowsWhatWasSaid()
    {
        TaskContext? context = null;
        BackgroundTask task = _window.Run(async task =>
        {
            context = task;
            await task.Delay(TimeSpan.FromHours(1));
        });
        var shown = new List<string> { $"{task.Progress} {task.Progress.IsIndeterminate}" };

        context!.Report("searching");
        shown.Add($"{task.Progress} {task.Progress.IsIndeterminate}");
        context.Report(0.25);
        shown.Add($"{task.Progress}");
        context.Report(3, 4, "hashing");
        shown.Add($"{task.Progress} {task.Progress.Completed}/{task.Progress.Total}");
        context.Advance();
        shown.Add($"{task.Progress}");
        context.Report(0.5);
        shown.Add($"{task.Progress} {task.Progress.Completed}/{task.Progress.Total}");

        Assert.Equal([" True", "searching True", "25 % · searching", "75 % · hashing 3/4", "100 % · hashing", "50 % · hashing 0/"], shown);
    }

    private static void OnAnotherThread(Action action)
    {
        var thread = new Thread(() => action());
        thread.Start();
        thread.Join();
    }
}
