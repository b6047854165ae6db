namespace Fibula.Forgotten.Tests;

/// <summary>What it costs, beside the call itself, that a dropped call or an <c>async void</c> method is owned.</summary>
public sealed class AllocationTests
{
    private const int Rounds = 5;
    private const int Times = 1000;
    private const long Most = 360;

    private Task? _kept;
    private int _runs;

    [Fact, Trait("Behaviour", "B49")]
    public void DroppedCall_CostsAtMost360BytesMoreThanOneThatIsKept()
    {
        long kept = BytesOf(() => _kept = YieldAsync());
        long dropped = BytesOf(() => { YieldAsync(); });

        Assert.True(_kept!.IsCompletedSuccessfully);
        Assert.Equal(2 * Rounds * Times, _runs);
        Assert.InRange(dropped - kept, 1, Most);
    }

    [Fact, Trait("Behaviour", "B49")]
    public void AsyncVoid_CostsAtMost360BytesMoreThanATaskThatIsKept()
    {
        long kept = BytesOf(() => _kept = YieldAsync());
        long owned = BytesOf(Yield);

        Assert.True(_kept!.IsCompletedSuccessfully);
        Assert.Equal(2 * Rounds * Times, _runs);
        Assert.InRange(owned - kept, 1, Most);
    }

    [Fact, Trait("Behaviour", "B49")]
    public void AsyncVoidLambda_ThatCapturesMoreThanThis_CostsNoMoreThanAMethod()
    {
        int runs = 0;
        long method = BytesOf(Yield);
        long lambda = BytesOf(async () =>
        {
            await Task.Yield();
            runs++;
            _runs++;
        });

        Assert.InRange(runs, Times, _runs);
        Assert.InRange(lambda - method, 0, 8);
    }

    private async Task YieldAsync()
    {
        await Task.Yield();
        _runs++;
    }

    private async void Yield()
    {
        await Task.Yield();
        _runs++;
    }

    // The least of several rounds on a thread of its own: what is made once is no cost of the call, and the flow of a test has values of its runner.
    private static long BytesOf(Action call)
    {
        long least = long.MaxValue;
        var thread = new Thread(() =>
        {
            using var ui = new Ui();
            Action manyTimes = () =>
            {
                for (int i = 0; i < Times; i++)
                {
                    call();
                }
            };
            for (int round = 0; round < Rounds; round++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                ui.Handle(manyTimes);
                least = Math.Min(least, (GC.GetAllocatedBytesForCurrentThread() - before) / Times);
            }
        });
        thread.UnsafeStart();
        thread.Join();
        return least;
    }
}
