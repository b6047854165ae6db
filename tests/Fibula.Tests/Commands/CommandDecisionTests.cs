namespace Fibula.Tests.Commands;

/// <summary>The words of <see cref="CommandPolicy"/>, over all small numbers of earlier runs. The decision is compiled into the tests, since it is internal.</summary>
[Trait("Behaviour", "B60")]
public sealed class CommandDecisionTests
{
    private static readonly bool[] NoAndYes = [false, true];

    private static IEnumerable<(int Limit, int Running, int Canceling, int Queued, bool Overlaps)> Situations =>
        from limit in Enumerable.Range(0, 4)
        from running in Enumerable.Range(0, 4)
        from canceling in Enumerable.Range(0, 4)
        from queued in Enumerable.Range(0, 4)
        from overlaps in NoAndYes
        select (limit, running, canceling, queued, overlaps);

    [Fact]
    public void Drop_WithoutRoom_Refuses()
    {
        foreach (var at in Situations)
        {
            var (limit, running, canceling, queued, overlaps) = at;
            CommandEntry expected = HasRoom(limit, running, canceling, overlaps) ? CommandEntry.Start : CommandEntry.Refuse;

            Assert.Equal((at, new(expected)), (at, Decide(CommandPolicy.Drop, at)));
        }
    }

    [Theory]
    [InlineData(CommandPolicy.Queue)]
    [InlineData(CommandPolicy.Parallel)]
    [InlineData(CommandPolicy.KeepLatest)]
    public void Of_APolicyThatLetsRunsWait_StartsWhereThereIsRoomAndNoneWaits(CommandPolicy policy)
    {
        foreach (var at in Situations)
        {
            var (limit, running, canceling, queued, overlaps) = at;
            CommandEntry expected = HasRoom(limit, running, canceling, overlaps) && queued == 0 ? CommandEntry.Start : CommandEntry.Wait;
            int canceledQueued = policy == CommandPolicy.KeepLatest ? queued : 0;

            Assert.Equal((at, new(expected, CancelRunning: 0, canceledQueued)), (at, Decide(policy, at)));
        }
    }

    [Fact]
    public void Restart_CancelsTheOldest_UntilTheNewRunFitsIn()
    {
        foreach (var at in Situations)
        {
            var (limit, running, canceling, queued, overlaps) = at;
            var (stillRunning, nowCanceling, stillQueued) = (running, canceling, queued);
            while (stillRunning + stillQueued >= limit && stillRunning + stillQueued > 0)
            {
                if (stillRunning > 0)
                {
                    (stillRunning, nowCanceling) = (stillRunning - 1, nowCanceling + 1);
                }
                else
                {
                    stillQueued--;
                }
            }

            bool starts = HasRoom(limit, stillRunning, nowCanceling, overlaps) && stillQueued == 0;
            var expected = new CommandDecision(starts ? CommandEntry.Start : CommandEntry.Wait, running - stillRunning, queued - stillQueued);

            Assert.Equal((at, expected), (at, Decide(CommandPolicy.Restart, at)));
        }
    }

    private static CommandDecision Decide(CommandPolicy policy, (int Limit, int Running, int Canceling, int Queued, bool Overlaps) at) =>
        CommandDecision.Of(policy, at.Limit, at.Running, at.Canceling, at.Queued, at.Overlaps);

    private static bool HasRoom(int limit, int running, int canceling, bool overlaps) => running + (overlaps ? 0 : canceling) < limit;
}
