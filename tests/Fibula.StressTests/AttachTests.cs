namespace Fibula.StressTests;

public sealed class AttachTests : IDisposable
{
    private const int Rounds = 2000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Duel _duel = new();

    public void Dispose() => _duel.Dispose();

    [Fact]
    [Trait("Behaviour", "B2")]
    public void Attach_WhileAnotherThreadPumpsTheLoop_EndsTheStartForEverybody()
    {
        for (int round = 0; round < Rounds; round++)
        {
            var app = new StartingApp();
            var loop = new ManualLoop();
            bool isPumping = false;
            bool hasRunOnThePool = false;
            _duel.Begin(
                () =>
                {
                    loop.Pump();
                    Volatile.Write(ref isPumping, true);
                    SpinWait.SpinUntil(() => !loop.Pump() || app.HasStarted, Patience);

                    // This thread stays here, so that nothing can be waiting for a turn of the loop.
                    using var ran = new ManualResetEventSlim();
                    app.Tasks.RunOnThreadPool(() =>
                    {
                        ran.Set();
                        return Task.CompletedTask;
                    });
                    hasRunOnThePool = ran.Wait(Patience);
                    loop.End();
                },
                () =>
                {
                    SpinWait.SpinUntil(() => Volatile.Read(ref isPumping));
                    app.Attach(loop);
                });
            SpinWait.SpinUntil(() => _duel.IsDecided);

            Assert.True(app.HasStarted, $"Round {round}: OnRunningAsync was not called.");
            Assert.True(hasRunOnThePool, $"Round {round}: after the start, work for the pool waited for a turn of the loop.");
        }
    }

    private sealed class StartingApp() : UiApp("starting")
    {
        private volatile bool _hasStarted;

        public bool HasStarted => _hasStarted;

        protected override Task OnRunningAsync()
        {
            _hasStarted = true;
            return Task.CompletedTask;
        }
    }
}
