using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Tasks;

public sealed class AllocationTests
{
    private const int Times = 1000;

    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _window;

    public AllocationTests()
    {
        _window = new TaskScope(_loop, "window");
    }

    [Fact]
    public void Run_TokenNeverRead_MakesNoTokenSource()
    {
        Func<TaskContext, Task> plain = static _ => Task.CompletedTask;
        Func<TaskContext, Task> reads = static task => task.CancellationToken.CanBeCanceled ? Task.CompletedTask : Task.CompletedTask;
        long sourceAlone = BytesOf(static () => new CancellationTokenSource());

        long without = BytesOf(() => _window.Run(plain));
        long with = BytesOf(() => _window.Run(reads));

        Assert.Equal(sourceAlone, with - without);
    }

    [Fact]
    public void Run_ThatEndsAtOnce_CostsLessThanAnEmptyPage()
    {
        Func<Task> work = static () => Task.CompletedTask;

        long bytes = BytesOf(() => _window.Run(work));

        Assert.InRange(bytes, 1, 512);
    }

    [Fact]
    public void Run_ThatSuspendsOnce_CostsAtMost320BytesMoreThanByHand()
    {
        long ours = BytesOnALoopOf(static async scope =>
        {
            for (int i = 0; i < Times; i++)
            {
                await scope.Run(static async () => await Task.Yield());
            }
        });

        long byHand = BytesOnALoopOf(static async _ =>
        {
            for (int i = 0; i < Times; i++)
            {
                await SuspendOnceAsync();
            }
        });

        Assert.InRange(ours - byHand, 0, 320);

        static async Task SuspendOnceAsync() => await Task.Yield();
    }

    [Fact]
    public void Run_ThatSuspendsAndReportsOnce_CostsAtMost460BytesMoreThanByHand()
    {
        long ours = BytesOnALoopOf(static async scope =>
        {
            for (int i = 0; i < Times; i++)
            {
                await scope.Run(static async task =>
                {
                    await Task.Yield();
                    task.CancellationToken.ThrowIfCancellationRequested();
                    task.Report(0.5);
                });
            }
        });

        long byHand = BytesOnALoopOf(static async _ =>
        {
            for (int i = 0; i < Times; i++)
            {
                using var source = new CancellationTokenSource();
                await WorkAsync(new LatestValue(), source.Token);
            }
        });

        Assert.InRange(ours - byHand, 0, 460);

        static async Task WorkAsync(IProgress<double> progress, CancellationToken cancellationToken)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            progress.Report(0.5);
        }
    }

    [Fact]
    public void Progress_NobodyListens_CostsNothing()
    {
        TaskContext? context = null;
        IProgress<object>? progress = null;
        object value = new();
        _window.Run(async task =>
        {
            context = task;
            progress = task.AsProgress<object>(_ => { });
            await task.Delay(TimeSpan.FromHours(1));
        });

        long bytes = BytesOf(() =>
        {
            context!.Advance();
            context.Report(0.5);
            context.Report(1, 2);
            progress!.Report(value);
        });

        Assert.Equal(0, bytes);
    }

    [Fact]
    public void Progress_ThatIsHandled_CostsNothing()
    {
        object value = new();
        int handled = 0;

        long bytes = OnAFreshThread(() =>
        {
            TestLoop loop = StartedLoop.Create();
            IProgress<object>? progress = null;
            new TaskScope(loop, "window").Run(async task =>
            {
                progress = task.AsProgress<object>(_ => handled++);
                await task.Delay(TimeSpan.FromHours(1));
            });
            return BytesOf(() =>
            {
                progress!.Report(value);
                loop.RunUntilIdle();
            });
        });

        Assert.True(handled >= Times);
        Assert.Equal(0, bytes);
    }

    [Fact]
    [Trait("Behaviour", "B69")]
    public void Progress_OfWhichEachReportIsLateEnoughForTheEstimate_CostsNothing()
    {
        TestLoop loop = new(new HurriedTimeProvider());
        loop.RunUntilIdle();
        ProgressStep? step = null;
        BackgroundTask task = new TaskScope(loop, "window").Run(async task =>
        {
            step = task.SplitProgress(1, 3)[1];
            step.Report(0, long.MaxValue);
            await task.Delay(TimeSpan.FromHours(1));
        });
        double? rate = null;

        long bytes = BytesOf(() =>
        {
            step!.Advance(long.MaxValue / 10_000);
            rate = task.Progress.Rate;
        });

        Assert.InRange(rate!.Value, 0.75 / 40_000, 0.75 / 10_000);
        Assert.Equal(0, bytes);
    }

    [Fact]
    public void Post_WhileATurnIsAskedFor_CostsNothing()
    {
        Action callback = static () => { };

        long bytes = BytesOf(() => { _loop.Post(callback); }, _loop.RunUntilIdle);

        Assert.Equal(0, bytes);
    }

    [Fact]
    public void Current_InWork_CostsNothing()
    {
        long bytes = -1;

        _window.Run(() =>
        {
            bytes = BytesOf(static () => TaskScope.Current);
            return Task.CompletedTask;
        });

        Assert.Equal(0, bytes);
    }

    private static long BytesOf(Func<object?> action)
    {
        object? last = null;
        long bytes = BytesOf(() => { last = action(); });
        GC.KeepAlive(last);
        return bytes;
    }

    private static long BytesOnALoopOf(Func<TaskScope, Task> manyTimes) => OnAFreshThread(() =>
    {
        TestLoop loop = StartedLoop.Create();
        var window = new TaskScope(loop, "window");
        return LeastBytesOf(() => loop.RunUntilEnded(window.Run(() => manyTimes(window))));
    });

    // The flow of a test holds values of its runner, and changing to and from it costs something in each turn.
    private static long OnAFreshThread(Func<long> measure)
    {
        long bytes = -1;
        var thread = new Thread(() => bytes = measure());
        thread.UnsafeStart();
        thread.Join();
        return bytes;
    }

    private static long BytesOf(Action action, Action? afterEachRound = null) => LeastBytesOf(
        () =>
        {
            for (int i = 0; i < Times; i++)
            {
                action();
            }
        },
        afterEachRound);

    // The least of several rounds: what is made once (a code path compiled, a queue grown) is no cost of the call.
    private static long LeastBytesOf(Action manyTimes, Action? afterEachRound = null)
    {
        long least = long.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            manyTimes();
            least = Math.Min(least, (GC.GetAllocatedBytesForCurrentThread() - before) / Times);
            afterEachRound?.Invoke();
        }

        return least;
    }

    private sealed class LatestValue : IProgress<double>
    {
        private double _value;

        public void Report(double value) => Volatile.Write(ref _value, value);
    }

    /// <summary>A clock on which a second passes between two looks.</summary>
    private sealed class HurriedTimeProvider : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => ++_now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new CountingTimeProvider().CreateTimer(callback, state, dueTime, period);
    }
}
