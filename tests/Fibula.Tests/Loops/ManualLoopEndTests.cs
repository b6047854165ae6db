namespace Fibula.Tests.Loops;

/// <summary>A host tears down what its wake-up uses once <see cref="ManualLoop.End"/> has returned.</summary>
public sealed class ManualLoopEndTests
{
    [Fact(Timeout = 60_000)]
    public async Task End_WhileAnotherThreadWakesTheHost_WaitsForThat()
    {
        var order = new List<string>();
        using var waking = new ManualResetEventSlim();
        Thread? ending = null;
        using var isEnding = new ManualResetEventSlim();
        var loop = new ManualLoop(() =>
        {
            waking.Set();
            isEnding.Wait();
            SpinWait.SpinUntil(() => !ending!.IsAlive || (ending.ThreadState & ThreadState.WaitSleepJoin) != 0);
            Add("woken");
        });
        loop.Pump();
        var posting = new Thread(() => loop.Post(static () => { }));
        posting.Start();
        waking.Wait(TestContext.Current.CancellationToken);

        ending = new Thread(() =>
        {
            loop.End();
            Add("ended");
        });
        ending.Start();
        SpinWait.SpinUntil(() => loop.HasEnded);
        isEnding.Set();
        await Task.Run(ending.Join, TestContext.Current.CancellationToken);
        await Task.Run(posting.Join, TestContext.Current.CancellationToken);

        Assert.Equal(["woken", "ended"], order);

        void Add(string what)
        {
            lock (order)
            {
                order.Add(what);
            }
        }
    }

    [Fact]
    public void End_InsideTheWakeUp_DoesNotWaitForItself()
    {
        ManualLoop? loop = null;
        loop = new ManualLoop(() => loop!.End());
        loop.Pump();

        loop.Post(static () => { });

        Assert.True(loop.HasEnded);
    }

    [Fact]
    public void Wake_AfterEnd_NeverComes()
    {
        int late = 0;
        for (int round = 0; round < 500; round++)
        {
            bool isTornDown = false;
            var loop = new ManualLoop(() => late += Volatile.Read(ref isTornDown) ? 1 : 0);
            UiApp app = loop.UseFibula();
            loop.Pump();
            using var posted = new ManualResetEventSlim();
            var posting = new Thread(() =>
            {
                app.Exit();
                posted.Set();
                while (loop.Post(static () => { }))
                {
                }
            });
            posting.Start();
            posted.Wait(TestContext.Current.CancellationToken);
            loop.Pump();
            loop.End();
            Volatile.Write(ref isTornDown, true);
            posting.Join();
        }

        Assert.Equal(0, late);
    }
}
