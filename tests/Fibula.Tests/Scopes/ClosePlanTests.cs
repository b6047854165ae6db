namespace Fibula.Tests.Scopes;

/// <summary>The table of docs/design/architecture.md, over all combinations. The plan is compiled into the tests, since it is internal.</summary>
public sealed class ClosePlanTests
{
    private static readonly TimeSpan Never = ClosePlan.Never;

    private static readonly (string Name, TimeSpan Finish, bool IsAbandoned)[] Policies =
    [
        ("Cancel", TimeSpan.Zero, false),
        ("Finish(2)", Seconds(2), false),
        ("Finish(4)", Seconds(4), false),
        ("Finish(infinite)", Never, false),
        ("Abandon", TimeSpan.Zero, true),
    ];

    private static readonly TimeSpan[] Graces = [TimeSpan.Zero, Seconds(3), Timeout.InfiniteTimeSpan];
    private static readonly TimeSpan[] Limits = [TimeSpan.Zero, Seconds(2), Seconds(6), Seconds(40), Never];
    private static readonly bool[] NoAndYes = [false, true];

    private static IEnumerable<(ClosePlan Plan, string Policy, CloseTerms Task)> AllTasks =>
        from grace in Graces
        from limit in Limits
        from policy in Policies
        from isBetweenRuns in NoAndYes
        from cannotBeCanceled in NoAndYes
        from isShielded in NoAndYes
        select (new ClosePlan(grace, limit), policy.Name, new CloseTerms
        {
            FinishWithin = policy.Finish,
            IsAbandoned = policy.IsAbandoned,
            IsBetweenRuns = isBetweenRuns,
            CannotBeCanceled = cannotBeCanceled,
            IsShielded = isShielded,
        });

    [Fact]
    public void CancelAt_IsTheTimeOfThePolicy_OrHalfOfTheLimit()
    {
        foreach (var (plan, policy, task) in AllTasks)
        {
            TimeSpan ofThePolicy = task.IsBetweenRuns ? TimeSpan.Zero : policy switch
            {
                "Finish(2)" => Seconds(2),
                "Finish(4)" => Seconds(4),
                "Finish(infinite)" => Never,
                _ => TimeSpan.Zero,
            };
            TimeSpan expected = plan.Limit != Never && plan.Limit / 2 < ofThePolicy ? plan.Limit / 2 : ofThePolicy;

            Assert.True(expected == plan.CancelAt(task), $"{policy} in {plan}: {task} is canceled at {plan.CancelAt(task)} instead of {expected}.");
        }
    }

    [Fact]
    public void GiveUpAt_IsTheGraceAfterThePolicy_OrTheLimit()
    {
        foreach (var (plan, policy, task) in AllTasks)
        {
            foreach (TimeSpan others in new[] { TimeSpan.Zero, Seconds(5), Never })
            {
                double own = task.IsBetweenRuns ? 0 : InSeconds(task.FinishWithin);
                own += task.CannotBeCanceled ? 0 : plan.Grace == Timeout.InfiniteTimeSpan ? double.PositiveInfinity : plan.Grace.TotalSeconds;
                double expected = Math.Min(Math.Max(own, InSeconds(others)), InSeconds(plan.Limit));

                TimeSpan giveUpAt = plan.GiveUpAt(plan.OwnDeadline(task, task.FinishWithin), others);

                Assert.True(expected == InSeconds(giveUpAt), $"{policy} in {plan}: {task}, whose others have until {others}, is given up at {giveUpAt} instead of {expected} s.");
            }
        }
    }

    [Fact]
    public void StepAt_EachMoment_DoesWhatIsDue()
    {
        foreach (var (plan, policy, task) in AllTasks)
        {
            foreach (TimeSpan others in new[] { TimeSpan.Zero, Seconds(5), Never })
            {
                TimeSpan cancelAt = plan.CancelAt(task);
                TimeSpan giveUpAt = plan.GiveUpAt(plan.OwnDeadline(task, task.FinishWithin), others);
                for (int second = 0; second <= 50; second++)
                {
                    TimeSpan now = Seconds(second);
                    CloseStep step = plan.StepAt(now, task, giveUpAt);
                    string what = $"{policy} in {plan} at {second} s: {task}, given up at {giveUpAt}: {step}";

                    bool isDue = now >= cancelAt;
                    bool isOver = now >= giveUpAt;
                    Assert.True(step.Cancels == (isDue && !task.CannotBeCanceled && (!task.IsShielded || isOver)), what);
                    Assert.True(step.CutsShields == (isDue && isOver), what);
                    Assert.True(step.LeavesBehind == (isDue && task.IsAbandoned), what);
                    Assert.True(step.WaitsUntil is null == (isDue && (task.IsAbandoned || isOver)), what);
                    Assert.True(step.WaitsUntil is not { } next || (next > now && next == (isDue ? giveUpAt : cancelAt)), what);
                }
            }
        }
    }

    [Fact]
    public void StepAt_OfEveryTask_LeadsToAnEnd_WhereThereIsALimit()
    {
        foreach (var (plan, policy, task) in AllTasks.Where(static one => one.Plan.Limit != Never))
        {
            TimeSpan giveUpAt = plan.GiveUpAt(plan.OwnDeadline(task, task.FinishWithin), Never);
            TimeSpan now = TimeSpan.Zero;
            int steps = 0;
            while (plan.StepAt(now, task, giveUpAt).WaitsUntil is { } next)
            {
                now = next;
                steps++;
            }

            Assert.True(now <= plan.Limit && steps <= 2, $"{policy} in {plan}: {task} is over at {now}, after {steps} steps.");
        }
    }

    [Fact]
    public void LastStep_WaitsForNobody()
    {
        foreach (var (plan, policy, task) in AllTasks)
        {
            CloseStep step = ClosePlan.LastStep(task);

            Assert.True(step == new CloseStep(!task.CannotBeCanceled, CutsShields: true, LeavesBehind: true, WaitsUntil: null), $"{policy} in {plan}: {step}");
        }
    }

    [Theory]
    [InlineData(nameof(ScopeState.Open), false, false, nameof(AdmitResult.Admitted))]
    [InlineData(nameof(ScopeState.Open), false, true, nameof(AdmitResult.Admitted))]
    [InlineData(nameof(ScopeState.Closing), false, false, nameof(AdmitResult.Closing))]
    [InlineData(nameof(ScopeState.Closing), false, true, nameof(AdmitResult.AdmittedWhileClosing))]
    [InlineData(nameof(ScopeState.Closing), true, false, nameof(AdmitResult.Closed))]
    [InlineData(nameof(ScopeState.Closing), true, true, nameof(AdmitResult.Closed))]
    [InlineData(nameof(ScopeState.Closed), false, false, nameof(AdmitResult.Closed))]
    [InlineData(nameof(ScopeState.Closed), false, true, nameof(AdmitResult.Closed))]
    [InlineData(nameof(ScopeState.Closed), true, false, nameof(AdmitResult.Closed))]
    [InlineData(nameof(ScopeState.Closed), true, true, nameof(AdmitResult.Closed))]
    public void Admit_EachState_TakesInWhoMayComeIn(string state, bool isEnding, bool isFromInside, string expected) =>
        Assert.Equal(expected, $"{ClosePlan.Admit(Enum.Parse<ScopeState>(state), isEnding, isFromInside)}");

    [Fact]
    public void BeginsCanceled_EachCombination_IsWhatTheParentWasTold()
    {
        foreach (bool isShield in NoAndYes)
        {
            foreach (bool isExplicit in NoAndYes)
            {
                foreach (bool isClosing in NoAndYes)
                {
                    foreach (var (name, finish, _) in Policies)
                    {
                        bool expected = (isShield, isExplicit, isClosing, name) switch
                        {
                            (true, _, _, _) => false,
                            (_, true, _, _) => true,
                            (_, _, true, "Cancel" or "Abandon") => true,
                            _ => false,
                        };

                        Assert.True(
                            expected == ClosePlan.BeginsCanceled(isShield, isExplicit, isClosing, finish),
                            $"shield {isShield}, explicit {isExplicit}, closing {isClosing}, {name}");
                    }
                }
            }
        }
    }

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);

    private static double InSeconds(TimeSpan time) => time == Never ? double.PositiveInfinity : time.TotalSeconds;
}
