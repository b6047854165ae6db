namespace Fibula.Benchmarks;

/// <summary>A window of a program with a frame loop of its own, where each turn can be timed.</summary>
internal sealed class PumpedWindow : IDisposable
{
    private readonly ManualLoop _loop = new();
    private readonly UiApp _app;

    public PumpedWindow()
    {
        _app = _loop.UseFibula();
        _loop.Pump();
        Scope = _app.Tasks.CreateChild("window");
    }

    public TaskScope Scope { get; }

    /// <summary>The turn that took the most processor time.</summary>
    public Turn Longest { get; private set; }

    public void Start(int tasks, Func<CancellationToken, Task> work)
    {
        for (int i = 0; i < tasks; i++)
        {
            Scope.Run(work);
        }

        // What the start has left behind is not to be collected in what is measured.
        GC.Collect();
    }

    /// <summary>Starts a task elsewhere in the app, as a click would.</summary>
    public void StartOneMore() => _app.Tasks.Run(static () => Task.CompletedTask);

    public void Pump() => _loop.Pump();

    public void PumpUntil(Func<bool> isDone)
    {
        while (!isDone())
        {
            Time(Pump);
        }
    }

    /// <summary>Does something that a turn does, and times it.</summary>
    public void Time(Action action)
    {
        var paused = GC.GetTotalPauseDuration();
        var turn = new Turn(CpuClock.ThreadNanosecondsOf(action), (GC.GetTotalPauseDuration() - paused).TotalMilliseconds);
        Longest = turn.Nanoseconds > Longest.Nanoseconds ? turn : Longest;
    }

    public void Dispose()
    {
        _app.Exit();
        while (_loop.Pump())
        {
            Thread.Yield();
        }

        _loop.End();
    }
}
