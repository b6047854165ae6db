using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Progress;

/// <summary>Reports that come faster than the UI thread handles them.</summary>
public sealed class ProgressBurstTests
{
    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _window;

    public ProgressBurstTests()
    {
        _window = new TaskScope(_loop, "window");
    }

    [Fact]
    [Trait("Behaviour", "B68")]
    public void Report_InABurstWithinOneTurn_RaisesTheLastOnce()
    {
        List<string> strings = [];
        List<(int A, int B)> structs = [];
        IProgress<string>? first = null;
        IProgress<(int A, int B)>? second = null;
        _window.Run(async task =>
        {
            first = task.AsProgress<string>(strings.Add);
            second = task.AsProgress<(int A, int B)>(structs.Add);
            await task.Delay(TimeSpan.FromHours(1));
        });

        for (int i = 1; i <= 100; i++)
        {
            first!.Report($"{i}");
            second!.Report((i, -i));
        }

        _loop.RunUntilIdle();
        first!.Report("after");
        _loop.RunUntilIdle();

        Assert.Equal(["100", "after"], strings);
        Assert.Equal([(100, -100)], structs);
    }

    [Theory]
    [Trait("Behaviour", "B68")]
    [InlineData(false)]
    [InlineData(true)]
    public void Report_InABurst_AfterTheEndIsWithoutEffect(bool isPending)
    {
        List<int> seen = [];
        IProgress<int>? progress = null;
        var end = new TaskCompletionSource();
        BackgroundTask task = _window.Run(async task =>
        {
            progress = task.AsProgress<int>(seen.Add);
            await end.Task.ConfigureAwait(false);
        });
        Report(1, 100);
        if (!isPending)
        {
            _loop.RunUntilIdle();
        }

        OnAnotherThread(end.SetResult);
        Report(101, 200);
        _loop.RunUntilIdle();

        Assert.Equal(BackgroundTaskState.Succeeded, task.State);
        Assert.Equal([100], seen);

        void Report(int from, int to)
        {
            for (int i = from; i <= to; i++)
            {
                progress!.Report(i);
            }
        }
    }

    [Fact]
    [Trait("Behaviour", "B68")]
    public void Report_InABurstWhileAHandlerRunsANestedLoop_IsRaisedInThat()
    {
        List<int> seen = [];
        IProgress<int>? progress = null;
        _window.Run(async task =>
        {
            progress = task.AsProgress<int>(value =>
            {
                seen.Add(value);
                if (value == 100)
                {
                    Report(101, 200);
                    _loop.RunUntil(() => seen.Contains(200));
                }
            });
            await task.Delay(TimeSpan.FromHours(1));
        });

        Report(1, 100);
        _loop.RunUntilIdle();

        Assert.Equal([100, 200], seen);

        void Report(int from, int to)
        {
            for (int i = from; i <= to; i++)
            {
                progress!.Report(i);
            }
        }
    }

    [Fact]
    [Trait("Behaviour", "B68")]
    public void Report_InBurstsFromAnotherThread_TheLastIsNeverLost() => ReportBurstsFromAnotherThread(rounds: 300);

    [Fact]
    [Trait("Behaviour", "B68")]
    [Trait("Run", "Long")]
    public void Report_InVeryManyBurstsFromAnotherThread_TheLastIsNeverLost() => ReportBurstsFromAnotherThread(rounds: 30_000);

    private static void OnAnotherThread(Action action)
    {
        var thread = new Thread(() => action());
        thread.Start();
        thread.Join();
    }

    // The bursts end at any moment of a raise: what is reported last is to be seen without a further report.
    private void ReportBurstsFromAnotherThread(int rounds)
    {
        int seen = 0;
        IProgress<int>? progress = null;
        _window.Run(async task =>
        {
            progress = task.AsProgress<int>(value => seen = value);
            await task.Delay(TimeSpan.FromHours(1));
        });
        using var barrier = new Barrier(2);
        var reporter = new Thread(() =>
        {
            int last = 0;
            for (int round = 0; round < rounds; round++)
            {
                barrier.SignalAndWait();
                for (int end = last + 20 + (round % 200); last < end;)
                {
                    progress!.Report(++last);
                }

                barrier.SignalAndWait();
            }
        });
        reporter.Start();

        int expected = 0;
        List<string> lost = [];
        for (int round = 0; round < rounds; round++)
        {
            expected += 20 + (round % 200);
            barrier.SignalAndWait();
            for (int turn = 0; turn < round % 7; turn++)
            {
                _loop.RunUntilIdle();
            }

            barrier.SignalAndWait();
            _loop.RunUntilIdle();
            if (seen != expected)
            {
                lost.Add($"{seen} instead of {expected} in round {round}");
            }
        }

        reporter.Join();
        Assert.Empty(lost);
    }
}
