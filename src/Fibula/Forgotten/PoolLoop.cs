namespace Fibula;

/// <summary>A loop without a thread of its own: its turns run on the thread pool, one after another. It never ends.</summary>
internal sealed class PoolLoop : UiLoop
{
    private readonly TaskFactory _oneByOne = new(new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler);
    private volatile int _thread;

    public PoolLoop()
    {
        NotifyStarted();
    }

    /// <inheritdoc/>
    protected override bool CheckAccessCore() => _thread == Environment.CurrentManagedThreadId;

    /// <inheritdoc/>
    protected override void RequestTurn(bool yielding) => _ = _oneByOne.StartNew(RunTurnHere);

    private void RunTurnHere()
    {
        _thread = Environment.CurrentManagedThreadId;
        RunTurn();
        _thread = 0;
    }
}
