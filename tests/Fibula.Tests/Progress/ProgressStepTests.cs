using CsCheck;
using Fibula.Diagnostics;
using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Progress;

public sealed class ProgressStepTests
{
    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _window;
    private readonly BackgroundTask _task;
    private TaskContext _context = null!;

    public ProgressStepTests()
    {
        _window = new TaskScope(_loop, "window");
        _task = _window.Run(
            async task =>
            {
                _context = task;
                await task.Delay(TimeSpan.FromHours(1));
            },
            new TaskOptions { Name = "Import" });
    }

    private double? Fraction => _task.Progress.Fraction;

    [Fact]
    [Trait("Behaviour", "B69")]
    public void SplitProgress_StepsThatReportInAnyShape_AddUpByTheirWeights()
    {
        ProgressStep[] steps = _context.SplitProgress(1, 3);
        var shown = new List<string> { $"{Fraction} {_task.Progress.IsIndeterminate}" };

        steps[1].Report(0.5, "hashing");
        shown.Add($"{_task.Progress} {_task.Progress.Total}");
        steps[0].Report(3, 4);
        shown.Add($"{Fraction}");
        steps[0].Advance();
        shown.Add($"{Fraction}");
        steps[0].Report("found");
        steps[1].Report(1);
        shown.Add($"{_task.Progress}");

        Assert.Equal(["0 False", "37 % · hashing ", "0.5625", "0.625", "100 % · found"], shown);
    }

    [Fact]
    [Trait("Behaviour", "B69")]
    public void Split_OfAStep_SharesItsWeight()
    {
        ProgressStep[] steps = _context.SplitProgress(1, 1);
        ProgressStep[] inner = steps[1].Split(1, 3);

        inner[1].Report(1);
        double? before = Fraction;
        inner[0].Split(1)[0].Report(0.5);

        Assert.Equal((0.375, 0.4375), (before, Fraction));
    }

    [Fact]
    [Trait("Behaviour", "B69")]
    public void Counts_OfASplitTask_AreThoseOfTheStepThatReportedLast()
    {
        ProgressStep[] steps = _context.SplitProgress(1, 3);
        var shown = new List<string> { Label() };

        steps[1].Report(0, 4, "hashing");
        steps[1].Advance(3);
        shown.Add(Label());
        _context.Report("waiting for the disk");
        shown.Add(Label());
        steps[0].Report("searching");
        shown.Add(Label());
        steps[0].Split(1)[0].Report(5, 10);
        shown.Add(Label());
        _context.SplitProgress(1);
        shown.Add(Label());

        Assert.Equal(
            ["0 %:  0 of ", "56 %: hashing 3 of 4", "56 %: waiting for the disk 3 of 4", "56 %: searching 0 of ", "68 %: searching 5 of 10", "0 %: searching 0 of "],
            shown);

        string Label() => $"{TaskText.Amount(_task.Progress)}: {_task.Progress.Message} {_task.Progress.Completed} of {_task.Progress.Total}";
    }

    [Fact]
    [Trait("Behaviour", "B69")]
    public void Counts_AfterTheTaskHasReportedItself_AreItsOwn()
    {
        _context.SplitProgress(1, 1)[0].Report(3, 4);

        _context.Report(1, 2);
        (long, long?) own = (_task.Progress.Completed, _task.Progress.Total);
        _context.SplitProgress(1, 1)[0].Report(3, 4);
        _context.ReportIndeterminate();

        Assert.Equal((1, 2), own);
        Assert.Equal((0, null), (_task.Progress.Completed, _task.Progress.Total));
    }

    [Fact]
    [Trait("Behaviour", "B69")]
    public void SplitProgress_AnyWeightsAndReports_AreTheWeightedSumInWhateverOrderTheyCame() =>
        Gen.Select(Gen.Double[0.01, 1000], Gen.Double[0, 1]).Array[1, 20].SelectMany(steps => Gen.Shuffle(steps.Index().ToArray()).Select(order => (steps, order))).Sample(
            sample =>
            {
                ProgressStep[] steps = _context.SplitProgress([.. sample.steps.Select(step => step.Item1)]);
                foreach ((int index, (_, double fraction)) in sample.order)
                {
                    steps[index].Report(fraction);
                }

                double expected = sample.steps.Sum(step => step.Item1 * step.Item2) / sample.steps.Sum(step => step.Item1);
                return Math.Abs(expected - Fraction!.Value) < 1e-9;
            },
            seed: "0000fBuLa011",
            threads: 1);

    [Fact]
    [Trait("Behaviour", "B69")]
    public void SplitProgress_AnyWeightsTwoDeep_ReachExactly1AndNotBefore() =>
        Gen.Select(Gen.Int[-1, 1], Gen.Double[0.01, 1000].Array[1, 20], Gen.Double[0.01, 5].Array[1, 5]).Sample(
            (size, outer, inner) =>
            {
                ProgressStep[] steps = _context.SplitProgress([.. outer.Select(weight => Math.ScaleB(weight, size * 1010))]);
                ProgressStep[] last = steps[^1].Split(inner);
                Array.ForEach(steps[..^1], step => step.Report(1));
                double? before = Fraction;
                Array.ForEach(last, step => step.Report(7, 7));
                return before < 1 && Fraction == 1;
            },
            seed: "0000fBuLa012",
            threads: 1);

    [Fact]
    [Trait("Behaviour", "B69")]
    public void Steps_SideBySideOnManyThreads_LoseNothing()
    {
        int times = Rounds.Of(20_000);
        ProgressStep[] steps = _context.SplitProgress(1, 2, 3, 4);
        Array.ForEach(steps, step => step.Report(0, times * 2));

        Thread[] all = [.. steps.Concat(steps).Select(step => new Thread(() =>
        {
            for (int i = 0; i < times; i++)
            {
                step.Advance();
            }
        }))];
        Array.ForEach(all, thread => thread.Start());
        Array.ForEach(all, thread => thread.Join());

        Assert.Equal(1.0, Fraction);
    }

    [Fact]
    [Trait("Behaviour", "B69")]
    public void Steps_InShieldsGroupsAndChildren_CountForTheTask()
    {
        BackgroundTask task = _window.Run(async task =>
        {
            ProgressStep[] steps = task.SplitProgress(1, 1, 2);
            await task.ShieldAsync(inner => ReportAsync(steps[0]));
            await task.RunGroupAsync(group => ReportAsync(steps[1]));
            await task.RunOnThreadPool(() => steps[2].Report(0.5));
            await task.Delay(TimeSpan.FromHours(1));
        });
        var shown = new List<double?>();
        task.PropertyChanged += (_, _) => shown.Add(task.Progress.Fraction);

        _loop.RunUntil(() => task.Progress.Fraction == 0.75);

        Assert.Equal(shown.Order(), shown);
    }

    [Fact]
    [Trait("Behaviour", "B69")]
    public void SplitProgress_InAShield_SplitsTheTask()
    {
        BackgroundTask task = _window.Run(async task =>
        {
            await task.ShieldAsync(async inner =>
            {
                inner.SplitProgress(1, 1)[0].Report(1);
                await inner.Delay(TimeSpan.FromHours(1));
            });
        });

        Assert.Equal(0.5, task.Progress.Fraction);
    }

    [Fact]
    [Trait("Behaviour", "B68")]
    public void Steps_JustBeforeTheEnd_AreRaisedBeforeItAndNothingAfter()
    {
        ProgressStep[] steps = [];
        BackgroundTask task = _window.Run(async task =>
        {
            steps = task.SplitProgress(1, 1);
            await task.Delay(TimeSpan.FromSeconds(1)).ConfigureAwait(false);
            steps[0].Report(1);
        });
        var seen = new List<string>();
        task.PropertyChanged += (_, e) => seen.Add($"{e.PropertyName} {task.Progress.Fraction}");
        _loop.RunUntil(() => seen.Contains("IsCompleted 0.5"));
        _loop.RunUntilIdle();

        steps[1].Report(1);
        steps[1].Split(1)[0].Report(1);
        _loop.RunUntilIdle();

        Assert.Equal(["Progress 0.5", "State 0.5", "CancelReason 0.5", "IsCompleted 0.5"], seen);
    }

    [Fact]
    [Trait("Behaviour", "B69")]
    public void Steps_AfterTheTaskHasReportedItself_CountNoMore()
    {
        ProgressStep[] steps = _context.SplitProgress(1, 1);
        ProgressStep[] inner = steps[0].Split(1, 1);
        steps[0].Report(0.5);

        inner[0].Report(1, "too late");
        double? afterTheStep = Fraction;
        _context.Report(0.7);
        steps[1].Report(1, "too late");

        Assert.Equal((0.25, 0.7, null), (afterTheStep, Fraction, _task.Progress.Message));
    }

    [Fact]
    [Trait("Behaviour", "B69")]
    public void SplitProgress_Again_StartsAt0AndForgetsTheStepsBefore()
    {
        ProgressStep[] first = _context.SplitProgress(1, 1);
        first[0].Report(1);

        ProgressStep[] second = _context.SplitProgress(1, 1);
        double? atFirst = Fraction;
        first[1].Report(1);
        second[0].Report(0.5);

        Assert.Equal((0, 0.25), (atFirst, Fraction));
    }

    [Fact]
    [Trait("Behaviour", "B69")]
    public void Steps_OfWhichItIsNotKnownHowMuchThereIs_StandAt0()
    {
        ProgressStep[] steps = _context.SplitProgress(1, 1);

        steps[0].Advance(5);
        steps[0].Report(0, 0);
        steps[1].Report(1);

        Assert.Equal(0.5, Fraction);
    }

    [Fact]
    [Trait("Behaviour", "B69")]
    public void ReportIndeterminate_AfterHowMuch_IsAStateUntilHowMuchIsSaidAgain()
    {
        _context.Report(3, 4, "copying");

        _context.ReportIndeterminate();
        TaskProgress without = _task.Progress;
        _context.ReportIndeterminate("waiting for the server");
        _context.Advance();
        TaskProgress with = _task.Progress;
        _context.Report(0.5);

        Assert.Equal("copying True 0 ", $"{without} {without.IsIndeterminate} {without.Completed} {without.Total}");
        Assert.Equal("1 · waiting for the server True", $"{with} {with.IsIndeterminate}");
        Assert.Equal("50 % · waiting for the server False", $"{_task.Progress} {_task.Progress.IsIndeterminate}");
    }

    [Fact]
    [Trait("Behaviour", "B69")]
    public void ReportIndeterminate_OfASplitTask_EndsItsSteps()
    {
        ProgressStep[] steps = _context.SplitProgress(1, 1);

        _context.ReportIndeterminate();
        steps[0].Report(1);

        Assert.True(_task.Progress.IsIndeterminate);
    }

    [Theory]
    [InlineData(new double[0], "The progress of 'Import' cannot be split into no steps. Pass one weight for each step, such as 1, 3.")]
    [InlineData(new[] { 1, -0.5 }, "The weight -0.5 of a step of 'Import' is no share of the work. Pass numbers from 0 up.")]
    [InlineData(new[] { double.NaN }, "The weight NaN of a step of 'Import' is no share of the work. Pass numbers from 0 up.")]
    [InlineData(new[] { 1, double.PositiveInfinity }, "The weight Infinity of a step of 'Import' is no share of the work. Pass numbers from 0 up.")]
    [InlineData(new[] { 0.0, 0 }, "All steps of 'Import' have the weight 0, so that none would count. Pass at least one weight above 0.")]
    [Trait("Behaviour", "B69")]
    public void SplitProgress_WithWeightsThatAreNone_TellsWhatToPass(double[] weights, string message)
    {
        ProgressStep step = _context.SplitProgress(1)[0];
        step.Report(0.5);

        var ofTheTask = Assert.Throws<ArgumentException>("weights", () => _context.SplitProgress(weights));
        var ofTheStep = Assert.Throws<ArgumentException>("weights", () => step.Split(weights));

        Assert.StartsWith(message, ofTheTask.Message);
        Assert.StartsWith(message, ofTheStep.Message);
        Assert.Equal(0.5, Fraction);
    }

    private static Task ReportAsync(ProgressStep step)
    {
        step.Report(1);
        return Task.CompletedTask;
    }
}
