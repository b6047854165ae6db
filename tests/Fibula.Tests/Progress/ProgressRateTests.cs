using CsCheck;
using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Progress;

public sealed class ProgressRateTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _window;
    private readonly BackgroundTask _task;
    private TaskContext _context = null!;

    public ProgressRateTests()
    {
        _window = new TaskScope(_loop, "window");
        _task = Start();
    }

    private double? Rate => _task.Progress.Rate;

    private double? SecondsLeft => _task.Progress.Remaining?.TotalSeconds;

    [Fact]
    [Trait("Behaviour", "B69")]
    public void Rate_OfSteadyWork_IsItsSpeedInUnitsPerSecond()
    {
        _context.Report(0, 100);
        Repeat(10, Second, () => _context.Advance(2));

        Assert.Equal(2, Rate!.Value, 1e-9);
        Assert.Equal(40, SecondsLeft!.Value, 1e-9);
    }

    [Fact]
    [Trait("Behaviour", "B69")]
    public void Rate_WithoutUnits_IsThatOfTheFraction()
    {
        _context.Report(0.2);
        Repeat(4, Second * 2, () => _context.Report(_task.Progress.Fraction!.Value + 0.1));

        Assert.Equal(0.05, Rate!.Value, 1e-9);
        Assert.Equal(8, SecondsLeft!.Value, 1e-6);
    }

    [Fact]
    [Trait("Behaviour", "B69")]
    public void Rate_OfSteps_IsThatOfTheirSum()
    {
        ProgressStep[] steps = _context.SplitProgress(1, 3);
        Repeat(5, Second, () => Array.ForEach(steps, step => step.Report(_task.Progress.Fraction!.Value + 0.1)));

        Assert.Equal((1 - _task.Progress.Fraction!.Value) / Rate!.Value, SecondsLeft!.Value, 1e-6);
    }

    [Fact]
    [Trait("Behaviour", "B69")]
    public void Rate_OfABurstInOneTick_IsThatOfTheTimeItTook()
    {
        _context.Report(0, 100_000);
        Advance(1000);
        double? inTheTick = Rate;
        _loop.Advance(Second);
        double? afterASecond = Rate;
        Repeat(9, Second, () => Advance(1000));

        Assert.Null(inTheTick);
        Assert.Equal(1000, afterASecond);
        Assert.InRange(Rate!.Value, 900, 1100);
    }

    [Fact]
    [Trait("Behaviour", "B69")]
    public void Remaining_InAPause_GrowsWithIt()
    {
        _context.Report(0, 100);
        Repeat(20, Second, () => _context.Advance());
        var left = new List<double?>();
        Repeat(60, Second, () => left.Add(SecondsLeft));

        Assert.Equal(left.Order(), left);
        Assert.Equal(80, left[0]!.Value, 1e-6);
        Assert.InRange(left[^1]!.Value, 800, 2000);
    }

    [Fact]
    [Trait("Behaviour", "B69")]
    public void Remaining_AfterAPause_IsNeitherOptimisticNorStuck()
    {
        _context.Report(0, 300);
        Repeat(20, Second, () => _context.Advance());
        _loop.Advance(Second * 59);
        double before = SecondsLeft!.Value;

        Repeat(1, Second, () => _context.Advance());
        double atOnce = SecondsLeft!.Value;
        Repeat(60, Second, () => _context.Advance());

        Assert.InRange(atOnce, before * 0.8, before * 1.2);
        Assert.InRange(Rate!.Value, 0.9, 1);
    }

    [Fact]
    [Trait("Behaviour", "B69")]
    public void Rate_OfStepsThatAlwaysTakeLong_TakesNoneForAPause()
    {
        _context.Report(0, 100);
        Repeat(5, Second * 60, () => _context.Advance());
        _loop.Advance(Second * 59);

        Assert.Equal(1 / 60.0, Rate!.Value, 1e-9);
    }

    [Fact]
    [Trait("Behaviour", "B69")]
    public void Rate_OfWorkThatBecomesFaster_FollowsWithinSeconds()
    {
        _context.Report(0, 1000);
        Repeat(60, Second, () => _context.Advance());
        Repeat(15, Second, () => _context.Advance(10));

        Assert.InRange(Rate!.Value, 8, 10);
    }

    [Fact]
    [Trait("Behaviour", "B69")]
    public void Rate_OnceItIsKnownHowMuchThereIs_LeavesTheSearchOut()
    {
        _context.Report("searching");
        Repeat(30, Second, () => _context.Report("searching on"));
        _context.Report(0, 100, "copying");
        double? atFirst = Rate;
        Repeat(3, Second, () => _context.Advance(5));

        Assert.Null(atFirst);
        Assert.Equal(5, Rate!.Value, 1e-9);
    }

    [Fact]
    [Trait("Behaviour", "B69")]
    public void Rate_OfWorkThatBeginsAgain_StartsAnew()
    {
        _context.Report(0, 100);
        Repeat(10, Second, () => _context.Advance(9));
        Repeat(1, Second, () => _context.Report(0, 100, "trying again"));
        double? atFirst = Rate;
        Repeat(3, Second, () => _context.Advance());

        Assert.Null(atFirst);
        Assert.Equal(1, Rate!.Value, 1e-9);
    }

    [Fact]
    [Trait("Behaviour", "B69")]
    public void Remaining_WhileItIsNotKnownHowMuchThereIs_IsUnknown()
    {
        Repeat(3, Second, () => _context.Advance(7));

        Assert.Equal(7, Rate!.Value, 1e-9);
        Assert.Null(SecondsLeft);
    }

    [Fact]
    [Trait("Behaviour", "B69")]
    public void Remaining_OfAWorkDone_Is0()
    {
        _context.Report(3, 3);

        Assert.Equal(0, SecondsLeft);
    }

    [Fact]
    [Trait("Behaviour", "B69")]
    public void Remaining_OfMoreThanAYear_IsUnknown()
    {
        _context.Report(0, long.MaxValue);
        Repeat(3, Second, () => _context.Advance());

        Assert.Equal((1, null), (Rate, SecondsLeft));
    }

    [Fact]
    [Trait("Behaviour", "B69")]
    public void Rate_OfATaskThatHasEnded_IsUnknown()
    {
        _context.Report(0, 100);
        Repeat(3, Second, () => _context.Advance());

        _task.Cancel();
        _loop.RunUntilEnded(_task);

        Assert.Equal("3 % /", $"{_task.Progress} {Rate}/{_task.Progress.Remaining}");
    }

    [Fact]
    [Trait("Behaviour", "B69")]
    public void Rate_OfAnyReportsAtAnyTimes_IsNeverNegativeNorFasterThanTheFastestQuarterSecond() =>
        Gen.Select(Gen.OneOf(Gen.Const(0), Gen.Int[1, 3000]), Gen.Int[-50, 1000], Gen.Bool).Array[1, 30].Sample(
            reports =>
            {
                BackgroundTask task = Start();
                bool isSane = true;
                foreach ((int wait, int count, bool isAbsolute) in reports)
                {
                    _loop.Advance(TimeSpan.FromMilliseconds(wait));
                    isSane &= IsSane(task.Progress);
                    Report(count, isAbsolute);
                    isSane &= IsSane(task.Progress);
                }

                task.Cancel();
                _loop.RunUntilEnded(task);
                return isSane;
            },
            seed: "0000fBuLa013",
            threads: 1);

    private static bool IsSane(TaskProgress progress) =>
        progress.Rate is null or (>= 0 and <= 30 * 1000 / 0.25) && (progress.Remaining is null || progress.Remaining >= TimeSpan.Zero);

    private BackgroundTask Start() => _window.Run(async task =>
    {
        _context = task;
        await task.Delay(Timeout.InfiniteTimeSpan);
    });

    private void Report(int count, bool isAbsolute)
    {
        if (isAbsolute)
        {
            _context.Report(Math.Max(0, count), 10_000);
        }
        else
        {
            _context.Advance(count);
        }
    }

    private void Advance(int times)
    {
        for (int i = 0; i < times; i++)
        {
            _context.Advance();
        }
    }

    private void Repeat(int times, TimeSpan every, Action action)
    {
        for (int i = 0; i < times; i++)
        {
            _loop.Advance(every);
            action();
        }
    }
}
