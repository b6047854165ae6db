using Fibula.Diagnostics;
using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Progress;

/// <summary>Reports that are no part of a whole, and reports out of handlers.</summary>
public sealed class ProgressRangeTests
{
    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _window;
    private BackgroundTask? _work;

    public ProgressRangeTests()
    {
        _window = new TaskScope(_loop, "window");
    }

    [Theory, Trait("Behaviour", "B69")]
    [InlineData(0, 0, null, 0L, null)]
    [InlineData(5, 0, null, 5L, null)]
    [InlineData(5, -3, null, 5L, null)]
    [InlineData(-1, 10, 0.0, 0L, 10L)]
    [InlineData(20, 10, 1.0, 10L, 10L)]
    [InlineData(-1, 0, null, 0L, null)]
    public void Report_OfUnitsOutOfRange_IsClampedAndOfNoneIndeterminate(long completed, long total, double? fraction, long shown, long? shownTotal)
    {
        TaskProgress progress = AfterWork(task => task.Report(completed, total));

        Assert.Equal((fraction, shown, shownTotal, fraction is null), (progress.Fraction, progress.Completed, progress.Total, progress.IsIndeterminate));
    }

    [Theory, Trait("Behaviour", "B69")]
    [InlineData(-0.5, 0.0)]
    [InlineData(25, 1.0)]
    [InlineData(double.PositiveInfinity, 1.0)]
    [InlineData(double.NegativeInfinity, 0.0)]
    public void Report_OfAFractionOutOfRange_IsClamped(double fraction, double shown)
    {
        Assert.Equal(shown, AfterWork(task => task.Report(fraction)).Fraction);
    }

    [Fact, Trait("Behaviour", "B69")]
    public void Report_OfNoNumber_ThrowsAndChangesNothing()
    {
        Exception? ofTask = null;
        Exception? ofStep = null;

        TaskProgress progress = AfterWork(task =>
        {
            ProgressStep[] steps = task.SplitProgress(1, 1);
            steps[0].Report(1);
            ofStep = Record.Exception(() => steps[1].Report(double.NaN));
            ofTask = Record.Exception(() => task.Report(0.0 / int.Parse("0", null)));
        });

        Assert.Equal(0.5, progress.Fraction);
        Assert.StartsWith("The progress of 'work' is not a number", Assert.IsType<ArgumentException>(ofTask).Message, StringComparison.Ordinal);
        Assert.IsType<ArgumentException>(ofStep);
    }

    [Fact, Trait("Behaviour", "B69")]
    public void Report_OfNoUnitsToAStep_IsNotItsEnd()
    {
        TaskProgress progress = AfterWork(task => task.SplitProgress(1, 1)[0].Report(0, 0));

        Assert.Equal(0.0, progress.Fraction);
    }

    [Fact, Trait("Behaviour", "B68")]
    public void Advance_BeyondTheTotalAndBack_IsShownWithinAndCountedExactly()
    {
        TaskProgress beyond = default;

        TaskProgress progress = AfterWork(task =>
        {
            task.Report(0, 10);
            task.Advance(15);
            beyond = _work!.Progress;
            task.Advance(-6);
        });

        Assert.Equal((10, 1.0), (beyond.Completed, beyond.Fraction));
        Assert.Equal((9, 0.9), (progress.Completed, progress.Fraction));
    }

    [Theory, Trait("Behaviour", "B68")]
    [InlineData(long.MaxValue, long.MaxValue, 10)]
    [InlineData(long.MinValue, 0, 0)]
    public void Advance_BeyondTheRangeOfLong_StaysAtItsLimit(long count, long shown, long shownOfTen)
    {
        TaskProgress counted = default;

        TaskProgress ofTotal = AfterWork(task =>
        {
            task.Advance(count);
            task.Advance(count);
            counted = _work!.Progress;
            task.Report(5, 10);
            task.Advance(count);
            task.Advance(count);
        });

        Assert.Equal((shown, shownOfTen), (counted.Completed, ofTotal.Completed));
    }

    [Theory, Trait("Behaviour", "B69")]
    [InlineData(0.0, "0 %")]
    [InlineData(0.29, "29 %")]
    [InlineData(0.425, "42 %")]
    [InlineData(0.9999, "99 %")]
    [InlineData(0.99999999999, "99 %")]
    [InlineData(1.0, "100 %")]
    public void Text_OfAFraction_IsOneHundredPercentOnlyAtTheEnd(double fraction, string text)
    {
        var progress = new TaskProgress { Fraction = fraction };

        Assert.Equal((text, text), ($"{progress}", TaskText.Amount(progress)));
    }

    public static TheoryData<bool, bool> Places => new() { { false, false }, { false, true }, { true, false }, { true, true } };

    [Theory, Trait("Behaviour", "B68")]
    [MemberData(nameof(Places))]
    public void Report_InsideAHandlerOfProgress_BringsTheLastValueBeforeTheEnd(bool onPool, bool isChained)
    {
        var seen = new List<string>();
        var mayReport = new TaskCompletionSource();
        async Task WorkAsync(TaskContext task)
        {
            IProgress<int> percent = task.AsProgress<int>(value => task.Report(value, 100));
            IProgress<int> used = isChained ? task.AsProgress<int>(percent.Report) : percent;
            await mayReport.Task.ConfigureAwait(!onPool);
            for (int value = 1; value <= 100; value++)
            {
                used.Report(value);
            }
        }

        BackgroundTask work = onPool ? _window.RunOnThreadPool(WorkAsync) : _window.Run(WorkAsync);
        work.PropertyChanged += (_, e) => seen.Add(e.PropertyName == nameof(BackgroundTask.Progress) ? $"{work.Progress.Completed}" : e.PropertyName!);
        mayReport.SetResult();
        _loop.RunUntil(() => seen.Contains(nameof(BackgroundTask.IsCompleted)));
        _loop.RunUntilIdle();

        Assert.Equal(100, work.Progress.Completed);
        int end = seen.IndexOf(nameof(BackgroundTask.IsCompleted));
        Assert.Equal("100", seen[..end].FindLast(static each => char.IsDigit(each[0])));
        Assert.DoesNotContain(seen[end..], static each => char.IsDigit(each[0]));
    }

    [Theory, Trait("Behaviour", "B68")]
    [InlineData(false)]
    [InlineData(true)]
    public void Report_InsideAHandlerWhenTheTaskEndsMeanwhile_BringsTheLastValueBeforeTheEnd(bool isChained)
    {
        var seen = new List<string>();
        using var entered = new ManualResetEventSlim();
        BackgroundTask? work = null;
        work = _window.RunOnThreadPool(task =>
        {
            IProgress<int> percent = task.AsProgress<int>(value => task.Report(value, 100));
            task.AsProgress<int>(value =>
            {
                entered.Set();
                Assert.True(SpinWait.SpinUntil(() => work!.IsCompleted, TimeSpan.FromSeconds(20)), "the task does not end.");
                if (isChained)
                {
                    percent.Report(value);
                }
                else
                {
                    task.Report(value, 100);
                }
            }).Report(100);
            Assert.True(entered.Wait(TimeSpan.FromSeconds(20)), "the handler is not called.");
        });
        work.PropertyChanged += (_, e) => seen.Add(e.PropertyName == nameof(BackgroundTask.Progress) ? $"{work.Progress.Completed}" : e.PropertyName!);
        _loop.RunUntil(() => seen.Contains(nameof(BackgroundTask.IsCompleted)));
        _loop.RunUntilIdle();

        Assert.Equal(BackgroundTaskState.Succeeded, work.State);
        Assert.Equal(100, work.Progress.Completed);
        Assert.Equal("100", seen[..seen.IndexOf(nameof(BackgroundTask.IsCompleted))].FindLast(static each => char.IsDigit(each[0])));
    }

    [Fact, Trait("Behaviour", "B68")]
    public void Report_InsideAHandler_IsThereForTheAwaiter()
    {
        long completed = 0;
        BackgroundTask work = _window.Run(task =>
        {
            task.AsProgress<int>(value => task.Report(value, 100)).Report(100);
            return Task.CompletedTask;
        });
        BackgroundTask outer = _window.Run(async () =>
        {
            await work;
            completed = work.Progress.Completed;
        });

        _loop.RunUntilEnded(outer);

        Assert.Equal(100, completed);
    }

    [Fact]
    public void Report_OfAHandlerToItself_ComesToAnEnd()
    {
        int calls = 0;
        IProgress<int>? progress = null;
        BackgroundTask work = _window.Run(task =>
        {
            progress = task.AsProgress<int>(value =>
            {
                calls++;
                progress!.Report(value + 1);
            });
            progress.Report(1);
            return Task.CompletedTask;
        });

        _loop.RunUntilEnded(work);
        _loop.RunUntilIdle();

        Assert.Equal(1, calls);
    }

    private TaskProgress AfterWork(Action<TaskContext> report)
    {
        BackgroundTask work = _work = _window.Run(
            async task =>
            {
                await task.Delay(TimeSpan.FromSeconds(1));
                report(task);
                await task.Delay(Timeout.InfiniteTimeSpan);
            },
            new TaskOptions { Name = "work" });
        _loop.Advance(TimeSpan.FromSeconds(1));
        return work.Progress;
    }
}
