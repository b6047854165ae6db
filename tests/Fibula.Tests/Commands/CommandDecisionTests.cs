using CsCheck;

namespace Fibula.Tests.Commands;

/// <summary>The policy alone: every small case against what the words say, and laws for all the others.</summary>
public sealed class CommandDecisionTests
{
    private static readonly Gen<(CommandPolicy Policy, int Limit, int Running, int Canceling, int Queued)> AnyCase =
        Gen.Select(Gen.Enum<CommandPolicy>(), Gen.Int[0, 20], Gen.Int[0, 20], Gen.Int[0, 20], Gen.Int[0, 20]);

    public static TheoryData<CommandPolicy> Policies => new(Enum.GetValues<CommandPolicy>());

    [Theory]
    [MemberData(nameof(Policies))]
    [Trait("Behaviour", "B60")]
    public void Of_EverySmallCase_IsWhatThePolicySays(CommandPolicy policy)
    {
        foreach ((int limit, int running, int canceling, int queued) in
            from limit in Enumerable.Range(1, 3)
            from running in Enumerable.Range(0, limit + 1)
            from canceling in Enumerable.Range(0, limit - running + 1)
            from queued in Enumerable.Range(0, 4)
            select (limit, running, canceling, queued))
        {
            CommandDecision expected = Expected(policy, limit, running, canceling, queued);

            Assert.Equal(
                ((limit, running, canceling, queued), expected),
                ((limit, running, canceling, queued), CommandDecision.Of(policy, limit, running, canceling, queued)));
        }
    }

    [Fact]
    [Trait("Behaviour", "B60")]
    public void Of_AnyCase_CancelsNoMoreThanThereAre() =>
        AnyCase.Sample(
            (policy, limit, running, canceling, queued) =>
            {
                var decision = CommandDecision.Of(policy, limit, running, canceling, queued);
                return decision.CancelRunning >= 0 && decision.CancelRunning <= running && decision.CancelQueued >= 0 && decision.CancelQueued <= queued;
            },
            seed: "0000fBuLa001");

    [Fact]
    [Trait("Behaviour", "B61")]
    public void Of_AnyCase_NeverStartsBeyondTheLimit() =>
        AnyCase.Sample(
            (policy, limit, running, canceling, queued) =>
                CommandDecision.Of(policy, limit, running, canceling, queued).Entry != CommandEntry.Start || running + canceling < limit,
            seed: "0000fBuLa002");

    [Fact]
    [Trait("Behaviour", "B61")]
    public void Of_AnyCase_OnlyRestartTellsWhatRuns() =>
        AnyCase.Sample(
            (policy, limit, running, canceling, queued) =>
                policy == CommandPolicy.Restart || CommandDecision.Of(policy, limit, running, canceling, queued).CancelRunning == 0,
            seed: "0000fBuLa003");

    [Fact]
    [Trait("Behaviour", "B63")]
    public void Of_AnyCase_OnlyDropRefuses() =>
        AnyCase.Sample(
            (policy, limit, running, canceling, queued) =>
                policy == CommandPolicy.Drop || CommandDecision.Of(policy, limit, running, canceling, queued).Entry != CommandEntry.Refuse,
            seed: "0000fBuLa004");

    [Fact]
    [Trait("Behaviour", "B61")]
    public void Of_AnyCase_NobodyOvertakesThoseThatWait() =>
        AnyCase.Sample(
            (policy, limit, running, canceling, queued) =>
            {
                var decision = CommandDecision.Of(policy, limit, running, canceling, queued);
                return decision.Entry != CommandEntry.Start || policy == CommandPolicy.Drop || decision.CancelQueued == queued;
            },
            seed: "0000fBuLa005");

    [Fact]
    [Trait("Behaviour", "B61")]
    public void Of_RestartThatOverlaps_DoesNotWaitForThoseThatWereTold() =>
        AnyCase.Where(each => each.Limit > 0).Sample(
            each => CommandDecision.Of(CommandPolicy.Restart, each.Limit, Math.Min(each.Running, each.Limit), each.Canceling, queued: 0, overlaps: true).Entry
                == CommandEntry.Start,
            seed: "0000fBuLa006");

    // The words of the policies, said another way: by looking at who is there one after another.
    private static CommandDecision Expected(CommandPolicy policy, int limit, int running, int canceling, int queued)
    {
        bool isFull = running + canceling >= limit;
        switch (policy)
        {
            case CommandPolicy.Drop:
                return new(isFull ? CommandEntry.Refuse : CommandEntry.Start);
            case CommandPolicy.Queue or CommandPolicy.Parallel:
                return new(isFull || queued > 0 ? CommandEntry.Wait : CommandEntry.Start);
            case CommandPolicy.KeepLatest:
                return isFull || queued > 0 ? new(CommandEntry.Wait, CancelQueued: queued) : new(CommandEntry.Start);
            default:
                var there = new Queue<bool>([.. Enumerable.Repeat(true, running), .. Enumerable.Repeat(false, queued)]);
                int cancelRunning = 0;
                int cancelQueued = 0;
                while (there.Count + 1 > limit)
                {
                    _ = there.Dequeue() ? cancelRunning++ : cancelQueued++;
                }

                return new(isFull || queued > cancelQueued ? CommandEntry.Wait : CommandEntry.Start, cancelRunning, cancelQueued);
        }
    }
}
