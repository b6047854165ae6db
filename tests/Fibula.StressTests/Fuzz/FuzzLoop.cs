using Fibula.Toolkits;

namespace Fibula.StressTests.Fuzz;

/// <summary>The loop of a toolkit that does not exist. Its UI thread is the one that creates it.</summary>
internal sealed class FuzzLoop(TimeProvider? timeProvider = null, SynchronizationContext? toolkitContext = null, bool runsUnderToolkitContext = false)
    : ToolkitLoop(timeProvider, toolkitContext, runsUnderToolkitContext)
{
    private readonly Callback? _hooks = Player.Current?.NewCallback();
    private readonly SemaphoreSlim _woken = new(0);

    public Thread Thread { get; } = Thread.CurrentThread;

    public bool Pump(TimeSpan wait)
    {
        NotifyStarted();
        bool isWoken = _woken.Wait(wait);
        RunTurn();
        return isWoken;
    }

    public void End() => NotifyEnded();

    protected override bool CheckAccessCore() => Thread == Thread.CurrentThread;

    protected override void RequestTurn(bool yielding)
    {
        _woken.Release();
        _hooks?.Fail();
    }

    // As a toolkit that does not wait for ever.
    protected override void PumpUntil(Task task)
    {
        for (int turn = 0; turn < 20 && !task.IsCompleted; turn++)
        {
            Pump(TimeSpan.FromMilliseconds(1));
        }
    }

    protected override void QuitCore() => _hooks?.Fail();

    protected override Task<CloseAnswer> AskAsync(CloseQuestion question) => _hooks is null ? base.AskAsync(question) : _hooks.Run<Task<CloseAnswer>>(question);

    protected override TaskScope? GetScope(object view) => _hooks?.World.AnyOf<TaskScope>(new Random(0)) is { } scope && scope.Loop == this ? scope : null;

    protected override void OnUnhandledFault(TaskFault fault) => _hooks?.Run<bool>(fault);

    protected override void WriteLine(string line) => _hooks?.Fail();
}
